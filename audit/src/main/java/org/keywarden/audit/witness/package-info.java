/**
 * Witnesses, who hold a log to its word: the protocol of C2SP tlog-witness, cosignatures
 * (tlog-cosignature), and the policy that says whose are enough (tlog-policy).
 *
 * <p>Thread: the caller's; what is shared says so. May use: {@code note}, {@code merkle}, {@code
 * store}, {@code verify}.
 */
@NullMarked
package org.keywarden.audit.witness;

import org.jspecify.annotations.NullMarked;
