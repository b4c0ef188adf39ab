package org.keywarden.broker.auditing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.seat.RevocationReason;
import org.keywarden.broker.seat.TokenRequest;

/**
 * The newest grants that were recorded, for whoever asks the broker.
 *
 * <p>Thread: the seat's.
 */
public final class RecentGrants {
  private static final int MOST = 4_096;

  /**
   * A grant as recorded.
   *
   * @param closedAt in ns of CLOCK_BOOTTIME, 0 while it is live
   */
  public record Entry(
      TokenRequest request, int renewals, long closedAt, @Nullable RevocationReason reason) {}

  private final Map<Long, Entry> entries = new LinkedHashMap<>();

  /** A grant, or a renewal of one. */
  void recorded(TokenRequest request) {
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
  }

  void closed(long grant, RevocationReason reason, long at) {
    entries.computeIfPresent(
        grant, (number, entry) -> new Entry(entry.request(), entry.renewals(), at, reason));
  }

  /** Oldest first. */
  public List<Entry> newest() {
    return new ArrayList<>(entries.values());
  }
}
