package org.keywarden.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.audit.log.KeyRotation;
import org.keywarden.proto.admin.v1.AllowApplicationRequest;
import org.keywarden.proto.admin.v1.PluginState;
import org.keywarden.proto.admin.v1.ReloadPolicyRequest;
import org.keywarden.proto.admin.v1.SelectPluginRequest;
import org.keywarden.proto.audit.v1.ActionRefusal;
import org.keywarden.proto.audit.v1.Record;
import org.keywarden.proto.audit.v1.Record.EventCase;
import org.keywarden.proto.audit.v1.UserOverride.ChoiceCase;
import org.keywarden.proto.audit.v1.Withheld;
import org.keywarden.proto.host.v1.Route;
import org.keywarden.proto.input.v1.Right;

/** The installed broker writes every kind of record there is. */
final class RecordKindsIT {
  /**
   * Needs an hour, or a log as old as its retention: TrailKeeperTest has them, with its own clock.
   */
  private static final Set<EventCase> TAKE_LONG =
      EnumSet.of(EventCase.HEARTBEAT, EventCase.ENTRIES_PRUNED);

  private static final int MOVES = 200;
  private static final long TOO_MUCH = 8L << 30;

  private final Path dist = Path.of(System.getProperty("keywarden.dist", "")).toAbsolutePath();
  @TempDir private Path work;

  @Test
  void everyKindIsWritten() throws IOException, Unsettled {
    try (Broker broker = Broker.start(dist, work)) {
      try (Fixture fixture = new Fixture(broker)) {
        grantsAndRefusals(fixture);
        renewal(fixture);
        secretField(fixture);
        restless(fixture);
      }
      overrides(broker);
      violation(broker);
    }
    RecordedState state = new RecordedState(work.resolve("state"));
    KeyRotation.rotate(state.state(), new SecureRandom(), 1);
    List<Record> records = state.records();
    Set<EventCase> kinds =
        records.stream()
            .map(Record::getEventCase)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(EventCase.class)));
    Set<EventCase> wanted = EnumSet.allOf(EventCase.class);
    wanted.remove(EventCase.EVENT_NOT_SET);
    wanted.removeAll(TAKE_LONG);
    assertEquals(wanted, kinds);
    assertEquals(
        EnumSet.of(
            ChoiceCase.PLUGIN, ChoiceCase.POLICY, ChoiceCase.APPLICATION, ChoiceCase.WITHDRAWN),
        records.stream()
            .filter(Record::hasUserOverride)
            .map(record -> record.getUserOverride().getChoiceCase())
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(ChoiceCase.class))));
    assertTrue(
        records.stream()
            .anyMatch(record -> record.hasGrantIssued() && record.getGrantIssued().getParent() > 0),
        "a derivation");
    assertEquals(
        Set.of(ActionRefusal.ACTION_REFUSAL_NO_CAUSE, ActionRefusal.ACTION_REFUSAL_NOT_LIVE),
        records.stream()
            .filter(Record::hasActionsRefused)
            .map(record -> record.getActionsRefused().getRefusal())
            .collect(Collectors.toSet()),
        "text without a key, and a stale token");
    assertTrue(
        records.stream()
            .map(Record::getRecordsWithheld)
            .anyMatch(
                each ->
                    each.getKind() == Withheld.WITHHELD_GRANTS
                        && each.getCount() > MOVES
                        && each.hasApplication()),
        "grants that were not given");
    assertEquals(List.of(), state.verdict().problems());
  }

  private static void grantsAndRefusals(Fixture fixture) throws Unsettled {
    Fixture.Live live = fixture.live();
    fixture.a().derive(live.token(), 500, Right.RIGHT_SET_PREEDIT);
    fixture.a().send(0, Messages.action(Messages.commit("evil")), 1);
    fixture.a().awaitRefusals(0, 1);
    fixture.b().present(live.token(), "honest", "same");
    live.end();
    fixture.a().present(live.token(), "honest", "same");
  }

  private static void renewal(Fixture fixture) throws Unsettled {
    fixture.a().reset();
    Fixture.Live live = fixture.live("short");
    Await.until(
        "renewal",
        Await.PATIENCE,
        () ->
            fixture
                .broker()
                .admin()
                .listGrants(org.keywarden.proto.admin.v1.ListGrantsRequest.getDefaultInstance())
                .getGrantsList()
                .stream()
                .anyMatch(grant -> grant.getRenewals() > 0),
        () -> "none");
    live.end();
  }

  private static void secretField(Fixture fixture) throws Unsettled {
    Application application = fixture.application("kit");
    application.open(1);
    application.focus(1, Application.password());
    application.awaitRoute(Route.ROUTE_GUARDED);
    application.type(1, "x");
    application.awaitAnswers();
    application.blur(1);
    application.awaitRoute(Route.ROUTE_UNFOCUSED);
  }

  /** Moves the focus faster than grants are given; how many were not is said at the stop. */
  private static void restless(Fixture fixture) throws Unsettled {
    Application application = fixture.application("kit");
    application.open(1);
    application.open(2);
    for (int i = 0; i < MOVES; i++) {
      application.focus(1, Application.plain());
      application.focus(2, Application.plain());
    }
    application.blur(2);
    application.awaitRoute(Route.ROUTE_UNFOCUSED);
  }

  private static void overrides(Broker broker) {
    var _ = broker.admin().reloadPolicy(ReloadPolicyRequest.getDefaultInstance());
    var _ =
        broker.admin().selectPlugin(SelectPluginRequest.newBuilder().setPluginId("kit.b").build());
    for (boolean allowed : new boolean[] {true, false}) {
      var _ =
          broker
              .admin()
              .allowApplication(
                  AllowApplicationRequest.newBuilder()
                      .setExecutable("/usr/bin/kit")
                      .setAllowed(allowed)
                      .build());
    }
  }

  /** More in its state directory than the plugin may have there. */
  private static void violation(Broker broker) throws IOException, Unsettled {
    Path state = Path.of(broker.plugin("kit.a").getStateDirectory());
    try (RandomAccessFile file = new RandomAccessFile(state.resolve("large").toFile(), "rw")) {
      file.setLength(TOO_MUCH);
    }
    Await.until(
        "quarantine",
        Await.PATIENCE,
        () -> broker.plugin("kit.a").getState() == PluginState.PLUGIN_STATE_QUARANTINED,
        () -> broker.plugin("kit.a").getState().toString());
    Await.until(
        "record of it",
        Await.PATIENCE,
        () -> recorded(broker, EventCase.PLUGIN_QUARANTINED),
        () -> "none");
  }

  private static boolean recorded(Broker broker, EventCase kind) {
    try {
      return new RecordedState(broker.state())
          .records().stream().anyMatch(record -> record.getEventCase() == kind);
    } catch (IOException beingWritten) {
      return false;
    }
  }
}
