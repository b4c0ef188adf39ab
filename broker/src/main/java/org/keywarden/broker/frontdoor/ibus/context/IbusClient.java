package org.keywarden.broker.frontdoor.ibus.context;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.budget.Budget;
import org.keywarden.broker.budget.Resource;
import org.keywarden.broker.frontdoor.Applications;
import org.keywarden.broker.frontdoor.accessibility.FocusedObject;
import org.keywarden.broker.frontdoor.accessibility.FocusedObjects;
import org.keywarden.broker.frontdoor.field.Timers;
import org.keywarden.broker.frontdoor.ibus.panel.PanelFields;
import org.keywarden.broker.frontdoor.terminal.TerminalWatch;
import org.keywarden.broker.frontdoor.window.EventLoops;
import org.keywarden.broker.seat.Application;
import org.keywarden.broker.seat.FieldId;
import org.keywarden.broker.seat.HostEffect;
import org.keywarden.broker.seat.Key;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.ibus.bus.BusObject;
import org.keywarden.ibus.bus.Errors;
import org.keywarden.ibus.bus.Properties;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/** One application: its contexts, and who answers what it calls. */
public final class IbusClient {
  public static final String CONTEXT_PATH = "/org/freedesktop/IBus/InputContext_";
  private static final int MOST_CONTEXTS = 1_024;
  public static final int LONGEST_NAME = 256;

  /** What clients share. */
  public interface Surroundings {
    void post(SeatEvent.OfField event);

    Timers timers();

    /** A number no context had. */
    long nextContext();

    /** Whether a context of that path lives, whoever has it. */
    boolean isContext(String path);

    void contextMade(String path);

    void contextGone(String path);

    Applications applications();

    FocusedObjects objects();

    EventLoops loops();

    /** A field's cursor is elsewhere. */
    void cursorMoved(FieldId field);

    /** Takes a key of the focused field that switches the input method; says whether it did. */
    boolean switches(FieldId field, Key key);
  }

  private final Peer peer;
  private final Surroundings around;
  private final Consumer<Message> out;
  private final Map<String, InputContext> contexts = new LinkedHashMap<>();
  private final Map<Long, InputContext> fields = new HashMap<>();
  private final Set<InputContext> waiting = new LinkedHashSet<>();
  private final Repeats repeats = new Repeats();
  private final Turns turns = new Turns();
  private final KeyProof proof;
  private @Nullable InputContext lastFocused;
  private long lastField;

  /**
   * Who is at the other end.
   *
   * @param host the connection's number for the seat
   * @param pid its process
   * @param executable the program as the kernel says, empty if unknown
   * @param share what its connection holds
   */
  public record Peer(
      long host, long pid, String executable, TerminalWatch terminals, Budget.Share share) {}

  /**
   * @param out takes messages whose sender and destination are still to be set
   */
  public IbusClient(Peer peer, Surroundings around, Consumer<Message> out) {
    this.peer = peer;
    this.around = around;
    this.out = out;
    this.proof = new KeyProof(then -> around.loops().ask(peer.pid(), then));
  }

  long host() {
    return peer.host();
  }

  /** The order in which its calls are taken. */
  public Turns turns() {
    return turns;
  }

  /** How its D-Bus library is asked whether it has taken what was sent. */
  public void askLibraryBy(Consumer<Runnable> asking) {
    proof.askLibraryBy(asking);
  }

  /**
   * Takes a call when it is its turn: none overtakes a key that waits for a look at terminals.
   *
   * @param taking hands the call in; at once, later, or never if the client is gone by then
   */
  public void inTurn(Message call, Runnable taking) {
    if (!turns.take(() -> takeTurn(call, taking))) {
      send(Errors.named(call, "LimitsExceeded", "too many calls behind a key"));
    }
  }

  private void takeTurn(Message call, Runnable taking) {
    InputContext context = contexts.get(String.valueOf(call.path()));
    if (context == null || context.canTake(call)) {
      taking.run();
      return;
    }
    turns.hold();
    context.look(
        () -> {
          taking.run();
          turns.goOn();
        });
  }

  /** Answers a call to one of IBus's objects. */
  public void receive(Message call) {
    String path = String.valueOf(call.path());
    if (path.startsWith(CONTEXT_PATH)) {
      receiveForContext(call);
    } else if (!path.equals(IbusObject.PATH)) {
      send(Errors.unknownObject(call));
    } else if ("CreateInputContext".equals(call.member())) {
      send(create(call));
    } else {
      send(IbusObject.answer(call));
    }
  }

  /** Answers a call to an input context, or to what might be one. */
  public void receiveForContext(Message call) {
    String path = String.valueOf(call.path());
    InputContext context = contexts.get(path);
    if (context == null) {
      send(notYours(call, around));
    } else if ("Destroy".equals(call.member())) {
      send(call.reply());
      destroy(path, context);
    } else if ("ProcessKeyEvent".equals(call.member())) {
      proof.keyCame();
      context.key(call);
    } else if (Properties.INTERFACE.equals(call.interfaceName())) {
      send(ContextCalls.property(context, call));
    } else {
      send(ContextCalls.answer(context, call));
    }
  }

  /** What a caller is told of a path it has no context at. */
  public static Message notYours(Message call, Surroundings around) {
    return around.isContext(String.valueOf(call.path()))
        ? Errors.denied(call, "the input context is another application's")
        : Errors.unknownObject(call);
  }

