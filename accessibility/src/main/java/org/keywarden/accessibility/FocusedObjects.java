package org.keywarden.accessibility;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Type;
import org.keywarden.ibus.wire.Value;

/**
 * Which object of each application has its focus, and whether it is a password (AT-SPI 2: {@code
 * org.a11y.atspi.Event.Object}, {@code Accessible.GetRole}). Applications are connections to the
 * bus: each speaks of its own objects only, is asked one thing at a time, and has the pid the bus
 * has of it. One thread.
 */
final class FocusedObjects {
  private static final String REGISTRY = "org.a11y.atspi.Registry";
  private static final String EVENTS = "org.a11y.atspi.Event.Object";
  private static final String ACCESSIBLE = "org.a11y.atspi.Accessible";

  /** ATSPI_ROLE_PASSWORD_TEXT. */
  private static final int PASSWORD_TEXT = 40;

  private static final int MOST_APPLICATIONS = 512;

  /** What is listened for; nothing of text, keys or pointers. */
  private static final List<String> REGISTERED =
      List.of("object:state-changed:focused", "object:property-change:accessible-role");

  private static final List<String> RULES =
      List.of(
          "type='signal',interface='" + EVENTS + "',member='StateChanged',arg0='focused'",
          "type='signal',interface='" + EVENTS + "',member='PropertyChange',arg0='accessible-role'",
          "type='signal',sender='" + Bus.BUS + "',member='NameOwnerChanged'");

  private final Bus bus;
  private final LongSupplier clock;
  private final LongFunction<OptionalLong> startTimes;
  private final Consumer<Report> reports;

  /** By unique name; the one heard of longest ago gives way. */
  private final Map<String, App> apps = new LinkedHashMap<>(16, 0.75f, true);

  /** Whether the registry has agreed; one that comes after it knows nothing of us. */
  private boolean registered;

  /**
   * @param clock in ns of CLOCK_MONOTONIC
   * @param startTimes of processes, by pid; empty for one that is gone
   */
  FocusedObjects(
      Bus bus,
      LongSupplier clock,
      LongFunction<OptionalLong> startTimes,
      Consumer<Report> reports) {
    this.bus = bus;
    this.clock = clock;
    this.startTimes = startTimes;
    this.reports = reports;
  }

  /** One connection. */
  private static final class App {
    private final String name;
    private String object = "";

    /** When the object got the focus, or last changed its role. */
    private long since;

    private boolean asking;

    /** What was asked about may have changed meanwhile. */
    private boolean askAgain;

    /** Whether its role is known. */
    private boolean known;

    private boolean secret;
    private long pid;
    private @Nullable OptionalLong startTime;

    App(String name) {
      this.name = name;
    }
  }

  /**
   * Asks the bus for the events, and applications to send them.
   *
   * @param listening told once, when both have agreed: empty, or why not
   */
  void listen(Consumer<String> listening) {
    for (String rule : RULES) {
      ask(Bus.BUS, Bus.BUS_PATH, Bus.BUS, "AddMatch", answer -> {}, new Value.Str(rule));
    }
    List<Message> answers = new ArrayList<>();
    register(
        answer -> {
          answers.add(answer);
          if (answers.size() == REGISTERED.size()) {
            registered = true;
            listening.accept(
                answers.stream()
                    .filter(each -> each.kind() == Message.Kind.ERROR)
                    .findFirst()
                    .map(each -> "its registry refuses: " + each.errorName())
                    .orElse(""));
          }
        });
  }

  private void register(Consumer<Message> answer) {
    for (String event : REGISTERED) {
      ask(
          REGISTRY,
          "/org/a11y/atspi/registry",
          REGISTRY,
          "RegisterEvent",
          answer,
          new Value.Str(event),
          new Value.Array(Type.Basic.STRING, List.of()),
          new Value.Str(""));
    }
  }

