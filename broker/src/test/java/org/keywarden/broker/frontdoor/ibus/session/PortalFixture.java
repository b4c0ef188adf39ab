package org.keywarden.broker.frontdoor.ibus.session;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.keywarden.broker.budget.Holder;
import org.keywarden.broker.budget.Limits;
import org.keywarden.broker.frontdoor.Applications;
import org.keywarden.broker.frontdoor.accessibility.FocusedObjects;
import org.keywarden.broker.frontdoor.ibus.context.Clients;
import org.keywarden.broker.frontdoor.ibus.context.ContextCalls;
import org.keywarden.broker.frontdoor.ibus.context.IbusObject;
import org.keywarden.broker.frontdoor.terminal.FakeTerminals;
import org.keywarden.broker.look.Looks;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.socket.Admission;
import org.keywarden.broker.socket.Admissions;
import org.keywarden.ibus.bus.BusObject;
import org.keywarden.ibus.bus.Errors;
import org.keywarden.ibus.bus.Properties;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Type;
import org.keywarden.ibus.wire.Value;

/** A portal on a bus that answers when told, without sockets; what it does is kept. */
final class PortalFixture implements Portal.Bus {
  static final int UID = 1000;
  static final int PID = 7;
  private static final Type CREDENTIAL = new Type.Entry(Type.Basic.STRING, Type.Variant.VARIANT);

  private String program = "";
  final List<SeatEvent> events = new ArrayList<>();
  final List<Message> sent = new ArrayList<>();
  final Map<String, Integer> asked = new HashMap<>();
  final Clients clients;
  final Portal portal;
  final Admission admission =
      new Admission(
          Admissions.of(Limits.APPLICATIONS, UID).budget(),
          pid -> new Holder(List.of(new Holder.Kin(pid, 1))),
          pid -> program,
          UID);
  final Queue<Runnable> stalled = new ArrayDeque<>();
  private final Queue<Runnable> questions = new ArrayDeque<>();
  private final Queue<Runnable> late = new ArrayDeque<>();
  private boolean stalling;
  private int serial;
  private boolean matches = true;
  private Value credentials = credentials(UID, PID);

  /**
   * @param state an empty directory
   */
  PortalFixture(Path state) throws IOException {
    clients =
        new Clients(
            events::add,
            Applications.read(state),
            FakeTerminals.open(UID),
            new FocusedObjects(() -> 0),
            (pid, then) -> {},
            Panels.none(),
            (delay, action) -> () -> {});
    portal =
        new Portal(
            clients,
            admission,
            (delay, action) -> {
              if (delay > 0) {
                late.add(action);
              } else {
                action.run();
              }
              return () -> late.remove(action);
            },
            new Looks(
                new Looks.Place(
                    look -> {
                      if (stalling) {
                        stalled.add(look);
                      } else {
                        look.run();
                      }
                    },
                    Runnable::run,
                    () -> 0,
                    (delay, action) -> {})));
    portal.open(this);
  }

  /** What the kernel says the caller's program is. */
  void program(String executable) {
    program = executable;
  }

  /** From now on looks at callers do not come to their end. */
  void stall() {
    stalling = true;
  }

  /** Everything that was to be done later is. */
  void pass() {
    while (!late.isEmpty()) {
      late.remove().run();
    }
  }

  /** What the bus says of who comes next. */
  void owner(Value all) {
    credentials = all;
  }

  static Value credentials(int uid, int pid) {
    return new Value.Array(
        CREDENTIAL,
        List.of(
            credential("ProcessID", new Value.UInt32(pid)),
            credential("UnixUserID", new Value.UInt32(uid))));
  }

  static Value noCredentials() {
    return new Value.Array(CREDENTIAL, List.of());
  }

  private static Value credential(String name, Value value) {
    return new Value.Entry(Fixture.text(name), new Value.Variant(value));
  }

  void refuseMatches() {
    matches = false;
  }

  /** Lets the bus answer everything it was asked. */
  void answer() {
    while (!questions.isEmpty()) {
      questions.remove().run();
    }
  }

  @Override
  public void ask(String member, Value argument, Consumer<Message> answer) {
    asked.merge(member, 1, Integer::sum);
    Message call = Message.call(BusObject.NAME, "/", BusObject.NAME, member).numbered(++serial);
    Message answered =
        switch (member) {
          case "GetConnectionCredentials" -> call.reply(credentials);
          case "AddMatch" -> matches ? call.reply() : Errors.failed(call, "no more");
          default -> call.reply();
        };
    questions.add(() -> answer.accept(answered));
  }

  @Override
  public void send(Message message) {
    sent.add(message);
  }

  /** One program on the bus. */
  final class Sender {
    final String name;

    Sender(String name) {
      this.name = name;
    }

    /** Calls; the answer given at once, or {@link Fixture#NONE}. */
    Message call(String path, String interfaceName, String member, Value... body) {
      return call(0, path, interfaceName, member, body);
    }

    Message call(int flags, String path, String interfaceName, String member, Value... body) {
      Message call = Message.call(Portal.NAME, path, interfaceName, member, body);
      Message flagged =
          new Message(
              call.kind(),
              flags,
              ++serial,
              path,
              interfaceName,
              member,
              null,
              0,
              Portal.NAME,
              name,
              call.body());
      int before = sent.size();
      Message answer = portal.receive(flagged);
      if (answer != null) {
        return answer;
      }
      return sent.size() > before ? sent.getLast() : Fixture.NONE;
    }

    Message create(String client) {
      return call(IbusObject.PATH, Portal.INTERFACE, "CreateInputContext", Fixture.text(client));
    }

    /** An input context, once the bus has said who this is. */
    String context(String client) {
      Message made = create(client);
      if (made.equals(Fixture.NONE)) {
        answer();
        made = sent.getLast();
      }
      return made.body().getFirst() instanceof Value.ObjectPath path ? path.value() : "";
    }

    Message on(String context, String member, Value... body) {
      return call(context, ContextCalls.INTERFACE, member, body);
    }

    Message type(String context, int purpose) {
      return call(
          context,
          Properties.INTERFACE,
          "Set",
          Fixture.text(ContextCalls.INTERFACE),
          Fixture.text("ContentType"),
          new Value.Variant(Value.Struct.of(new Value.UInt32(purpose), new Value.UInt32(0))));
    }

    /** A context that can have the focus, with it. */
    String focused(String client, int purpose) {
      String context = context(client);
      on(context, "SetCapabilities", new Value.UInt32(9));
      type(context, purpose);
      on(context, "FocusIn");
      return context;
    }

    Message key(String context) {
      return on(
          context,
          "ProcessKeyEvent",
          new Value.UInt32('a'),
          new Value.UInt32(30),
          new Value.UInt32(0));
    }
  }

  <T extends SeatEvent> List<T> seen(Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
