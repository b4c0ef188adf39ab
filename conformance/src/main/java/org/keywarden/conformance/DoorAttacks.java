package org.keywarden.conformance;

import static org.keywarden.client.bus.IbusCalls.BUS;
import static org.keywarden.client.bus.IbusCalls.BUS_PATH;
import static org.keywarden.client.bus.IbusCalls.IBUS;
import static org.keywarden.client.bus.IbusCalls.IBUS_PATH;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.MessageCodec;
import org.keywarden.ibus.wire.Type;
import org.keywarden.ibus.wire.Value;
import org.keywarden.proto.admin.v1.GetStatusRequest;
import org.keywarden.proto.host.v1.Route;

/** Attacks of programs that speak IBus: on other applications, and on the door itself. */
final class DoorAttacks {
  private static final int FREE_FORM = 0;
  private static final int PASSWORD = 8;
  private static final int PIN = 9;
  private static final int LATER_THAN_ALL = 99;
  private static final int HIDDEN_TEXT = 1 << 12;
  private static final int MOST_CONTEXTS = 1_024;
  private static final int MOST_CONNECTIONS = 512;
  private static final int CONTEXTS = 10_000;
  private static final int READ_EVERY = 500;
  private static final int MUTATIONS = 300;
  private static final long SEED = 20_261_123;
  private static final Value.UInt32 ZERO = new Value.UInt32(0);

  private DoorAttacks() {}

  static List<Attack> all() {
    List<Attack> all = new ArrayList<>();
    all.add(
        Attack.of(
            "G1",
            "eavesdropping match rule",
            "A program asks for all messages, eavesdropped ones too: it gets none of another's.",
            DoorAttacks::eavesdrops));
    all.add(
        Attack.of(
            "G1",
            "another application's input context",
            "Every method of a foreign context: AccessDenied, and its owner composes on.",
            DoorAttacks::takesContext));
    all.add(
        Attack.of(
            "G1",
            "message to another application",
            "A call and a signal sent to another's name: ServiceUnknown, and nothing arrives.",
            DoorAttacks::writesToOther));
    all.add(
        Attack.of(
            "G1",
            "key from a context without focus",
            "Another program takes the focus while a person types: keys of the first reach nobody.",
            DoorAttacks::stealsFocus));
    all.add(refused("registering an engine", "RegisterComponent", new Value.Variant(ZERO)));
    all.add(refused("choosing the engine", "SetGlobalEngine", new Value.Str("evil")));
    all.add(refused("ending the daemon", "Exit", new Value.Bool(false)));
    all.add(
        refusedByBus(
            "taking IBus's name", "RequestName", new Value.Str(IBUS), new Value.UInt32(2)));
    all.add(
        refusedByBus(
            "becoming a monitor",
            "BecomeMonitor",
            new Value.Array(Type.Basic.STRING, List.of()),
            ZERO));
    all.add(secret("password purpose over IBus", PASSWORD, 0));
    all.add(secret("PIN purpose over IBus", PIN, 0));
    all.add(secret("unknown purpose over IBus", LATER_THAN_ALL, 0));
    all.add(secret("hidden text over IBus", FREE_FORM, HIDDEN_TEXT));
    all.addAll(malformed());
    all.add(
        Attack.of(
            "G9",
            "mutated messages",
            MUTATIONS + " well-formed messages with random bytes changed: the broker serves on.",
            DoorAttacks::mutated));
    all.add(
        Attack.of(
            "G8",
            "half-open connections",
            "More connections than are allowed, none says anything: those typing type on.",
            DoorAttacks::halfOpen));
    all.add(
        Attack.of(
            "G8",
            "10,000 input contexts",
            "One program asks for 10,000: LimitsExceeded after 1,024, another composes.",
            DoorAttacks::manyContexts));
    all.add(
        Attack.of(
            "G8",
            "application that never reads",
            "It calls and reads no answer: it is closed, another composes.",
            DoorAttacks::neverReads));
    return all;
  }

