package org.keywarden.conformance;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.keywarden.proto.admin.v1.PluginState;

/** Attacks of one program on the service of all others. */
final class SiegeAttacks {
  private static final int KNOCKS = 20_000;

  private SiegeAttacks() {}

  static List<Attack> all() {
    return List.of(
        siege(
            "connections to the application socket",
            "15,000 connections of one program: others type on, all is given back.",
            Broker::hostSocket,
            "connect",
            15_000),
        siege(
            "connections to the admin socket",
            "15,000 connections of one program: others type on, all is given back.",
            Broker::adminSocket,
            "connect",
            15_000),
        siege(
            "unfinished requests",
            "3,000 connections with 48 KiB of a request that never ends: others type on, all is"
                + " given back.",
            Broker::hostSocket,
            "half-request",
            3_000),
        siege(
            "sessions that read nothing",
            "500 sessions of one program type 2,000 keys each and read no answer: others type on.",
            Broker::hostSocket,
            "unread-calls",
            500,
            2_000),
        siege(
            "512 connections of one program",
            "It says Hello on 600 connections and stays: newcomers are let in.",
            Broker::ibusSocket,
            "greet",
            600),
        siege(
            "input contexts with surrounding text",
            "5 connections with 1,000 contexts that each report 4,096 characters: others type on.",
            Broker::ibusSocket,
            "texts",
            5,
            1_000),
        siege(
            "unfinished messages over IBus",
            "100 messages of 1 MB whose end never comes: others type on, all is given back.",
            Broker::ibusSocket,
            "unfinished",
            100,
            990_000),
        siege(
            "destroyed input contexts",
            "4,000 contexts made, focused and destroyed: nothing is left that uses the processor.",
            Broker::ibusSocket,
            "destroyed",
            4_000),
        siege(
            "keys without focus",
            "One program sends keys as fast as they are taken: others type on.",
            Broker::ibusSocket,
            "keys"),
        siege(
            "many terminals",
            "A program with 800 terminals takes the focus and sends 2,000 keys: others type on.",
            Broker::ibusSocket,
            "terminals",
            800,
            2_000),
        siege(
            "many descriptors",
            "60 connections of a program with 5,000 descriptors of a terminal: others type on.",
            Broker::ibusSocket,
            "descriptors",
            60,
            5_000),
        siege(
            "root that never answers",
            "A terminal whose root is a FUSE mount that stalls takes the focus and types: others"
                + " type on.",
            Broker::ibusSocket,
            "stalled-root",
            60,
            2_000),
        knocking("kept", true),
        knocking("closed at once", false));
  }

  private static Attack knocking(String name, boolean stay) {
    return Attack.disrupting(
        "G8",
        "connections of a plugin to its socket, " + name,
        "A puppet connects 20,000 times from its sandbox: others type on, all is given back.",
        f -> Siege.of(f, () -> new Knocker(f, f.b().knock(KNOCKS, stay))));
  }

  /** The puppet that does not compose, at its own socket. */
  private record Knocker(Fixture f, long order) implements Siege.Attacker {
    @Override
    public boolean finished() {
      return f.b().reported(order) || ended();
    }

    /** Whether the broker ended it for what it did, which gives back all it had. */
    private boolean ended() {
      return f.broker().plugin(f.b().id()).getState() != PluginState.PLUGIN_STATE_READY;
    }

    @Override
    public long gotAwayWith() {
      try {
        return f.b().reported(order) ? f.b().report(order).get("made").getAsLong() : 1;
      } catch (Unsettled failure) {
        return 0;
      }
    }

    @Override
    public void close() {
      try {
        if (!ended()) {
          f.b().reset();
        }
      } catch (Unsettled gone) {
        // As above, meanwhile.
        return;
      }
    }
  }

  private static Attack siege(
      String name,
      String description,
      Function<Broker, Path> socket,
      String misdeed,
      int... numbers) {
    return Attack.of(
        "G8",
        name,
        description,
        f ->
            Siege.of(
                f, () -> StrangerProcess.start(f, misdeed, socket.apply(f.broker()), numbers)));
  }
}
