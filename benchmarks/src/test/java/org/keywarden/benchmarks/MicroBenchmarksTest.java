package org.keywarden.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keywarden.benchmarks.micro.MicroBenchmarks;
import org.keywarden.benchmarks.result.Row;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.TimeValue;

final class MicroBenchmarksTest {
  private static final MicroBenchmarks.Effort ONE_ITERATION =
      new MicroBenchmarks.Effort(0, 0, 1, TimeValue.milliseconds(1), List.of());

  @Test
  void everyBenchmarkRunsAndGivesTimeAndAllocation() throws RunnerException {
    List<String> progress = new ArrayList<>();
    List<Row> rows = MicroBenchmarks.run(ONE_ITERATION, progress::add);
    assertEquals(7, progress.size());
    assertEquals(14, rows.size());
    assertEquals(7, rows.stream().filter(row -> row.unit().equals("ns")).count());
    assertEquals(7, rows.stream().filter(row -> row.unit().equals("bytes")).count());
    assertTrue(rows.stream().allMatch(row -> row.values().samples() == 1), rows::toString);
  }
}
