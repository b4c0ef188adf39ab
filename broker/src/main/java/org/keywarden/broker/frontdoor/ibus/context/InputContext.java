package org.keywarden.broker.frontdoor.ibus.context;

import org.jspecify.annotations.Nullable;
import org.keywarden.broker.frontdoor.field.AccessibilityMark;
import org.keywarden.broker.frontdoor.field.MaskedTextMark;
import org.keywarden.broker.frontdoor.field.Surrounding;
import org.keywarden.broker.frontdoor.field.TerminalMark;
import org.keywarden.broker.frontdoor.field.Timers;
import org.keywarden.broker.frontdoor.ibus.panel.PanelFields;
import org.keywarden.broker.frontdoor.ibus.panel.Place;
import org.keywarden.broker.seat.Application;
import org.keywarden.broker.seat.ContentType;
import org.keywarden.broker.seat.Edit;
import org.keywarden.broker.seat.FieldId;
import org.keywarden.broker.seat.Hint;
import org.keywarden.broker.seat.Key;
import org.keywarden.broker.seat.Purpose;
import org.keywarden.broker.seat.Route;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.seat.SecretBy;
import org.keywarden.broker.seat.SurroundingText;
import org.keywarden.ibus.bus.Errors;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/**
 * One input context. It is a field of the seat from its first focus on; what it was told of its
 * purpose is kept for its life, as clients of 1.5.29 and later say only what changes.
 */
final class InputContext {
  private final IbusClient client;
  private final String name;
  private final ClientKind kind;
  private final ContextKeys keys;
  private final ContextSignals signals;
  private final TerminalMark terminal;
  private final AccessibilityMark accessibility;
  private final MaskedTextMark masked = new MaskedTextMark(this::mark);
  private final Timers.Own timers;
  private final TypeTrust trust;
  private final TypeWait wait;
  private final CursorPlace cursor = new CursorPlace();
  private @Nullable FieldId field;

  /** As the field was opened with. */
  private @Nullable Application application;

  private @Nullable ContentType type;
  private Capabilities capabilities = new Capabilities(0);
  private boolean synchronous;
  private boolean resetSinceFocus;
  private boolean toldHiddenByTerminal;
  private boolean composing;

  InputContext(IbusClient client, String path, String name) {
    this.client = client;
    this.name = name;
    this.kind = client.kind(name);
    this.keys = new ContextKeys(client.repeats());
    this.timers = new Timers.Own(client.timers());
    this.signals = new ContextSignals(path, client::emit, timers);
    this.trust = new TypeTrust(kind.late());
    this.wait = new TypeWait(timers, () -> client.tellWhenBatchEnds(this), this::typeTold);
    this.terminal =
        new TerminalMark(
            client.terminals(),
            timers,
            () -> kind.terminals(type == null ? Purpose.FREE_FORM : type.purpose()),
            this::tellMark);
    this.accessibility =
        new AccessibilityMark(client.objects(), () -> client.focusedObject(kind), this::mark);
  }

  /** Takes a key; it is answered when the seat says so, and always with a boolean. */
  void key(Message call) {
    if (!call.signature().equals("uuu")) {
      client.send(Errors.invalid(call, "uuu"));
      return;
    }
    FieldId at = field;
    Key key =
        keys.translate(
            ContextCalls.unsigned(call, 0),
            ContextCalls.unsigned(call, 1),
            ContextCalls.unsigned(call, 2));
    boolean switches = at != null && key != null && client.switches(at, key);
    if (at == null || key == null || switches) {
      answerKey(call, switches);
      return;
    }
    client.post(new SeatEvent.KeyTyped(at, keys.await(call), key));
    terminal.typed(key);
  }

  /**
   * Whether a call can be taken now: not while what is typed, or stands around the cursor, may be
   * hidden in a terminal that has still to be looked at. A key let go was shown when it was typed.
   */
  boolean canTake(Message call) {
    return switch (String.valueOf(call.member())) {
      case "ProcessKeyEvent" ->
          field == null
              || !call.signature().equals("uuu")
              || (ContextCalls.unsigned(call, 2) & ContextKeys.RELEASE) != 0
              || terminal.isUpToDate();
      case "SetSurroundingText" -> field == null || terminal.isUpToDate();
      default -> true;
    };
  }

