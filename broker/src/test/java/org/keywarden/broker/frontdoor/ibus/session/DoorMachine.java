package org.keywarden.broker.frontdoor.ibus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.keywarden.broker.budget.Budget;
import org.keywarden.broker.capability.Digest;
import org.keywarden.broker.frontdoor.accessibility.FocusedObject;
import org.keywarden.broker.frontdoor.ibus.context.ContextCalls;
import org.keywarden.broker.frontdoor.ibus.context.IbusClient;
import org.keywarden.broker.frontdoor.terminal.FakeTerminals;
import org.keywarden.broker.seat.Effect;
import org.keywarden.broker.seat.HostEffect;
import org.keywarden.broker.seat.PluginInstance;
import org.keywarden.broker.seat.Seat;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.seat.SeatLimits;
import org.keywarden.broker.socket.Admissions;
import org.keywarden.ibus.bus.BusObject;
import org.keywarden.ibus.bus.Properties;
import org.keywarden.ibus.object.IbusText;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.MessageCodec;
import org.keywarden.ibus.wire.Value;
import org.keywarden.policy.Decision;
import org.keywarden.policy.Facts;
import org.keywarden.policy.PluginFacts;
import org.keywarden.policy.Right;
import org.keywarden.policy.RoutePolicy;

/**
 * Two applications at the door of a real seat, driven by bytes: each byte chooses what happens
 * next. Whatever they do, no event is illegal for the seat, and every key is answered exactly once.
 */
final class DoorMachine {
  private static final List<String> NAMES =
      List.of(
          "gtk3-im:a",
          "QIBusInputContext",
          "gnome-shell",
          "xim",
          "fake-im",
          "SDL2_Application",
          "gtk3-im:firefox");
  private static final int[] KEYSYMS = {'a', 'k', 0xFF09, 0xFF0D, 0xFF1B, 0xFF08, 0, -1};
  private static final int[] STATES = {0, 1 << 30, 4, 1 << 25, 64};
  private static final int[] PURPOSES = {0, 8, 9, 10, 13, 99, -1};
  private static final int[] HINTS = {0, 1 << 12, 1 << 11, -1};
  private static final int[] CAPABILITIES = {0, 8, 9, 41, 169, -1};
  private static final List<String> PLAIN =
      List.of("FocusIn", "FocusOut", "Reset", "GetEngine", "FocusIn", "FocusIn");
  private static final List<String> FLAGS =
      List.of("EffectivePostProcessKeyEvent", "ClientCommitPreedit", "Unknown");

  /** Of what a visitor does, those up to this one are calls: who is gone makes none. */
  private static final int LAST_CALL = 12;

  private static final long MOST_OF_ALL_DEADLINES = Duration.ofSeconds(10).toNanos();

  private final ByteBuffer script;
  private final Seat seat = new Seat(SeatLimits.DEFAULT, new Everything(), "ime");
  private final Queue<SeatEvent> posted = new ArrayDeque<>();
  private final Fixture door = new Fixture(this::take);
  private final List<Visitor> visitors = new ArrayList<>();
  private final Map<Long, Visitor> byHost = new HashMap<>();
  private boolean handling;

  private DoorMachine(byte[] script) {
    this.script = ByteBuffer.wrap(script);
    door.monotonic = 1;
  }

  /** Lets the bytes happen, then everything end, and looks whether every key was answered. */
  static void run(byte[] script) {
    new DoorMachine(script).run();
  }

  private static final class Everything implements RoutePolicy {
    @Override
    public Decision decide(Facts facts) {
      return facts.field().announced()
          ? new Decision.Compose("all", facts.plugin().rights(), Duration.ofSeconds(10), true)
          : new Decision.Direct("direct");
    }

    @Override
    public byte[] digest() {
      return new byte[32];
    }
  }

  /** One application. */
  private final class Visitor {
    private final FakeTerminals terminals =
        new FakeTerminals((delay, action) -> door.alarms.add(action), () -> door.monotonic);
    private final Budget.Share share = Admissions.share();
    private final Fixture.App app = door.new App(terminals.watch(), share);
    private final List<String> paths = new ArrayList<>();
    private final Map<Integer, Integer> keys = new HashMap<>();
    private int read;
    private boolean gone;

    Visitor(long host) {
      byHost.put(-host, this);
      app.hello();
    }

    /** Takes what the door has said since. */
    private void read() {
      for (; read < app.received.size(); read++) {
        take(app.received.get(read));
      }
    }

    private void take(Message message) {
      try {
        assertTrue(MessageCodec.read(ByteBuffer.wrap(MessageCodec.write(message))) != null);
      } catch (Malformed e) {
        throw new AssertionError("the door writes what cannot be read", e);
      }
      keys.computeIfPresent(message.replySerial(), (call, answers) -> answers + 1);
      if (message.replySerial() != 0
          && message.body().size() == 1
          && message.body().getFirst() instanceof Value.ObjectPath path) {
        paths.add(path.value());
      }
    }

