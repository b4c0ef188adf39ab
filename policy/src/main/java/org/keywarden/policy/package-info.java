/**
 * What the user's policy says of a field: facts in, a decision out.
 *
 * <p>Thread: everything here is immutable and may be used from any thread. May use: the wire
 * contracts and CEL.
 */
@NullMarked
package org.keywarden.policy;

import org.jspecify.annotations.NullMarked;
