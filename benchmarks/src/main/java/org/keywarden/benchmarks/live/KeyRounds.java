package org.keywarden.benchmarks.live;

import java.util.List;
import java.util.stream.DoubleStream;
import org.keywarden.benchmarks.result.Row;
import org.keywarden.proto.host.v1.Route;
import org.keywarden.proto.input.v1.Purpose;

/** Round trips of keys on one route, from the event's sending to its answer. */
final class KeyRounds implements AutoCloseable {
  private static final String GROUP = "Key round trip, application to answer";
  private static final long FIELD = 1;
  private static final int RETURN = 0xff0d;

  /** Romaji of one word, then Return, which commits it. */
  private static final int[] WORD =
      "konnichiha\r".chars().map(c -> c == '\r' ? RETURN : c).toArray();

  private final String what;
  private final Host host;
  private final Purpose purpose;
  private final Route route;
  private final DoubleStream.Builder close = DoubleStream.builder();
  private final DoubleStream.Builder apart = DoubleStream.builder();

  KeyRounds(String what, Host host, Purpose purpose, Route route) {
    this.what = what;
    this.host = host;
    this.purpose = purpose;
    this.route = route;
    host.open(FIELD);
  }

  void warmUp(int events, long rest) {
    focus(rest);
    host.type(FIELD, WORD, events, 0);
  }

  void backToBack(int events, long rest) {
    focus(rest);
    add(close, host.type(FIELD, WORD, events, 0));
  }

  void spaced(int events, long gap) {
    focus(0);
    add(apart, host.type(FIELD, WORD, events, gap));
  }

  private void focus(long rest) {
    host.rest(rest);
    host.focus(FIELD, purpose, route);
  }

  private static void add(DoubleStream.Builder all, double[] nanos) {
    DoubleStream.of(LiveBenchmarks.micros(nanos)).forEach(all::add);
  }

  List<Row> rows() {
    return List.of(
        Row.of(GROUP, what + ", back to back", "us", "", close.build().toArray()),
        Row.of(GROUP, what + ", 5 ms gaps", "us", "", apart.build().toArray()));
  }

  @Override
  public void close() {
    host.close();
  }
}
