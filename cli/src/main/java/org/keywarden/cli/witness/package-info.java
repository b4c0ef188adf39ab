/** A witness that cosigns checkpoints of grant logs. */
@NullMarked
package org.keywarden.cli.witness;

import org.jspecify.annotations.NullMarked;