  private static DoorVisitor enter(Fixture f) throws Unsettled {
    return f.keep(DoorVisitor.greeted(f.broker().ibusSocket()));
  }

  private static void awaitRoute(Fixture f, Route wanted) throws Unsettled {
    Await.until(
        "route " + wanted, Await.PATIENCE, () -> status(f) == wanted, () -> status(f).toString());
  }

  private static Route status(Fixture f) {
    return f.broker().admin().getStatus(GetStatusRequest.getDefaultInstance()).getRoute();
  }

  /** An honest application, composing. */
  private static String composing(Fixture f, DoorVisitor application) throws Unsettled {
    String context = application.context("gtk3-im:kit");
    application.focus(context, FREE_FORM, 0);
    awaitRoute(f, Route.ROUTE_COMPOSING);
    return context;
  }

  /** Whether the puppet sees what an honest application types now. */
  static Outcome composes(Fixture f) throws Unsettled {
    f.a().reset();
    f.a().behave(true, "pass", "");
    DoorVisitor honest = enter(f);
    String context = composing(f, honest);
    honest.type(context, "ab");
    Outcome seen = Outcome.expect("honest keys at the plugin", List.of(97, 98), f.a().keysyms());
    honest.on(context, "FocusOut");
    return seen.and(f.stillServes());
  }

  // On others.

  private static Outcome eavesdrops(Fixture f) throws Unsettled {
    DoorVisitor spy = enter(f);
    for (String rule :
        List.of("", "eavesdrop='true'", "eavesdrop='true',type='method_call'", "type='signal'")) {
      spy.call(BUS, BUS_PATH, BUS, "AddMatch", new Value.Str(rule));
    }
    int before = spy.received().size();
    Outcome composes = composes(f);
    spy.call(BUS, BUS_PATH, BUS, "GetId");
    return composes.and(Outcome.expect("messages at the spy", before + 1, spy.received().size()));
  }

  private static Outcome takesContext(Fixture f) throws Unsettled {
    f.a().behave(true, "pass", "");
    DoorVisitor owner = enter(f);
    String context = composing(f, owner);
    DoorVisitor thief = enter(f);
    List<String> got = new ArrayList<>();
    for (String method : List.of("FocusIn", "FocusOut", "Reset", "GetEngine")) {
      got.add(DoorVisitor.outcome(thief.on(context, method)));
    }
    got.add(DoorVisitor.outcome(thief.type(context, "x")));
    got.add(DoorVisitor.outcome(thief.on(context, "SetCapabilities", ZERO)));
    got.add(
        DoorVisitor.outcome(thief.call(IBUS, context, "org.freedesktop.IBus.Service", "Destroy")));
    owner.type(context, "ab");
    Outcome owners = Outcome.expect("owner's keys", List.of(97, 98), f.a().keysyms());
    owner.on(context, "FocusOut");
    return Outcome.expect("thief", List.of("AccessDenied"), got.stream().distinct().toList())
        .and(owners);
  }

