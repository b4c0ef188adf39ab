/**
 * The grant log: a tamper-evident log on disk in the formats of C2SP (tlog-tiles, tlog-checkpoint,
 * signed-note, tlog-proof), so that anybody's tools can verify it.
 *
 * <p>Thread: any; nothing here has state. May use: the JDK.
 */
@NullMarked
package org.keywarden.audit;

import org.jspecify.annotations.NullMarked;
