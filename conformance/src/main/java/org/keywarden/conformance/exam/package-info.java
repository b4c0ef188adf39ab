/**
 * The kit turned round: an input method in its real sandbox, and whether it is a good one.
 *
 * <p>Thread: the caller's.
 */
@NullMarked
package org.keywarden.conformance.exam;

import org.jspecify.annotations.NullMarked;
