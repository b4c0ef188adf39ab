package org.keywarden.conformance;

import static org.keywarden.client.bus.IbusCalls.BUS;
import static org.keywarden.client.bus.IbusCalls.BUS_PATH;
import static org.keywarden.client.bus.IbusCalls.IBUS;
import static org.keywarden.client.bus.IbusCalls.IBUS_PATH;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.keywarden.client.bus.BusLine;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.MessageCodec;
import org.keywarden.ibus.wire.Value;

/**
 * Attacks of programs that would be the panel: it sees what is composed, and its clicks are the
 * user's.
 */
final class PanelAttacks {
  private static final String PANEL = "org.freedesktop.IBus.Panel";
  private static final String PANEL_PATH = "/org/freedesktop/IBus/Panel";

  /** DBUS_NAME_FLAG_ALLOW_REPLACEMENT and DBUS_NAME_FLAG_REPLACE_EXISTING. */
  private static final Value REPLACE = new Value.UInt32(3);

  private PanelAttacks() {}

  static List<Attack> all() {
    return List.of(
        Attack.of(
            "G1",
            "taking the panel's name",
            "A program asks for each of the panel's names: AccessDenied, and it is told nothing of"
                + " what another composes.",
            PanelAttacks::asks),
        Attack.of(
            "G5",
            "speaking as the panel",
            "A program sends a panel's clicks, pages, text and choice of engine: nothing comes of"
                + " them.",
            PanelAttacks::speaks),
        Attack.alone(
            "G1",
            "claiming to be GNOME Shell",
            "A program owns org.gnome.Shell on the session bus and asks for the panel's name:"
                + " AccessDenied.",
            PanelAttacks::claims));
  }

  private static String request(DoorVisitor by, String name) throws Unsettled {
    return DoorVisitor.outcome(
        by.call(BUS, BUS_PATH, BUS, "RequestName", new Value.Str(name), REPLACE));
  }

  private static Outcome asks(Fixture f) throws Unsettled {
    DoorVisitor spy = f.keep(DoorVisitor.greeted(f.broker().ibusSocket()));
    Outcome refused = Outcome.expect("the panel's name", "AccessDenied", request(spy, PANEL));
    for (String more : List.of(".Extension", ".Extension.Gtk3", ".Extension.Emoji")) {
      refused = refused.and(Outcome.expect(more, "AccessDenied", request(spy, PANEL + more)));
    }
    int before = spy.received().size();
    Outcome composes = DoorAttacks.composes(f);
    spy.call(BUS, BUS_PATH, BUS, "GetId");
    return refused
        .and(composes)
        .and(Outcome.expect("messages at the spy", before + 1, spy.received().size()));
  }

  private static Outcome speaks(Fixture f) throws Unsettled {
    Value.UInt32 zero = new Value.UInt32(0);
    Value.UInt32 one = new Value.UInt32(1);
    DoorVisitor liar = f.keep(DoorVisitor.greeted(f.broker().ibusSocket()));
    say(liar, "CandidateClicked", zero, one, zero);
    say(liar, "PageDown");
    say(liar, "PropertyActivate", new Value.Str("x"), one);
    say(liar, "CommitText", new Value.Variant(new Value.Str("QXZ")));
    Message chosen = liar.call(IBUS, IBUS_PATH, IBUS, "SetGlobalEngine", new Value.Str("kit.b"));
    return Outcome.expect("choosing an engine", "AccessDenied", DoorVisitor.outcome(chosen))
        .and(DoorAttacks.composes(f));
  }

  private static void say(DoorVisitor who, String member, Value... body) {
    who.bytes(MessageCodec.write(Message.signal(PANEL_PATH, PANEL, member, body).numbered(1_000)));
  }

  private static Outcome claims(Fixture f) throws Unsettled {
    try (SessionBus bus = SessionBus.start();
        Broker broker =
            Broker.startWithin(
                bus.surroundings(f.work()), f.dist(), f.work(), true, SessionBus.DESKTOP);
        BusLine name = BusLine.greeted(bus.socket());
        DoorVisitor liar = DoorVisitor.greeted(broker.ibusSocket())) {
      Message owned =
          name.call(
              Message.call(
                  BUS, BUS_PATH, BUS, "RequestName", new Value.Str("org.gnome.Shell"), REPLACE));
      return Outcome.expect("the shell's name", List.of(new Value.UInt32(1)), owned.body())
          .and(Outcome.expect("the panel's name", "AccessDenied", request(liar, PANEL)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
