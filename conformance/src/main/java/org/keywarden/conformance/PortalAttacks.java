package org.keywarden.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.keywarden.client.bus.BusLine;
import org.keywarden.client.bus.IbusCalls;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/**
 * Attacks over the session bus, where the broker serves IBus's portal. The bus is the kit's own.
 */
final class PortalAttacks {
  private static final int CALLERS = 600;
  private static final int CONTEXTS = 40;
  private static final int TALKATIVE = 60;

  private PortalAttacks() {}

  static List<Attack> all() {
    return List.of(
        Attack.alone(
            "G8",
            "portal callers of one program",
            "600 callers over the session bus have input contexts: newcomers are let in there and"
                + " at the doors.",
            f -> besieged(f, "portal", CALLERS, 1)),
        Attack.alone(
            "G9",
            "portal contexts with surrounding text",
            "60 callers with 40 contexts that each report 4,096 characters: others type on.",
            f -> besieged(f, "portal", TALKATIVE, CONTEXTS)));
  }

  private static Outcome besieged(Fixture f, String misdeed, int... numbers) throws Unsettled {
    try (SessionBus bus = SessionBus.start();
        Broker broker =
            Broker.startWithin(
                bus.surroundings(f.work()), f.dist(), f.work(), true, SessionBus.DESKTOP)) {
      Path socket = bus.socket();
      Await.until("portal", Await.PATIENCE, () -> admitted(socket), () -> "it is not served");
      broker.a().reset();
      Outcome siege =
          Siege.of(
              f,
              broker,
              () -> new Watched(StrangerProcess.start(f, misdeed, socket, numbers), socket));
      return siege.and(Outcome.expect("newcomer at the portal afterwards", true, admitted(socket)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a program that has just come to the bus gets an input context. */
  private static boolean admitted(Path bus) {
    try (BusLine line = BusLine.greeted(bus)) {
      Message made = line.call(IbusCalls.newPortalContext("kit"));
      return !made.body().isEmpty() && made.body().getFirst() instanceof Value.ObjectPath;
    } catch (IOException gone) {
      return false;
    }
  }

  /** The stranger, and whether a newcomer gets in while it is there. */
  private record Watched(StrangerProcess stranger, Path bus) implements Siege.Attacker {
    @Override
    public boolean finished() {
      return stranger.finished();
    }

    @Override
    public boolean takesFocus() {
      return stranger.takesFocus();
    }

    /** Nothing where nobody else is let in: what an attack must not be able to do. */
    @Override
    public long gotAwayWith() {
      return admitted(bus) ? stranger.gotAwayWith() : 0;
    }

    @Override
    public void close() {
      stranger.close();
    }
  }
}
