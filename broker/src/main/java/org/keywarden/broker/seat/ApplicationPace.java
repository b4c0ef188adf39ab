package org.keywarden.broker.seat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How fast one application may cause grants, each of which is two records in a log that is kept for
 * a year and more: its process, however often it connects, and its program, however often it is
 * started. Both allow bursts no person reaches and then a pace that a person may keep up.
 */
final class ApplicationPace {
  /** Of one process: as many at once, and one more each {@link #EVERY}. */
  static final int AT_ONCE = 180;

  static final long EVERY = Duration.ofMillis(500).toNanos();

  /** Of one program, over a day. */
  static final int PROGRAM_AT_ONCE = 2_000;

  static final long PROGRAM_EVERY = Duration.ofSeconds(10).toNanos();

  private static final int MOST_REMEMBERED = 1_024;

  /** When all grants given so far are paid for (the generic cell rate algorithm), in ns. */
  private final Map<Long, Long> processes = remembered();

  private final Map<String, Long> programs = remembered();

  /** What was asked for least recently is forgotten first. */
  private static <K> Map<K, Long> remembered() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, Long> eldest) {
        return size() > MOST_REMEMBERED;
      }
    };
  }

  /** From when one more may be given to a field of the application, in ns. */
  long nextAt(Application application) {
    return Math.max(
        processes.getOrDefault(application.process(), Long.MIN_VALUE / 2) - (AT_ONCE - 1) * EVERY,
        programs.getOrDefault(application.executable(), Long.MIN_VALUE / 2)
            - (PROGRAM_AT_ONCE - 1) * PROGRAM_EVERY);
  }

  void given(Application application, long now) {
    if (application.process() != 0) {
      pay(processes, application.process(), now + EVERY, EVERY);
    }
    if (!application.executable().isEmpty()) {
      pay(programs, application.executable(), now + PROGRAM_EVERY, PROGRAM_EVERY);
    }
  }

  private static <K> void pay(Map<K, Long> of, K who, long first, long every) {
    of.merge(who, first, (paid, soon) -> Math.max(paid + every, soon));
  }
}
