/**
 * Signed notes, checkpoints and proofs as text (C2SP signed-note, tlog-checkpoint, tlog-proof,
 * signature types of tlog-cosignature). Signing and verifying are ports.
 *
 * <p>Thread: any; everything is immutable. May use: {@code merkle}.
 */
@NullMarked
package org.keywarden.audit.note;

import org.jspecify.annotations.NullMarked;
