package org.keywarden.benchmarks.live;

import java.io.IOException;
import java.util.List;
import org.keywarden.benchmarks.result.Row;

/** What the three processes had used when the rounds began. */
record Consumption(Usage broker, Usage plugin, Usage trustedKeyboard) {
  private static final double MICROS_PER_MILLI = 1e3;
  private static final int KINDS_OF_KEYS = 3;

  static Consumption of(MeasuredBroker broker) throws IOException {
    return new Consumption(broker.broker(), broker.plugin(), broker.trustedKeyboard());
  }

  /** What they use after the rounds, per key event where that makes sense. */
  List<Row> rowsUntil(MeasuredBroker process, LiveBenchmarks.Effort effort) throws IOException {
    Consumption after = of(process);
    double ownKeys = (double) effort.rounds() * (effort.backToBack() + effort.spaced());
    return List.of(
        memory("broker", "", after.broker),
        memory("sample IME", "", after.plugin),
        memory("trusted keyboard", "", after.trustedKeyboard),
        time("broker", broker, after.broker, KINDS_OF_KEYS * ownKeys),
        time("sample IME", plugin, after.plugin, ownKeys),
        time("trusted keyboard", trustedKeyboard, after.trustedKeyboard, ownKeys));
  }

  private static Row memory(String who, String target, Usage usage) {
    return Row.of(
        "Memory after all rounds", who + "'s RSS", "MB", target, usage.residentMegabytes());
  }

  private static Row time(String who, Usage before, Usage after, double keys) {
    return Row.of(
        "Processor time during the rounds, focus changes and idle time included",
        who + ", per key event it handled",
        "us",
        "",
        (after.cpuMillis() - before.cpuMillis()) * MICROS_PER_MILLI / keys);
  }
}
