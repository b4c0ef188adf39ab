package org.keywarden.broker.frontdoor.ibus.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.keywarden.broker.budget.Budget;
import org.keywarden.broker.frontdoor.Applications;
import org.keywarden.broker.frontdoor.accessibility.FocusedObjects;
import org.keywarden.broker.frontdoor.field.Timers;
import org.keywarden.broker.frontdoor.ibus.context.ContextCalls;
import org.keywarden.broker.frontdoor.ibus.context.IbusClient;
import org.keywarden.broker.frontdoor.ibus.context.IbusObject;
import org.keywarden.broker.frontdoor.ibus.panel.Panel;
import org.keywarden.broker.frontdoor.ibus.panel.PanelTrust;
import org.keywarden.broker.frontdoor.ibus.panel.SwitchKey;
import org.keywarden.broker.frontdoor.terminal.TerminalWatch;
import org.keywarden.broker.frontdoor.window.EventLoops;
import org.keywarden.broker.seat.FieldId;
import org.keywarden.broker.seat.HostEffect;
import org.keywarden.broker.seat.Key;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.socket.Admissions;
import org.keywarden.ibus.bus.BusObject;
import org.keywarden.ibus.bus.Properties;
import org.keywarden.ibus.object.IbusText;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/** Clients of one door, without sockets. What goes to the seat is kept, unless it is given on. */
final class Fixture implements IbusClient.Surroundings {
  static final String CONTEXT = ContextCalls.INTERFACE;

  final List<SeatEvent> events = new ArrayList<>();

  /** What is to happen once an application's event loop has come around. */
  final List<Runnable> loopsAsked = new ArrayList<>();

  final List<Runnable> alarms = new ArrayList<>();
  final Applications applications = read();
  final Budget.Share share = Admissions.share();

  /** What the accessibility bus says, and when it is. */
  long monotonic;

  final FocusedObjects objects = new FocusedObjects(() -> monotonic);
  final PanelTrust trust = new PanelTrust();

  /** What is to happen once the key that switches may be pressed again. */
  final List<Runnable> pauses = new ArrayList<>();

  final FixedMethods methods = new FixedMethods();
  final Panel panel;
  private final Consumer<SeatEvent.OfField> seat;
  private final Map<Long, App> apps = new HashMap<>();
  private final Set<String> contexts = new HashSet<>();
  private long lastContext;
  private int clients;

  Fixture() {
    this.seat = events::add;
    this.panel = panel();
  }

  /**
   * @param seat gets the events; none is kept
   */
  Fixture(Consumer<SeatEvent.OfField> seat) {
    this.seat = seat;
    this.panel = panel();
  }

  private Panel panel() {
    Panel role =
        new Panel(
            event -> {
              if (event instanceof SeatEvent.OfField act) {
                seat.accept(act);
              }
            },
            trust,
            methods,
            SwitchKey.Chord.parse("Super+space"),
            pauses::add);
    role.look(
        field -> {
          App app = apps.get(field.host());
          return app == null ? null : app.door.client().shown(field);
        });
    return role;
  }

  private static Applications read() {
    try {
      return Applications.read(Path.of("/nonexistent"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A program by its path. */
  App program(String executable) {
    return new App(TerminalWatch.none(), share, executable).hello();
  }

  /** One application. */
  final class App {
    final List<Message> received = new ArrayList<>();
    final DoorClient door;
    private int serial;

    App() {
      this(TerminalWatch.none());
    }

    App(TerminalWatch terminals) {
      this(terminals, share);
    }

    App(TerminalWatch terminals, Budget.Share share) {
      this(terminals, share, "/usr/bin/app");
    }

    App(TerminalWatch terminals, Budget.Share share, String executable) {
      clients++;
      door =
          new DoorClient(
              ":1." + clients,
              "0".repeat(32),
              new IbusClient.Peer(-clients, clients, executable, terminals, share),
              Fixture.this,
              panel,
              received::add);
      apps.put((long) -clients, this);
    }

    /** The number of the last call. */
    int serial() {
      return serial;
    }

    void surrounding(String context, String text) {
      on(
          context,
          "SetSurroundingText",
          new Value.Variant(IbusText.plain(text).toValue()),
          new Value.UInt32(0),
          new Value.UInt32(0));
    }

    App hello() {
      call(BusObject.NAME, "/org/freedesktop/DBus", BusObject.NAME, "Hello");
      return this;
    }

    Message call(String to, String path, String interfaceName, String member, Value... body) {
      int before = received.size();
      door.receive(Message.call(to, path, interfaceName, member, body).numbered(++serial));
      return received.size() > before ? received.getLast() : NONE;
    }

    String create(String name) {
      Message made =
          call(BusObject.IBUS, IbusObject.PATH, BusObject.IBUS, "CreateInputContext", text(name));
      return !made.body().isEmpty() && made.body().getFirst() instanceof Value.ObjectPath path
          ? path.value()
          : "";
    }

    Message on(String context, String member, Value... body) {
      return call(BusObject.OWNER, context, CONTEXT, member, body);
    }

    void capabilities(String context, int bits) {
      on(context, "SetCapabilities", new Value.UInt32(bits));
    }

    Message set(String context, String property, Value value) {
      return call(
          BusObject.OWNER,
          context,
          Properties.INTERFACE,
          "Set",
          text(CONTEXT),
          text(property),
          new Value.Variant(value));
    }

    Message type(String context, int purpose, int hints) {
      return set(
          context,
          "ContentType",
          Value.Struct.of(new Value.UInt32(purpose), new Value.UInt32(hints)));
    }

    Message key(String context, int keysym, int code, int state) {
      return on(
          context,
          "ProcessKeyEvent",
          new Value.UInt32(keysym),
          new Value.UInt32(code),
          new Value.UInt32(state));
    }

    void apply(HostEffect effect) {
      door.client().apply(effect);
    }
  }

  /** No message came. */
  static final Message NONE = Message.signal("/none", "no.ne", "None");

  static Value text(String text) {
    return new Value.Str(text);
  }

  /** Error names of answers, or {@code ok}. */
  static String outcome(Message answer) {
    String error = answer.errorName();
    return error == null ? "ok" : error.substring(error.lastIndexOf('.') + 1);
  }

  App app() {
    return new App().hello();
  }

  /** One of a process that others have nothing to do with. */
  App app(Budget.Share of) {
    return new App(TerminalWatch.none(), of).hello();
  }

  <T extends SeatEvent> List<T> seen(Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @Override
  public void post(SeatEvent.OfField event) {
    seat.accept(event);
  }

  @Override
  public Timers timers() {
    return (delay, action) -> {
      alarms.add(action);
      return () -> alarms.remove(action);
    };
  }

  @Override
  public long nextContext() {
    return ++lastContext;
  }

  @Override
  public boolean isContext(String path) {
    return contexts.contains(path);
  }

  @Override
  public FocusedObjects objects() {
    return objects;
  }

  @Override
  public EventLoops loops() {
    return (pid, then) -> loopsAsked.add(then);
  }

  @Override
  public void cursorMoved(FieldId field) {
    panel.cursorMoved(field);
  }

  @Override
  public boolean switches(FieldId field, Key key) {
    return panel.switches(field, key);
  }

  @Override
  public Applications applications() {
    return applications;
  }

  @Override
  public void contextMade(String path) {
    contexts.add(path);
  }

  @Override
  public void contextGone(String path) {
    contexts.remove(path);
  }
}