    private String path() {
      read();
      int which = next();
      return paths.isEmpty() || which % 17 == 16
          ? IbusClient.CONTEXT_PATH + which % 5
          : paths.get(which % paths.size());
    }

    private void act(int what) {
      if (gone && what % 16 <= LAST_CALL) {
        return;
      }
      switch (what % 16) {
        case 0 -> app.create(NAMES.get(next() % NAMES.size()));
        case 1 -> app.capabilities(path(), pick(CAPABILITIES));
        case 2, 3 -> app.type(path(), pick(PURPOSES), pick(HINTS));
        case 4, 5 -> app.on(path(), PLAIN.get(next() % PLAIN.size()));
        case 6, 7, 8 -> key();
        case 9 ->
            app.on(
                path(),
                "SetSurroundingText",
                new Value.Variant(IbusText.plain("text").toValue()),
                new Value.UInt32(next()),
                new Value.UInt32(next()));
        case 10 -> app.call(BusObject.OWNER, path(), "org.freedesktop.IBus.Service", "Destroy");
        case 11 ->
            app.set(
                path(),
                FLAGS.get(next() % FLAGS.size()),
                Value.Struct.of(new Value.Bool(next() % 2 == 0)));
        case 12 ->
            app.call(
                BusObject.OWNER,
                path(),
                Properties.INTERFACE,
                "Get",
                new Value.Str(ContextCalls.INTERFACE),
                new Value.Str("PostProcessKeyEvent"));
        case 13 -> app.door.client().batchEnded();
        case 14 -> terminals.hide(next() % 2 == 0);
        case 15 -> search();
        default -> throw new IllegalStateException();
      }
    }

    private void search() {
      terminals.search();
      int how = next();
      if (how % 2 == 0) {
        terminals.stall();
      }
      if (how % 4 == 1) {
        door.objects.take(
            new FocusedObject(
                share.owner(), how % 8 == 1, door.monotonic - (how % 16 < 8 ? 0 : 1)));
        visitors.forEach(each -> each.app.door.client().lookAtFocusedObject());
      }
    }

    private void key() {
      String path = path();
      keys.put(app.serial() + 1, 0);
      app.key(path, pick(KEYSYMS), next(), pick(STATES));
    }
  }

  private int next() {
    return script.hasRemaining() ? script.get() & 0xFF : 0;
  }

  private int pick(int[] from) {
    return from[next() % from.length];
  }

  private void run() {
    visitors.add(new Visitor(1));
    visitors.add(new Visitor(2));
    take(
        new SeatEvent.PluginReady(
            new PluginInstance(1),
            new PluginFacts("ime", List.of(), EnumSet.allOf(Right.class)),
            new Digest(1, 2, 3, 4)));
    while (script.hasRemaining()) {
      int what = next();
      Visitor visitor = visitors.get(what / 64 % 2);
      switch (what % 20) {
        case 16 -> pass(next() * 1_000_000L);
        case 17 -> ring();
        case 18 -> pass(1_000_000_000L);
        case 19 -> leave(visitor);
        default -> visitor.act(what % 20);
      }
    }
    end();
  }

  private void leave(Visitor visitor) {
    if (!visitor.gone) {
      visitor.gone = true;
      visitor.app.door.client().gone();
      visitor.read();
      visitor.keys.clear();
    }
  }

  private void ring() {
    if (!door.alarms.isEmpty()) {
      door.alarms.removeFirst().run();
    }
  }

  private void pass(long time) {
    door.monotonic += time;
    take(new SeatEvent.TimePassed());
  }

  private void end() {
    visitors.forEach(visitor -> visitor.terminals.search());
    while (seat.nextDeadline() - door.monotonic < MOST_OF_ALL_DEADLINES) {
      door.monotonic = Math.max(door.monotonic, seat.nextDeadline());
      take(new SeatEvent.TimePassed());
    }
    for (Visitor visitor : visitors) {
      visitor.read();
      visitor.keys.forEach((call, answers) -> assertEquals(1, answers, "answers to a key"));
    }
  }

  private void take(SeatEvent event) {
    posted.add(event);
    if (handling) {
      return;
    }
    handling = true;
    while (!posted.isEmpty()) {
      for (Effect effect : seat.handle(door.monotonic, posted.remove())) {
        if (effect instanceof HostEffect host) {
          apply(host);
        }
      }
    }
    handling = false;
  }

  private void apply(HostEffect effect) {
    Long host =
        switch (effect) {
          case HostEffect.AnswerKey e -> e.field().host();
          case HostEffect.FenceRaised e -> e.field().host();
          case HostEffect.EditField e -> e.field().host();
          case HostEffect.RouteChanged e -> e.field() == null ? null : e.field().host();
        };
    Visitor visitor = host == null ? null : byHost.get(host);
    if (visitor != null && !visitor.gone) {
      visitor.app.door.client().apply(effect);
    }
  }
}
