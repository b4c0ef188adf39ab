package org.keywarden.benchmarks.result;

import org.jspecify.annotations.Nullable;

/**
 * One figure of a run.
 *
 * @param group rows of one group stand in one table
 * @param what is measured, and from when to when
 * @param unit of the values
 * @param target what the project wants, empty if it wants nothing in particular
 */
public record Row(
    String group, String what, String unit, @Nullable String target, Distribution values) {

  /** A figure measured in samples. */
  public static Row of(String group, String what, String unit, String target, double... samples) {
    return new Row(group, what, unit, target, Distribution.of(samples));
  }
}
