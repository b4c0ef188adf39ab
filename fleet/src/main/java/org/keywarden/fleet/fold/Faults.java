package org.keywarden.fleet.fold;

import java.util.ArrayList;
import java.util.List;
import org.keywarden.proto.fleet.v1.Alert;
import org.keywarden.proto.fleet.v1.Fault;
import org.keywarden.proto.fleet.v1.FaultKind;
import org.keywarden.proto.fleet.v1.LogState;

/**
 * Keeps the faults of one log, and makes alerts of them: the first of a kind at once, more of the
 * same together, at most one alert an hour.
 */
final class Faults {
  static final long PACE_MILLIS = 3_600_000;
  private static final int LONGEST = 200;

  private final String origin;
  private final LogState.Builder state;
  private final long now;
  private final List<Alert> alerts = new ArrayList<>();

  /**
   * @param now in ms since 1970
   */
  Faults(String origin, LogState.Builder state, long now) {
    this.origin = origin;
    this.state = state;
    this.now = now;
  }

  void add(FaultKind kind, String what) {
    add(kind, "", what);
  }

  void add(FaultKind kind, String rule, String what) {
    String shown = what.length() <= LONGEST ? what : what.substring(0, LONGEST);
    int place = place(kind, rule);
    Fault.Builder fault =
        place < 0
            ? Fault.newBuilder().setKind(kind).setRule(rule).setFirstHeard(now)
            : state.getFaultsBuilder(place);
    fault.setCount(fault.getCount() + 1).setWhat(shown);
    boolean due = place < 0 || now - fault.getLastAlert() >= PACE_MILLIS;
    if (due) {
      alerts.add(alert(kind, rule, fault.getCount() - fault.getAlerted(), shown));
      fault.setLastAlert(now).setAlerted(fault.getCount());
    }
    if (place < 0) {
      state.addFaults(fault);
    }
  }

  /** Says something that is not kept. */
  void say(FaultKind kind, String what) {
    alerts.add(alert(kind, "", 1, what));
  }

  private int place(FaultKind kind, String rule) {
    for (int i = 0; i < state.getFaultsCount(); i++) {
      Fault fault = state.getFaults(i);
      if (fault.getKind() == kind && fault.getRule().equals(rule)) {
        return i;
      }
    }
    return -1;
  }

  private Alert alert(FaultKind kind, String rule, long count, String what) {
    return Alert.newBuilder()
        .setOrigin(origin)
        .setKind(kind)
        .setRule(rule)
        .setTime(now)
        .setSize(state.getSize())
        .setCount(count)
        .setWhat(what)
        .build();
  }

  List<Alert> alerts() {
    return alerts;
  }
}