  private static Outcome writesToOther(Fixture f) throws Unsettled {
    DoorVisitor victim = enter(f);
    Message name = victim.call(BUS, BUS_PATH, BUS, "ListNames");
    DoorVisitor writer = enter(f);
    int before = victim.received().size();
    List<String> got = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      got.add(DoorVisitor.outcome(writer.call(":1." + i, "/x", "a.b", "C")));
    }
    victim.call(BUS, BUS_PATH, BUS, "GetId");
    return Outcome.expect("answers", List.of("ServiceUnknown"), got.stream().distinct().toList())
        .and(Outcome.expect("messages at the victim", before + 1, victim.received().size()))
        .and(Outcome.expect("names listed", "ok", DoorVisitor.outcome(name)));
  }

  private static Outcome stealsFocus(Fixture f) throws Unsettled {
    f.a().behave(true, "pass", "");
    DoorVisitor person = enter(f);
    String password = person.context("gtk3-im:kit");
    person.focus(password, PASSWORD, 0);
    awaitRoute(f, Route.ROUTE_GUARDED);
    DoorVisitor thief = enter(f);
    String stolen = composing(f, thief);
    person.type(password, "QXZ");
    Outcome none = Outcome.expect("password keys at the plugin", List.of(), f.a().keysyms());
    thief.on(stolen, "FocusOut");
    return none;
  }

  private static Attack refused(String name, String method, Value... arguments) {
    return Attack.of(
        "G5",
        name,
        method + " from an application is refused, and the broker serves on.",
        f -> {
          Message answer = enter(f).call(IBUS, IBUS_PATH, IBUS, method, arguments);
          return Outcome.of(answer.errorName() != null, method + ": " + DoorVisitor.outcome(answer))
              .and(composes(f));
        });
  }

  private static Attack refusedByBus(String name, String method, Value... arguments) {
    return Attack.of(
        "G5",
        name,
        method + " from an application is refused, and the broker serves on.",
        f -> {
          Message answer = enter(f).call(BUS, BUS_PATH, BUS, method, arguments);
          return Outcome.of(answer.errorName() != null, method + ": " + DoorVisitor.outcome(answer))
              .and(composes(f));
        });
  }

  private static Attack secret(String name, int purpose, int hints) {
    return Attack.of(
        "G3",
        name,
        "Ten keys into such a field: none at the plugin, each answered.",
        f -> {
          f.a().behave(true, "swallow", "");
          DoorVisitor application = enter(f);
          String context = composing(f, application);
          application.focus(context, purpose, hints);
          awaitRoute(f, Route.ROUTE_GUARDED);
          Message last = application.type(context, "QXZQXZQXZQ");
          application.on(context, "FocusOut");
          awaitRoute(f, Route.ROUTE_UNFOCUSED);
          return Outcome.expect("keys at the plugin", List.of(), f.a().keysyms())
              .and(Outcome.expect("last key", "ok", DoorVisitor.outcome(last)));
        });
  }

  // On the door.

  private static List<Attack> malformed() {
    byte[] good =
        MessageCodec.write(
            Message.call(IBUS, IBUS_PATH, IBUS, "Ping", new Value.Variant(ZERO)).numbered(7));
    return List.of(
        closing("bad byte order", "A message in no byte order", good, b -> b.put(0, (byte) 'x')),
        closing("bad D-Bus version", "A message of version 9", good, b -> b.put(3, (byte) 9)),
        closing("serial zero", "A message numbered 0", good, b -> b.putInt(8, 0)),
        closing(
            "huge body", "A header that promises 2 GiB", good, b -> b.putInt(4, Integer.MAX_VALUE)),
        closing(
            "huge header array",
            "A header whose fields take 64 MiB",
            good,
            b -> b.putInt(12, 64 * 1024 * 1024)),
        Attack.of(
            "G9",
            "deep variant",
            "Variants 200 deep: that connection ends, another composes.",
            f -> {
              DoorVisitor visitor = enter(f);
              Value deep = ZERO;
              for (int i = 0; i < 60; i++) {
                deep = new Value.Variant(deep);
              }
              visitor.bytes(nested(deep));
              visitor.awaitEnd();
              return Outcome.of(true, "connection closed").and(composes(f));
            }),
        Attack.of(
            "G9",
            "endless authentication line",
            "100,000 bytes without an end of line: that connection ends, another composes.",
            f -> {
              DoorVisitor visitor = f.keep(DoorVisitor.silent(f.broker().ibusSocket()));
              visitor.listen();
              visitor.bytes(("\0" + "A".repeat(100_000)).getBytes(StandardCharsets.US_ASCII));
              visitor.awaitEnd();
              return Outcome.of(true, "connection closed").and(composes(f));
            }));
  }

  /** A call whose body is a variant in variants, deeper than can be written by the rules. */
  private static byte[] nested(Value deep) {
    byte[] call =
        MessageCodec.write(
            Message.call(IBUS, IBUS_PATH, IBUS, "Ping", new Value.Variant(deep)).numbered(9));
    byte[] more = new byte[call.length + 3 * 140];
    ByteBuffer to = ByteBuffer.wrap(more).order(ByteOrder.nativeOrder());
    int body = call.length - ByteBuffer.wrap(call).order(ByteOrder.nativeOrder()).getInt(4);
    to.put(call, 0, body);
    for (int i = 0; i < 140; i++) {
      to.put((byte) 1).put((byte) 'v').put((byte) 0);
    }
    to.put(call, body, call.length - body);
    to.putInt(4, more.length - body);
    return more;
  }

  private static Attack closing(
      String name, String what, byte[] good, java.util.function.Consumer<ByteBuffer> spoil) {
    return Attack.of(
        "G9",
        name,
        what + ": that connection ends, another composes.",
        f -> {
          ByteBuffer spoilt = ByteBuffer.wrap(good.clone()).order(ByteOrder.nativeOrder());
          spoil.accept(spoilt);
          DoorVisitor visitor = enter(f);
          visitor.bytes(spoilt.array());
          visitor.awaitEnd();
          return Outcome.of(true, "connection closed").and(composes(f));
        });
  }

  private static Outcome mutated(Fixture f) throws Unsettled {
    Random random = new Random(SEED);
    int ended = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      try (DoorVisitor visitor = DoorVisitor.greeted(f.broker().ibusSocket())) {
        byte[] message =
            MessageCodec.write(
                Message.call(
                        IBUS, IBUS_PATH, IBUS, "CreateInputContext", new Value.Str("gtk3-im:" + i))
                    .numbered(5));
        for (int change = random.nextInt(1, 6); change > 0; change--) {
          message[random.nextInt(message.length)] = (byte) random.nextInt();
        }
        visitor.bytes(message);
        visitor.bytes(message);
        if (visitor.ended()) {
          ended++;
        }
      }
    }
    return Outcome.of(true, MUTATIONS + " connections, " + ended + " seen to end").and(composes(f));
  }

  private static Outcome halfOpen(Fixture f) throws Unsettled {
    f.a().behave(true, "pass", "");
    DoorVisitor person = enter(f);
    String context = composing(f, person);
    for (int i = 0; i < MOST_CONNECTIONS + 100; i++) {
      f.keep(DoorVisitor.silent(f.broker().ibusSocket()));
    }
    person.type(context, "ab");
    Outcome typed = Outcome.expect("keys at the plugin", List.of(97, 98), f.a().keysyms());
    person.on(context, "FocusOut");
    return typed.and(f.stillServes());
  }

  private static Outcome manyContexts(Fixture f) throws Unsettled {
    DoorVisitor greedy = enter(f);
    int last = 0;
    Function<String, Value> name = Value.Str::new;
    for (int i = 0; i < CONTEXTS; i++) {
      last = greedy.send(IBUS, IBUS_PATH, IBUS, "CreateInputContext", name.apply("gtk3-im:kit"));
      if (i % READ_EVERY == 0) {
        // One that does not read is closed for that.
        var unused = greedy.answer(last);
      }
    }
    String end = DoorVisitor.outcome(greedy.answer(last));
    long made =
        greedy.received().stream()
            .filter(
                message ->
                    message.body().size() == 1
                        && message.body().getFirst() instanceof Value.ObjectPath)
            .count();
    return Outcome.expect("the last one", "LimitsExceeded", end)
        .and(Outcome.expect("made", (long) MOST_CONTEXTS, made))
        .and(composes(f));
  }

  private static Outcome neverReads(Fixture f) throws Unsettled {
    DoorVisitor deaf = f.keep(DoorVisitor.silent(f.broker().ibusSocket()));
    deaf.authenticateOnly();
    deaf.send(BUS, BUS_PATH, BUS, "Hello");
    Value large = new Value.Variant(new Value.Str("x".repeat(200_000)));
    for (int i = 0; i < 200 && !deaf.ended(); i++) {
      deaf.send(IBUS, IBUS_PATH, IBUS, "Ping", large);
    }
    return Outcome.of(deaf.ended(), deaf.ended() ? "closed" : "still open").and(composes(f));
  }
}
