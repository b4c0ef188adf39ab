package org.keywarden.cli.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.keywarden.proto.audit.v1.Withheld;

/** Times and durations as people read them; UTC, so that the page is the same everywhere. */
final class Words {
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Words() {}

  static String time(long seconds) {
    return TIME.format(Instant.ofEpochSecond(Timeline.clamp(seconds)));
  }

  /** Hours, minutes and seconds. */
  static String duration(long seconds) {
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", seconds / HOUR, seconds % HOUR / MINUTE, seconds % MINUTE);
  }

  /** The width of a column: one number and its unit. */
  static String span(long seconds) {
    if (seconds % DAY == 0) {
      return count(seconds / DAY, "day");
    }
    if (seconds % HOUR == 0) {
      return count(seconds / HOUR, "hour");
    }
    return seconds % MINUTE == 0 ? count(seconds / MINUTE, "minute") : count(seconds, "second");
  }

  /** What a limit kept out of the log, one of it. */
  static String withheld(Withheld kind) {
    return switch (kind) {
      case WITHHELD_GRANTS -> "grant";
      case WITHHELD_GUARDED -> "guarded mark";
      case WITHHELD_FROZEN -> "plugin stop";
      case WITHHELD_REFUSALS -> "refusal";
      case WITHHELD_UNWRITTEN, WITHHELD_UNSPECIFIED, UNRECOGNIZED -> "record";
    };
  }

  /** So many of something. */
  static String count(long number, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
  }
}
