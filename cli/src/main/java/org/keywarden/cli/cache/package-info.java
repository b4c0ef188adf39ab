/** The start cache: what a rehearsal leaves so that the next start is fast. */
@NullMarked
package org.keywarden.cli.cache;

import org.jspecify.annotations.NullMarked;
