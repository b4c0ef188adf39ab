/**
 * What the entries of the log say: their canonical encoding, and names only the owner can read.
 *
 * <p>Thread: any. May use: {@code proto}.
 */
@NullMarked
package org.keywarden.audit.record;

import org.jspecify.annotations.NullMarked;
