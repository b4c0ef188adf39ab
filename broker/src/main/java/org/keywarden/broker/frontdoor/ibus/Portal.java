package org.keywarden.broker.frontdoor.ibus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/**
 * IBus's portal: the same input contexts for applications that reach the session bus and nothing
 * else. A caller is who the bus says it is, by its unique name; its contexts are its own and end
 * when it leaves the bus. Calls are handled in the order in which the bus passes them on.
 */
final class Portal {
  static final String NAME = "org.freedesktop.portal.IBus";
  static final String INTERFACE = "org.freedesktop.IBus.Portal";

  private static final int MOST_CALLERS = 512;

  /** Of one caller, while the bus is asked who it is. */
  private static final int MOST_WAITING = 64;

  /** The session bus, as far as a portal needs it. */
  interface Bus {
    /** Asks the bus itself; the answer may be an error. */
    void ask(String member, Value argument, Consumer<Message> answer);

    /** Sends to a client of the bus. */
    void send(Message message);
  }

  private final Clients clients;
  private final int uid;
  private final Map<String, Caller> callers = new HashMap<>();
  private final Set<IbusClient> touched = new LinkedHashSet<>();
  private @Nullable Bus bus;

  /**
   * @param uid whose processes may have contexts
   */
  Portal(Clients clients, int uid) {
    this.clients = clients;
    this.uid = uid;
  }

  /** One that asked for an input context. */
  private static final class Caller {
    private final String name;
    private final List<Message> waiting = new ArrayList<>();
    private @Nullable IbusClient client;

    /** Of the call being answered if it wants no reply, else 0. */
    private int quiet;

    Caller(String name) {
      this.name = name;
    }
  }

  /** The name is ours: begins to serve. */
  void open(Bus sessionBus) {
    bus = sessionBus;
  }

  /** The name or the bus is lost: every input context ends. */
  void close() {
    List.copyOf(callers.values()).forEach(this::forget);
    bus = null;
  }

  /**
   * Takes a message of another client of the bus.
   *
   * @return the refusal to send where nothing is served, or null
   */
  @Nullable Message receive(Message call) {
    if (call.kind() != Message.Kind.CALL || call.sender() == null) {
      return null;
    }
    if (bus == null) {
      return call.wantsReply()
          ? Errors.named(call, "ServiceUnknown", "input contexts are not served here")
          : null;
    }
    Caller caller = callers.get(call.sender());
    IbusClient client = caller == null ? null : caller.client;
    Message answer = AnyObject.answer(call);
    if (answer != null) {
      return call.wantsReply() ? answer : null;
    }
    if (IbusObject.PATH.equals(call.path())) {
      answer = receiveForPortal(call, caller);
    } else if (caller == null || client == null) {
      answer = IbusClient.notYours(call, clients);
    } else {
      client.inTurn(call, () -> serve(caller, call, () -> client.receiveForContext(call)));
      touched.add(client);
    }
    return call.wantsReply() ? answer : null;
  }

  private @Nullable Message receiveForPortal(Message call, @Nullable Caller caller) {
    if (Properties.INTERFACE.equals(call.interfaceName())) {
      return "GetAll".equals(call.member())
          ? call.reply(Properties.none())
          : Errors.named(call, "UnknownProperty", "no such property");
    }
    boolean ours = call.interfaceName() == null || INTERFACE.equals(call.interfaceName());
    if (!ours || !"CreateInputContext".equals(call.member())) {
      return Errors.unknownMethod(call);
    }
    return create(call, caller);
  }