  /** Looks at terminals, then goes on. */
  void look(Runnable then) {
    terminal.look(then);
  }

  void answered(long key, boolean handled) {
    Message call = keys.answered(key);
    if (call == null) {
      return;
    }
    int keysym = ContextCalls.unsigned(call, 0);
    int state = ContextCalls.unsigned(call, 2);
    if (!handled && composing && signals.changesUnderway() && kind.takesForwarded(keysym, state)) {
      // As a signal it stays behind them; as an answer it would not.
      signals.forward(keysym, ContextCalls.unsigned(call, 1), state, false);
      signals.changeUnderway();
      answerKey(call, true);
    } else {
      answerKey(call, handled);
    }
  }

  private void answerKey(Message call, boolean handled) {
    client.send(call.reply(new Value.Bool(handled)));
  }

  // What terminals say.

  /** What the client says of the field, if that may be believed; that it is secret, always. */
  private @Nullable ContentType believedType() {
    return type != null && (trust.now() || type.secret()) ? type : null;
  }

  /** Tells what the terminal does, if it is news for the field. */
  private void tellMark() {
    if (field != null && !wait.on() && terminal.hidden() != toldHiddenByTerminal) {
      toldHiddenByTerminal = terminal.hidden();
      client.post(new SeatEvent.SecrecyMarked(field, SecretBy.TERMINAL, toldHiddenByTerminal));
    }
  }

  private void mark(SecretBy by, boolean secret) {
    if (field != null) {
      client.post(new SeatEvent.SecrecyMarked(field, by, secret));
    }
  }

  /** The accessibility bus said something new, of this field perhaps. */
  void lookAtFocusedObject() {
    accessibility.look();
  }

  private void tellType() {
    tellMark();
    ContentType told = believedType();
    if (field != null && !wait.on() && told != null) {
      client.post(new SeatEvent.ContentTypeChanged(field, told));
    }
  }

  // Focus.

  /** Whether the client has said that it tells of the focus. */
  boolean canFocus() {
    return capabilities.focus() && !kind.fake();
  }

  void focusIn() {
    FieldId at = field;
    masked.focus();
    trust.focus(client.focusStays(this));
    if (at == null) {
      at = open();
    } else if (kind.typeFollowsFocus()
        || !trust.now()
        || !client.application(name).equals(application)) {
      close();
      at = open();
    } else if (resetSinceFocus && kind.resetMayHideFocus()) {
      client.post(new SeatEvent.FocusLost(at));
    }
    resetSinceFocus = false;
    terminal.focus();
    accessibility.focus();
    if (!kind.typeFollowsFocus()) {
      tellMark();
      client.post(new SeatEvent.FocusGained(at, believedType()));
      terminal.refresh();
      if (!trust.now()) {
        askForText();
      }
      return;
    }
    client.post(new SeatEvent.FocusGained(at, null));
    wait.focus(type != null && type.secret());
  }

  void focusOut() {
    cursor.forget();
    wait.cancel();
    terminal.unfocus();
    accessibility.unfocus();
    if (field != null) {
      client.post(new SeatEvent.FocusLost(field));
    }
  }

  void reset() {
    resetSinceFocus = true;
    if (field != null) {
      client.post(new SeatEvent.FieldReset(field));
    }
  }

  /** Everything that came at once has been taken. */
  void batchEnded() {
    wait.batchEnded(type != null && type.secret());
  }

  private FieldId open() {
    FieldId opened = client.newField(this);
    field = opened;
    application = client.application(name);
    toldHiddenByTerminal = false;
    accessibility.opened();
    client.post(new SeatEvent.FieldOpened(opened, application, kind.traits(trust.now())));
    ContentType told = believedType();
    if (told != null && !kind.typeFollowsFocus()) {
      client.post(new SeatEvent.ContentTypeChanged(opened, told));
    }
    return opened;
  }

