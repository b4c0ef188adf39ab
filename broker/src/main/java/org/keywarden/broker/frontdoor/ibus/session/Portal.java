package org.keywarden.broker.frontdoor.ibus.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.budget.Budget;
import org.keywarden.broker.budget.Holder;
import org.keywarden.broker.bus.NameOwner;
import org.keywarden.broker.frontdoor.field.Timers;
import org.keywarden.broker.frontdoor.ibus.context.Clients;
import org.keywarden.broker.frontdoor.ibus.context.IbusClient;
import org.keywarden.broker.frontdoor.ibus.context.IbusObject;
import org.keywarden.broker.look.Looks;
import org.keywarden.broker.socket.Admission;
import org.keywarden.ibus.bus.AnyObject;
import org.keywarden.ibus.bus.Errors;
import org.keywarden.ibus.bus.Properties;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/**
 * IBus's portal: the same input contexts for applications that reach the session bus and nothing
 * else. A caller is who the bus says it is, by its unique name; its contexts are its own and end
 * when it leaves the bus. Calls are handled in the order in which the bus passes them on.
 */
final class Portal {
  static final String NAME = "org.freedesktop.portal.IBus";
  private static final String NOT_YOURS = "the session bus does not say whose program this is";

  static final String INTERFACE = "org.freedesktop.IBus.Portal";

  /**
   * Callers the bus is being asked about, or that are looked at. It answers in the order of the
   * questions, so that nobody can keep another's place for longer than the bus takes, and a look.
   */
  private static final int MOST_UNKNOWN = 256;

  /** In ns, what is waited for a look at a caller. */
  static final long LOOK_MOST = 5_000_000_000L;

  /** Calls of one caller, while the bus is asked who it is. */
  private static final int MOST_WAITING = 16;

  /** The session bus, as far as a portal needs it. */
  interface Bus {
    /** Asks the bus itself; the answer may be an error. */
    void ask(String member, Value argument, Consumer<Message> answer);

    /** Sends to a client of the bus. */
    void send(Message message);
  }

  private final Clients clients;
  private final Looks looks;
  private final Admission admission;
  private final Timers timers;
  private final Map<String, Caller> callers = new HashMap<>();
  private final Set<IbusClient> touched = new LinkedHashSet<>();
  private @Nullable Bus bus;
  private int unknown;

  /**
   * @param admission who may have contexts
   * @param timers by which the seat's thread is reached from others
   * @param looks where callers are looked at
   */
  Portal(Clients clients, Admission admission, Timers timers, Looks looks) {
    this.looks = looks;
    this.clients = clients;
    this.admission = admission;
    this.timers = timers;
  }

  /** One that asked for an input context. */
  private static final class Caller {
    private final String name;
    private final List<Message> waiting = new ArrayList<>();
    private @Nullable IbusClient client;

    /** Who it is is no longer asked. */
    private boolean asked;

    private Looks.@Nullable Look look;

    private Budget.@Nullable Share share;

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
    if (known == null && unknown >= MOST_UNKNOWN) {
      return Errors.named(call, "LimitsExceeded", "too many applications ask at once");
    }
    Caller caller = known == null ? meet(String.valueOf(call.sender())) : known;
    if (caller.waiting.size() >= MOST_WAITING) {
      return Errors.named(call, "LimitsExceeded", "too many input contexts at once");
    }
    caller.waiting.add(bare(call));
    return null;
  }

  /** What is needed to answer later, without what else a caller may have put into the header. */
  private static Message bare(Message call) {
    return new Message(
        call.kind(),
        call.flags(),
        call.serial(),
        null,
        null,
        null,
        null,
        0,
        null,
        call.sender(),
        call.body());
  }

  /** Asks to be told of its end before who it is: so the end cannot be missed. */
  private Caller meet(String name) {
    Caller caller = new Caller(name);
    callers.put(name, caller);
    unknown++;
    ask(
        "AddMatch",
        NameOwner.rule(name),
        answer -> {
          if (answer.kind() == Message.Kind.ERROR) {
            refuse(caller, call -> Errors.denied(call, NOT_YOURS));
          }
        });
    ask("GetConnectionCredentials", name, answer -> identify(caller, answer));
    return caller;
  }

  private void identify(Caller caller, Message answer) {
    if (callers.get(caller.name) != caller) {
      return;
    }
    long pid = number(answer, "ProcessID");
    if (number(answer, "UnixUserID") != admission.uid()) {
      refuse(caller, call -> Errors.denied(call, NOT_YOURS));
      return;
    }
    caller.look =
        looks.begin(
            caller,
            () -> {
              Holder holder = admission.holders().of(pid);
              String program = admission.programs().apply(pid);
              return () -> admit(caller, pid, holder, program);
            });
    var unused =
        timers.after(
            LOOK_MOST,
            () -> {
              if (!caller.asked) {
                refuse(caller, call -> Errors.failed(call, "it is not known who asks"));
              }
            });
  }

  private void admit(Caller caller, long pid, Holder holder, String program) {
    if (callers.get(caller.name) != caller) {
      return;
    }
    unknown--;
    caller.asked = true;
    Budget.Share share =
        admission
            .budget()
            .open(
                holder,
                () -> {
                  var unused = timers.after(0, () -> forget(caller));
                });
    if (share == null) {
      refuse(caller, call -> Errors.named(call, "LimitsExceeded", "more callers than may be"));
      return;
    }
    caller.share = share;
    IbusClient client =
        new IbusClient(
            clients.meet(pid, program, share),
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

  private void refuse(Caller caller, UnaryOperator<Message> refusal) {
    for (Message call : caller.waiting) {
      if (call.wantsReply()) {
        send(refusal.apply(call));
      }
    }
    caller.waiting.clear();
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
    if (!caller.asked) {
      caller.asked = true;
      unknown--;
      if (caller.look != null) {
        boolean ignored = caller.look.cancel();
      }
    }
    if (caller.client != null) {
      touched.remove(caller.client);
      clients.remove(caller.client);
    }
    if (caller.share != null) {
      caller.share.close();
    }
    callers.remove(caller.name, caller);
    ask("RemoveMatch", NameOwner.rule(caller.name), answer -> {});
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
