package org.keywarden.broker.app;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.auditing.AuditTrail;
import org.keywarden.broker.frontdoor.Applications;
import org.keywarden.broker.frontdoor.ibus.panel.MethodChoice;
import org.keywarden.broker.frontdoor.ibus.session.SessionStanding;
import org.keywarden.broker.indicator.Indicator;
import org.keywarden.broker.indicator.TrayAct;
import org.keywarden.broker.indicator.TrayView;
import org.keywarden.broker.plugin.ChoicePace;
import org.keywarden.broker.plugin.PluginRoster;
import org.keywarden.broker.process.Supervisor;
import org.keywarden.broker.seat.Edit;
import org.keywarden.broker.seat.FieldId;
import org.keywarden.broker.seat.HostEffect;
import org.keywarden.broker.seat.Property;
import org.keywarden.broker.seat.Route;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.seat.SeatStatus;

/** Tells the indicator what is so, and does what a person asks by it. Thread: the seat's. */
final class TrayFeed {
  /** In ns, within which a field has the focus again that a menu took. */
  private static final long FOCUS_RETURNS = 2_000_000_000;

  private final SeatLoop seat;
  private final MethodChoice methods;
  private final ChoicePace pace;
  private final Applications applications;
  private final AuditTrail trail;
  private final PluginRoster roster;
  private final Supplier<SessionStanding> session;
  private final Runnable report;
  private final Consumer<String> warnings;
  private final LongSupplier clock;
  private @Nullable Indicator indicator;
  private @Nullable FieldId composing;

  /** The input method took its menu away, or lost the field. */
  private boolean emptied;

  /** It has not shown its menu since it began to compose. */
  private boolean awaited;

  private @Nullable Waiting waiting;
  private TrayView.Program program = TrayView.Program.NONE;

  /** What composes again when the pause ends; empty outside one. */
  private String paused = "";

  /** An item of the input method's menu that waits for the focus, which the tray's menu took. */
  private record Waiting(TrayAct.Activate act, String executable, long until) {}

  /**
   * @param pace of all that is chosen and recorded
   * @param session whether applications find the broker
   * @param report opens the audit report
   * @param warnings takes a sentence for the user
   * @param clock in ns
   */
  TrayFeed(
      SeatLoop seat,
      MethodChoice methods,
      ChoicePace pace,
      Applications applications,
      AuditTrail trail,
      PluginRoster roster,
      Supplier<SessionStanding> session,
      Runnable report,
      Consumer<String> warnings,
      LongSupplier clock) {
    this.seat = seat;
    this.methods = methods;
    this.pace = pace;
    this.applications = applications;
    this.trail = trail;
    this.roster = roster;
    this.session = session;
    this.report = report;
    this.warnings = warnings;
    this.clock = clock;
  }

  /** Says whom to tell; before the first effect. */
  void connect(Indicator to) {
    indicator = to;
  }

  /** Follows the seat. */
  void apply(HostEffect effect) {
    switch (effect) {
      case HostEffect.RouteChanged e -> {
        composing = e.route() == Route.COMPOSING ? e.field() : null;
        // The menu of the tray may take the focus, and is about the field that had it.
        emptied = composing == null && e.route() != Route.UNFOCUSED;
        awaited = composing != null;
      }
      case HostEffect.EditField e -> {
        if (e.edit() instanceof Edit.SetProperties set && e.field().equals(composing)) {
          emptied = set.items().isEmpty();
          if (!emptied) {
            offer(e.field(), set.items());
          }
        }
      }
      case HostEffect.AnswerKey e -> {}
      case HostEffect.FenceRaised e -> {}
    }
  }

  private void offer(FieldId field, List<Property> items) {
    if (indicator != null) {
      indicator.offer(items, awaited);
    }
    awaited = false;
    Waiting act = waiting;
    if (act != null && items.stream().anyMatch(each -> each.key().equals(act.act().key()))) {
      waiting = null;
      if (clock.getAsLong() < act.until()
          && act.executable().equals(Applications.current(seat.status().executable()))) {
        activate(field, act.act());
      }
    }
  }

