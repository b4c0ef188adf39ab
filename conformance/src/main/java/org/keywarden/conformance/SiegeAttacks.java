package org.keywarden.conformance;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Attacks of one program on the service of all others. */
final class SiegeAttacks {
  private SiegeAttacks() {}

  static List<Attack> all() {
    return List.of(
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
            5_000));
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
