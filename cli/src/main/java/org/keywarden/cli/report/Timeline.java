package org.keywarden.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts and durations over time, in at most {@link #MOST_COLUMNS} columns of equal width. The
 * width is found on the way: columns are joined whenever there would be too many, so memory does
 * not grow with the log. Times are whole seconds since 1970.
 */
final class Timeline {
  /** So that the 400 days a log is kept by default have a column a day. */
  static final int MOST_COLUMNS = 420;

  /** The year 9999 ends here; what is later cannot be written as a date. */
  static final long LATEST = 253_402_300_799L;

  private static final long DAY = 86_400;

  /** Widths in s, each a multiple of the one before. */
  private static final long[] WIDTHS = {
    1,
    2,
    10,
    30,
    60,
    120,
    600,
    1_800,
    3_600,
    7_200,
    21_600,
    43_200,
    DAY,
    7 * DAY,
    28 * DAY,
    364 * DAY,
    10 * 364 * DAY,
    100 * 364 * DAY
  };

  /** What a column of a lane has. */
  static final class Column {
    private long seconds;
    private long count;

    /** Seconds of the column during which the lane was in use. */
    long seconds() {
      return seconds;
    }

    /** Events that happened. */
    long count() {
      return count;
    }
  }

  /** One strip of the timeline. */
  final class Lane {
    private TreeMap<Long, Column> columns = new TreeMap<>();

    private Lane() {}

    /** Something happened this often. */
    void happened(long time, long count) {
      cover(time);
      Column column = at(time / WIDTHS[width]);
      column.count = Tally.sum(column.count, count);
    }

    /** Was in use from a time to another; nothing if the clock was set back meanwhile. */
    void used(long from, long to) {
      if (clamp(to) <= clamp(from)) {
        return;
      }
      cover(from);
      cover(to);
      long second = clamp(from);
      while (second < clamp(to)) {
        long next = Math.min(clamp(to), (second / WIDTHS[width] + 1) * WIDTHS[width]);
        at(second / WIDTHS[width]).seconds += next - second;
        second = next;
      }
    }

    private Column at(long number) {
      return columns.computeIfAbsent(number, any -> new Column());
    }

    private void widen(long factor) {
      TreeMap<Long, Column> wider = new TreeMap<>();
      columns.forEach(
          (number, column) -> {
            Column into = wider.computeIfAbsent(number / factor, any -> new Column());
            into.seconds += column.seconds;
            into.count = Tally.sum(into.count, column.count);
          });
      columns = wider;
    }

    /** Its columns that are not empty, by their number from the timeline's first. */
    Map<Long, Column> columns() {
      Map<Long, Column> shifted = new TreeMap<>();
      columns.forEach((number, column) -> shifted.put(number - first(), column));
      return shifted;
    }
  }

  private final List<Lane> lanes = new ArrayList<>();
  private int width;
  private long earliest = Long.MAX_VALUE;
  private long latest = Long.MIN_VALUE;

  Lane lane() {
    Lane lane = new Lane();
    lanes.add(lane);
    return lane;
  }

  /** Makes the timeline reach to a time. */
  void cover(long time) {
    earliest = Math.min(earliest, clamp(time));
    latest = Math.max(latest, clamp(time));
    while (columnCount() > MOST_COLUMNS) {
      long factor = WIDTHS[width + 1] / WIDTHS[width];
      width++;
      lanes.forEach(lane -> lane.widen(factor));
    }
  }

  /** A time that can be written as a date. */
  static long clamp(long time) {
    return time < 0 ? LATEST : Math.min(time, LATEST);
  }

  /** Whether no time was covered. */
  boolean isEmpty() {
    return latest < earliest;
  }

  /** Seconds in a column. */
  long columnSeconds() {
    return WIDTHS[width];
  }

  /** How many columns there are. */
  long columnCount() {
    return isEmpty() ? 0 : latest / WIDTHS[width] - first() + 1;
  }

  /** When a column begins; that after the last is the end. */
  long begin(long column) {
    return Math.min(LATEST, (first() + column) * WIDTHS[width]);
  }

  /** The first time covered. */
  long earliest() {
    return earliest;
  }

  /** The last time covered. */
  long latest() {
    return latest;
  }

  private long first() {
    return earliest / WIDTHS[width];
  }
}
