package org.keywarden.benchmarks.live;

import java.util.List;
import java.util.stream.DoubleStream;
import org.keywarden.benchmarks.result.Row;
import org.keywarden.proto.host.v1.Route;
import org.keywarden.proto.input.v1.Purpose;

/** Focus changes between two ordinary fields and a password field. */
final class FocusRounds {
  private static final long FIRST = 1;
  private static final long SECOND = 2;
  private static final long SECRET = 3;
  private static final double NANOS_PER_MILLI = 1e6;

  private final Host host;
  private final long gap;
  private final DoubleStream.Builder granted = DoubleStream.builder();
  private final DoubleStream.Builder revoked = DoubleStream.builder();
  private final DoubleStream.Builder regained = DoubleStream.builder();

  /**
   * @param gap ns between two changes
   */
  FocusRounds(Host host, long gap) {
    this.host = host;
    this.gap = gap;
    host.open(FIRST);
    host.open(SECOND);
    host.open(SECRET);
  }

  void warmUp(int changes) {
    for (int i = 0; i < changes; i++) {
      compose(i % 2 == 0 ? FIRST : SECOND);
      host.rest(gap);
    }
  }

  void round(int changes) {
    compose(FIRST);
    for (int i = 0; i < changes; i++) {
      host.rest(gap);
      granted.add(compose(SECOND) / NANOS_PER_MILLI);
      host.rest(gap);
      revoked.add(
          host.focus(SECRET, Purpose.PURPOSE_PASSWORD, Route.ROUTE_GUARDED) / NANOS_PER_MILLI);
      host.rest(gap);
      regained.add(compose(FIRST) / NANOS_PER_MILLI);
    }
  }

  private double compose(long field) {
    return host.focus(field, Purpose.PURPOSE_FREE_FORM, Route.ROUTE_COMPOSING);
  }

  List<Row> rows() {
    String group = "Focus, application to its notice of the route";
    return List.of(
        Row.of(
            group,
            "focus moves to another field: old grant revoked, new one live",
            "ms",
            "< 5",
            granted.build().toArray()),
        Row.of(
            group,
            "focus moves to a password field: grant revoked, route guarded",
            "ms",
            "",
            revoked.build().toArray()),
        Row.of(
            group,
            "focus moves from a password field: new grant live",
            "ms",
            "< 5",
            regained.build().toArray()));
  }
}
