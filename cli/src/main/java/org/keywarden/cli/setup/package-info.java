/**
 * Switches a user's session over to Keywarden, and back: which files that takes, and what they were
 * before. One thread; knows no broker.
 */
@NullMarked
package org.keywarden.cli.setup;

import org.jspecify.annotations.NullMarked;