  /** Makes an input context and answers with its path. */
  public Message create(Message call) {
    if (call.body().size() != 1 || !(call.body().getFirst() instanceof Value.Str name)) {
      return Errors.invalid(call, "s");
    }
    if (contexts.size() >= MOST_CONTEXTS) {
      return Errors.named(
          call, "LimitsExceeded", "an application has at most " + MOST_CONTEXTS + " contexts");
    }
    if (name.value().length() > LONGEST_NAME) {
      return nameTooLong(call);
    }
    if (!peer.share().take(Resource.CONTEXTS, 1)) {
      return Errors.named(
          call, "LimitsExceeded", "more input contexts than the programs of a session may have");
    }
    String path = CONTEXT_PATH + around.nextContext();
    contexts.put(path, new InputContext(this, path, name.value()));
    around.applications().saw(name.value(), peer.executable(), kind(name.value()).announces());
    around.contextMade(path);
    return call.reply(new Value.ObjectPath(path));
  }

  public static Message nameTooLong(Message call) {
    return Errors.named(
        call, "InvalidArgs", "a client's name has at most " + LONGEST_NAME + " characters");
  }

  private void destroy(String path, InputContext context) {
    context.destroy();
    lastFocused = context.equals(lastFocused) ? null : lastFocused;
    waiting.remove(context);
    contexts.remove(path);
    peer.share().give(Resource.CONTEXTS, 1);
    around.contextGone(path);
  }

  /** The client is gone; nothing can be sent any more. */
  public void gone() {
    turns.end();
    Map.copyOf(contexts).forEach(this::destroy);
    peer.terminals().end();
  }

  /** The accessibility bus said something new, of this application perhaps. */
  public void lookAtFocusedObject() {
    if (lastFocused != null) {
      lastFocused.lookAtFocusedObject();
    }
  }

  public void batchEnded() {
    List<InputContext> told = List.copyOf(waiting);
    waiting.clear();
    told.forEach(InputContext::batchEnded);
  }

  public void apply(HostEffect effect) {
    switch (effect) {
      case HostEffect.AnswerKey e -> {
        InputContext context = fields.get(e.field().field());
        if (context != null) {
          context.answered(e.keyId(), e.handled());
        }
      }
      case HostEffect.FenceRaised e -> prove(e);
      case HostEffect.EditField e -> {
        InputContext context = fields.get(e.field().field());
        if (context != null) {
          context.edit(e.edit());
        }
      }
      case HostEffect.RouteChanged e -> {
        InputContext context = e.field() == null ? null : fields.get(e.field().field());
        if (context != null) {
          context.route(e.route(), e.readsText());
        }
      }
    }
  }

  private void prove(HostEffect.FenceRaised raised) {
    InputContext context = fields.get(raised.field().field());
    if (context != null && context.handling() != ClientKind.Handling.UNKNOWN) {
      proof.ask(
          context.handling() == ClientKind.Handling.MAY_NEST,
          () -> contexts.values().stream().noneMatch(each -> each.keys().anyUnanswered()),
          () -> {
            if (fields.containsKey(raised.field().field())) {
              post(new SeatEvent.KeysHandled(raised.field(), raised.number()));
            }
          });
    }
  }

  /** What it says of one of its fields, null if it has no such field. */
  public PanelFields.@Nullable Shown shown(FieldId field) {
    InputContext context = fields.get(field.field());
    return context == null ? null : context.shown();
  }

  // For contexts.

  void cursorMoved(FieldId field) {
    around.cursorMoved(field);
  }

  boolean switches(FieldId field, Key key) {
    return around.switches(field, key);
  }

  Application application(String name) {
    return new Application(
        name,
        peer.executable(),
        around.applications().isAllowed(peer.executable()),
        around.applications().isKeptOut(peer.executable()),
        peer.share().owner());
  }

  /** A context gains the focus; whether it was the last of them to do so, too. */
  boolean focusStays(InputContext context) {
    boolean stays = context.equals(lastFocused);
    lastFocused = context;
    return stays;
  }

  FieldId newField(InputContext context) {
    fields.put(++lastField, context);
    return new FieldId(peer.host(), lastField);
  }

  void forgetField(FieldId field) {
    fields.remove(field.field());
  }

  ClientKind kind(String name) {
    return ClientKind.of(name, peer.executable());
  }

  FocusedObjects objects() {
    return around.objects();
  }

  /**
   * The newest word of the accessibility bus that may be on a field of this client: that on its
   * process, or on whichever was last where others are behind it.
   */
  @Nullable FocusedObject focusedObject(ClientKind kind) {
    return kind.bridge() ? around.objects().latest() : around.objects().of(peer.share().owner());
  }

  TerminalWatch terminals() {
    return peer.terminals();
  }

  Repeats repeats() {
    return repeats;
  }

  void tellWhenBatchEnds(InputContext context) {
    waiting.add(context);
  }

  void post(SeatEvent.OfField event) {
    around.post(event);
  }

  Timers timers() {
    return around.timers();
  }

  void emit(Message signal) {
    out.accept(signal.from(BusObject.OWNER));
  }

  public void send(Message answer) {
    out.accept(answer.from(BusObject.OWNER));
  }
}
