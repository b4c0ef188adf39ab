/**
 * The log on disk: write-ahead log, tiles, checkpoints, recovery, keys.
 *
 * <pre>
 * checkpoint            the newest signed checkpoint (C2SP tlog-checkpoint)
 * signed                what was, or is about to be, signed: written before each signature
 * minimum               first entry kept, if older ones were pruned
 * keys                  verifier keys of the log, oldest first, one a line
 * handover/N            the checkpoint with which key N - 1 handed over to key N, signed by both
 * tile/L/N[.p/W]        hashes (C2SP tlog-tiles)
 * tile/entries/N[.p/W]  entries
 * wal/FIRST             entries from index FIRST on, as they came (see Wal)
 * lock                  held by the writer
 * </pre>
 *
 * <p>Thread: {@link org.keywarden.audit.log.LogWriter} says. May use: {@code store}, {@code tile},
 * {@code merkle}, {@code note}.
 */
@NullMarked
package org.keywarden.audit.log;

import org.jspecify.annotations.NullMarked;
