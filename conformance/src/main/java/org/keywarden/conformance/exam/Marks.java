package org.keywarden.conformance.exam;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.keywarden.proto.input.v1.Right;

/** What was found so far, and which rights were seen in use. */
final class Marks {
  private final Consumer<Mark> told;
  private final List<Mark> all = new ArrayList<>();
  private final Set<Right> used = EnumSet.noneOf(Right.class);

  /**
   * @param told each mark as it is known
   */
  Marks(Consumer<Mark> told) {
    this.told = told;
  }

  void add(String name, boolean passed, String observed) {
    Mark mark = new Mark(name, passed, observed);
    all.add(mark);
    told.accept(mark);
  }

  List<Mark> all() {
    return List.copyOf(all);
  }

  /** The rights seen in use, to be added to. */
  Set<Right> used() {
    return used;
  }

  /** A time as people read it. */
  static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
  }
}
