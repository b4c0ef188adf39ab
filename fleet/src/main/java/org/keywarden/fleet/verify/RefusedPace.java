package org.keywarden.fleet.verify;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which alerts of senders without a state are sent: one an hour and sender, and at most so many a
 * minute of all. So whoever fills the topic with garbage does not fill that of alerts.
 *
 * <p>Thread: one.
 */
final class RefusedPace {
  static final int MOST_A_MINUTE = 60;
  private static final int MOST_REMEMBERED = 10_000;
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;

  private final Map<String, Long> last = new LinkedHashMap<>();
  private long minute;
  private int sent;
  private long withheld;

  /**
   * Returns how many refusals an alert of this sender now tells of, 0 if there is to be none.
   *
   * @param now in ms since 1970
   */
  long due(String sender, long now) {
    if (now / MINUTE != minute) {
      minute = now / MINUTE;
      sent = 0;
    }
    Long before = last.get(sender);
    if (sent >= MOST_A_MINUTE || (before != null && now - before < HOUR)) {
      withheld++;
      return 0;
    }
    last.remove(sender);
    last.put(sender, now);
    if (last.size() > MOST_REMEMBERED) {
      last.remove(last.keySet().iterator().next());
    }
    sent++;
    long count = withheld + 1;
    withheld = 0;
    return count;
  }
}