  private void activate(FieldId field, TrayAct.Activate act) {
    seat.post(new SeatEvent.PropertyActivated(field, act.key(), act.checked()));
  }

  /** Something may have changed. */
  void look() {
    if (indicator == null || !indicator.isShown()) {
      return;
    }
    if (emptied) {
      emptied = false;
      indicator.offer(List.of(), false);
    }
    SeatStatus now = seat.status();
    String selected = methods.selected();
    if (!selected.isEmpty()) {
      paused = "";
    }
    if (!now.application().isEmpty()) {
      program = programOf(now);
    }
    indicator.show(
        new TrayView(
            now.route(),
            selected,
            methods.enabled().stream()
                .map(each -> new TrayView.Method(each.id(), each.name()))
                .toList(),
            !paused.isEmpty(),
            program,
            problems(now)));
  }

  private TrayView.Program programOf(SeatStatus now) {
    String executable = Applications.current(now.executable());
    String file = executable.substring(executable.lastIndexOf('/') + 1);
    return new TrayView.Program(
        file.isEmpty() ? now.application() : file,
        executable,
        applications.announces(now.application(), executable),
        applications.isAllowed(executable),
        applications.isKeptOut(executable));
  }

  private List<String> problems(SeatStatus now) {
    List<String> problems = new ArrayList<>();
    SessionStanding standing = session.get();
    standing
        .rivals()
        .forEach(
            each ->
                problems.add(
                    each.who()
                        + (each.takesOurs()
                            ? " has your typing, outside every sandbox"
                            : " runs beside Keywarden")));
    if (standing.rivals().isEmpty() && !standing.files().isEmpty() && !standing.filesOurs()) {
      problems.add("Applications do not find Keywarden");
    }
    if (!trail.problem().isEmpty()) {
      problems.add("The grant log cannot be written, so nothing composes");
    }
    for (PluginRoster.Row row : roster.rows()) {
      if (row.state() == Supervisor.State.QUARANTINED) {
        problems.add(row.manifest().name() + " died too often and stays down");
      }
    }
    if (!now.trustedReady()) {
      problems.add("The trusted keyboard is not ready");
    }
    return problems;
  }

  /** Does what a person asked for; what cannot be kept is said. */
  void act(TrayAct act) {
    try {
      carryOut(act);
    } catch (IOException e) {
      warnings.accept(String.valueOf(e.getMessage()));
    }
    look();
  }

  private void carryOut(TrayAct act) throws IOException {
    switch (act) {
      case TrayAct.Choose e -> methods.select(e.method());
      case TrayAct.Pause e -> pause(e.now());
      case TrayAct.Activate e -> {
        if (composing == null) {
          waiting = new Waiting(e, program.executable(), clock.getAsLong() + FOCUS_RETURNS);
        } else {
          activate(composing, e);
        }
      }
      case TrayAct.Allow e -> {
        if (pace.take()) {
          allow(e);
        }
      }
      case TrayAct.KeepOut e -> applications.keepOut(e.executable(), e.now());
      case TrayAct.OpenReport e -> report.run();
    }
    if (act instanceof TrayAct.Allow || act instanceof TrayAct.KeepOut) {
      program =
          new TrayView.Program(
              program.name(),
              program.executable(),
              program.announces(),
              applications.isAllowed(program.executable()),
              applications.isKeptOut(program.executable()));
    }
  }

  private void allow(TrayAct.Allow act) throws IOException {
    try {
      applications.allow(act.executable(), act.now());
    } finally {
      // What could not be kept holds all the same until the broker ends.
      if (applications.isAllowed(act.executable()) == act.now()) {
        trail.applicationAllowed(act.executable(), act.now());
      }
    }
  }

  private void pause(boolean now) {
    if (now && !methods.selected().isEmpty()) {
      String before = methods.selected();
      methods.select(MethodChoice.KEYBOARD_ONLY);
      paused = before;
    } else if (!now && !paused.isEmpty()) {
      methods.select(paused);
      paused = "";
    }
  }
}
