package org.keywarden.broker.auditing;

import java.io.IOException;
import org.keywarden.proto.audit.v1.EntriesPruned;

/**
 * Has entries that are too old removed, once a day, and declares it in the log first.
 *
 * <p>Thread: the log's.
 */
final class ExpiredEntries {
  private static final long EXPIRY_SECONDS = 86_400;

  private final TrailKeeper.Expiry expiry;
  private final TrailKeeper.Start start;
  private final RetriedLog log;
  private long next = Long.MIN_VALUE;
  private long declared;

  ExpiredEntries(TrailKeeper.Expiry expiry, TrailKeeper.Start start, RetriedLog log) {
    this.expiry = expiry;
    this.start = start;
    this.log = log;
  }

  /**
   * @param now in s since 1970
   */
  void tick(long now) {
    if (now < next) {
      return;
    }
    try {
      long first = expiry.firstKept(now);
      if (first > declared) {
        declared = first;
        log.append(
            start.record().setEntriesPruned(EntriesPruned.newBuilder().setBelow(first)).build(),
            () -> log.prune(first),
            () -> declared = 0);
        return;
      }
      next = now + EXPIRY_SECONDS;
      if (first > 0) {
        log.prune(first);
      }
    } catch (IOException e) {
      next = now + EXPIRY_SECONDS;
      start.report().accept("grant log: old entries stay: " + RetriedLog.explain(e));
    }
  }
}
