package org.keywarden.broker.auditing;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.seat.Refusal;
import org.keywarden.broker.seat.RevocationReason;
import org.keywarden.broker.seat.TokenRequest;

/**
 * The newest grants in memory: nothing survives the broker, and nothing proves it was not changed.
 */
public final class MemoryGrantLog implements GrantLog {
  private static final int MOST = 4_096;

  /**
   * A grant as recorded.
   *
   * @param closedAt in ns, 0 while it is live
   */
  public record Entry(
      TokenRequest request, int renewals, long closedAt, @Nullable RevocationReason reason) {}

  private final Executor seatThread;
  private final Map<Long, Entry> entries = new LinkedHashMap<>();
  private final Map<Refusal, Long> refusals = new EnumMap<>(Refusal.class);

  /**
   * @param seatThread runs confirmations later, on the seat's thread
   */
  public MemoryGrantLog(Executor seatThread) {
    this.seatThread = seatThread;
  }

  @Override
  public void issued(TokenRequest request, Runnable durable, Runnable failed) {
    Entry known = entries.get(request.grant());
    if (known == null) {
      entries.put(request.grant(), new Entry(request, 0, 0, null));
      if (entries.size() > MOST) {
        entries.remove(entries.keySet().iterator().next());
      }
    } else {
      entries.put(
          request.grant(),
          new Entry(known.request(), known.renewals() + 1, known.closedAt(), known.reason()));
    }
    seatThread.execute(durable);
  }

  @Override
  public void closed(long grant, RevocationReason reason, long at) {
    entries.computeIfPresent(
        grant, (number, entry) -> new Entry(entry.request(), entry.renewals(), at, reason));
  }

  @Override
  public void refused(long instance, long grant, Refusal refusal, long at) {
    refusals.merge(refusal, 1L, Long::sum);
  }

  /** Oldest first. */
  public List<Entry> newest() {
    return new ArrayList<>(entries.values());
  }
}