  /** Ends the context and all it has begun. */
  void destroy() {
    terminal.unfocus();
    timers.close();
    close();
  }

  /** Ends the field; its keys are answered. */
  void close() {
    FieldId closing = field;
    if (closing != null) {
      client.post(new SeatEvent.FieldClosed(closing));
      field = null;
      client.forgetField(closing);
    }
    keys.takeAll().forEach(call -> answerKey(call, false));
  }

  /** The client says what it can. */
  void capable(int of) {
    capabilities = new Capabilities(of);
    signals.capable(capabilities);
    if (!trust.now()) {
      // A client that comes back says what it can only after its focus.
      askForText();
    }
    if (!capabilities.focus()) {
      focusOut();
    }
  }

  // What the field is, and what stands in it.

  /**
   * The client tells the text around its cursor.
   *
   * @param cursor in code points, and so is {@code anchor}
   */
  void around(String text, int cursor, int anchor) {
    judge(text);
    if (field != null && mayBeRead()) {
      SurroundingText around = Surrounding.window(text, cursor, anchor);
      if (around != null) {
        client.post(new SeatEvent.SurroundingChanged(field, around));
      }
    }
  }

  /** Looks at what the text shows of its field; keeps none of it. */
  private void judge(String text) {
    if (trust.readable(text)) {
      tellType();
    }
    if (field != null) {
      masked.look(text);
    }
  }

  private boolean mayBeRead() {
    return type != null
        && !masked.masked()
        && trust.now()
        && !wait.on()
        && !type.secret()
        && !terminal.hidden()
        && !type.hints().contains(Hint.PRIVATE)
        && type.purpose() != Purpose.TERMINAL;
  }

  /** The client says what kind of field this is. */
  void changeType(ContentType changed) {
    trust.told(type, changed);
    type = changed;
    boolean first = wait.came() && kind.typeFollowsFocus();
    if (wait.on() || field == null) {
      return;
    }
    if (first) {
      wait.await();
    } else {
      typeTold();
    }
  }

  private void typeTold() {
    terminal.recall();
    tellType();
    terminal.refresh();
  }

  /** The client says where its cursor is. */
  void cursorAt(Place place) {
    cursor.told(place);
    if (field != null) {
      client.cursorMoved(field);
    }
  }

  PanelFields.Shown shown() {
    return new PanelFields.Shown(signals.path(), capabilities.shown(), cursor.now());
  }

  ClientKind.Handling handling() {
    return kind.handling();
  }

  ContextKeys keys() {
    return keys;
  }

  ContextSignals signals() {
    return signals;
  }

  /** Whether the client asks, while it waits for a key, what came of it. */
  void synchronous(boolean is) {
    synchronous = is;
  }

  // What the seat wants.

  void edit(Edit edit) {
    // A late announcer that is asked for its text at text of ours may never tell it again.
    boolean asked = kind.late() && edit instanceof Edit.Insert && signals.forgoSurrounding();
    signals.edit(edit, synchronous && keys.anyUnanswered());
    if (asked) {
      signals.requireSurrounding();
    }
    if (kind.answersOvertakeSignals()
        && (edit instanceof Edit.Insert || edit instanceof Edit.Delete)) {
      signals.changeUnderway();
    }
  }

  /**
   * Asks for the text around the cursor where an input method might be allowed to have it.
   *
   * @param readsText whether it is
   */
  void route(Route route, boolean readsText) {
    composing = route == Route.COMPOSING;
    cursor.follow(route);
    if (composing && !readsText && kind.late() && trust.now()) {
      signals.forgoSurrounding();
    } else {
      askForText();
    }
  }

  /** Or where only the text can show what the field is. */
  private void askForText() {
    boolean wanted = trust.now() ? composing && mayBeRead() : field != null;
    if (wanted && capabilities.surrounding()) {
      signals.requireSurrounding();
    }
  }
}