  private @Nullable Message create(Message call, @Nullable Caller known) {
    if (known != null && known.client != null) {
      return known.client.create(call);
    }
    if (!(call.body().size() == 1 && call.body().getFirst() instanceof Value.Str name)) {
      return Errors.invalid(call, "s");
    }
    if (name.value().length() > IbusClient.LONGEST_NAME) {
      return IbusClient.nameTooLong(call);
    }
    if (known == null && callers.size() >= MOST_CALLERS) {
      return Errors.named(call, "LimitsExceeded", "too many applications have input contexts");
    }
    Caller caller = known == null ? meet(String.valueOf(call.sender())) : known;
    if (caller.waiting.size() >= MOST_WAITING) {
      return Errors.named(call, "LimitsExceeded", "too many input contexts at once");
    }
    caller.waiting.add(call);
    return null;
  }

  /** Asks to be told of its end before who it is: so the end cannot be missed. */
  private Caller meet(String name) {
    Caller caller = new Caller(name);
    callers.put(name, caller);
    ask(
        "AddMatch",
        ending(name),
        answer -> {
          if (answer.kind() == Message.Kind.ERROR) {
            refuse(caller);
          }
        });
    ask("GetConnectionCredentials", name, answer -> identify(caller, answer));
    return caller;
  }

  private static String ending(String name) {
    return "type='signal',sender='org.freedesktop.DBus',path='/org/freedesktop/DBus',"
        + "interface='org.freedesktop.DBus',member='NameOwnerChanged',arg0='"
        + name
        + "'";
  }

  private void identify(Caller caller, Message answer) {
    if (callers.get(caller.name) != caller) {
      return;
    }
    if (number(answer, "UnixUserID") != uid) {
      refuse(caller);
      return;
    }
    IbusClient client =
        new IbusClient(
            clients.meet(number(answer, "ProcessID")),
            clients,
            message -> {
              boolean wanted = message.replySerial() == 0 || message.replySerial() != caller.quiet;
              if (wanted && callers.containsKey(caller.name)) {
                send(message.from(null).to(caller.name));
              }
            });
    clients.add(client);
    caller.client = client;
    client.turns().whenResumed(client::batchEnded);
    List<Message> calls = List.copyOf(caller.waiting);
    caller.waiting.clear();
    for (Message call : calls) {
      serve(caller, call, () -> client.send(client.create(call)));
    }
  }

  /** Of a credential; -1 if there is none. */
  private static long number(Message answer, String credential) {
    if (answer.kind() == Message.Kind.RETURN
        && !answer.body().isEmpty()
        && answer.body().getFirst() instanceof Value.Array all) {
      for (Value each : all.elements()) {
        if (each instanceof Value.Entry entry
            && entry.key().equals(new Value.Str(credential))
            && entry.value() instanceof Value.Variant variant
            && variant.value() instanceof Value.UInt32 number) {
          return Integer.toUnsignedLong(number.value());
        }
      }
    }
    return -1;
  }

  private void refuse(Caller caller) {
    for (Message call : caller.waiting) {
      if (call.wantsReply()) {
        send(Errors.denied(call, "the session bus does not say whose program this is"));
      }
    }
    if (callers.get(caller.name) == caller) {
      forget(caller);
    }
  }

  private static void serve(Caller caller, Message call, Runnable serving) {
    caller.quiet = call.wantsReply() ? 0 : call.serial();
    serving.run();
    caller.quiet = 0;
  }

  /** The bus says that this name has no owner any more. */
  void left(String name) {
    Caller caller = callers.remove(name);
    if (caller != null) {
      forget(caller);
    }
  }

  private void forget(Caller caller) {
    if (caller.client != null) {
      touched.remove(caller.client);
      clients.remove(caller.client);
    }
    callers.remove(caller.name);
    ask("RemoveMatch", ending(caller.name), answer -> {});
  }

  /** Everything the bus wrote at once has been taken. */
  void batchEnded() {
    List<IbusClient> all = List.copyOf(touched);
    touched.clear();
    all.forEach(IbusClient::batchEnded);
  }

  private void ask(String member, String argument, Consumer<Message> answer) {
    if (bus != null) {
      bus.ask(member, new Value.Str(argument), answer);
    }
  }

  private void send(Message message) {
    if (bus != null) {
      bus.send(message);
    }
  }
}