  /** Takes what the bus passes on. */
  void receive(Message message) {
    String sender = message.sender();
    if (message.kind() != Message.Kind.SIGNAL || sender == null) {
      return;
    }
    if (sender.equals(Bus.BUS)) {
      if ("NameOwnerChanged".equals(message.member())) {
        ownerChanged(text(message, 0), text(message, 2));
      }
    } else if (sender.startsWith(":") && EVENTS.equals(message.interfaceName())) {
      String event = message.member() + ":" + text(message, 0);
      if (event.equals("StateChanged:focused") && number(message, 1) == 1) {
        gained(sender, String.valueOf(message.path()));
      } else if (event.equals("PropertyChange:accessible-role")) {
        changed(sender, String.valueOf(message.path()));
      }
    }
  }

  private void ownerChanged(String name, String owner) {
    if (name.equals(REGISTRY)) {
      if (registered && !owner.isEmpty()) {
        register(answer -> {});
      }
    } else if (owner.isEmpty() && apps.remove(name) != null) {
      bus.forget(name);
    }
  }

  private void gained(String sender, String object) {
    App app = apps.get(sender);
    if (app == null) {
      app = new App(sender);
      apps.put(sender, app);
      boundApps();
      identify(app);
    }
    app.object = object;
    app.since = clock.getAsLong();
    app.known = false;
    app.secret = false;
    askRole(app);
  }

  private void boundApps() {
    if (apps.size() > MOST_APPLICATIONS) {
      String eldest = apps.keySet().iterator().next();
      apps.remove(eldest);
      bus.forget(eldest);
    }
  }

  /** An object that was a password stays one while it has the focus. */
  private void changed(String sender, String object) {
    App app = apps.get(sender);
    if (app != null && app.object.equals(object) && !app.secret) {
      app.since = clock.getAsLong();
      askRole(app);
    }
  }

  private void askRole(App app) {
    if (app.asking) {
      app.askAgain = true;
      return;
    }
    app.asking = true;
    app.askAgain = false;
    String object = app.object;
    ask(
        app.name,
        object,
        ACCESSIBLE,
        "GetRole",
        answer -> {
          app.asking = false;
          if (apps.get(app.name) != app) {
            return;
          }
          if (object.equals(app.object)) {
            roleIs(app, answer);
          }
          if (app.askAgain) {
            askRole(app);
          }
        });
  }

  private void roleIs(App app, Message answer) {
    if (answer.kind() == Message.Kind.RETURN
        && !answer.body().isEmpty()
        && answer.body().getFirst() instanceof Value.UInt32 role) {
      app.known = true;
      app.secret |= role.value() == PASSWORD_TEXT;
      report(app);
    }
  }

  private void identify(App app) {
    ask(
        Bus.BUS,
        Bus.BUS_PATH,
        Bus.BUS,
        "GetConnectionUnixProcessID",
        answer -> {
          if (answer.kind() == Message.Kind.RETURN
              && !answer.body().isEmpty()
              && answer.body().getFirst() instanceof Value.UInt32 pid) {
            app.pid = Integer.toUnsignedLong(pid.value());
            app.startTime = startTimes.apply(app.pid);
            report(app);
          }
        },
        new Value.Str(app.name));
  }

  private void report(App app) {
    OptionalLong startTime = app.startTime;
    if (app.known && startTime != null && startTime.isPresent()) {
      reports.accept(new Report(app.pid, startTime.getAsLong(), app.secret, app.since));
    }
  }

  private void ask(
      String whom,
      String path,
      String interfaceName,
      String member,
      Consumer<Message> answer,
      Value... arguments) {
    bus.call(Message.call(whom, path, interfaceName, member, arguments), answer);
  }

  private static String text(Message of, int at) {
    return of.body().size() > at && of.body().get(at) instanceof Value.Str text ? text.value() : "";
  }

  private static int number(Message of, int at) {
    return of.body().size() > at && of.body().get(at) instanceof Value.Int32 number
        ? number.value()
        : 0;
  }
}
