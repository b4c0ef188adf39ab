package org.keywarden.broker.frontdoor.wayland;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.frontdoor.accessibility.FocusedObjects;
import org.keywarden.broker.frontdoor.field.Timers;
import org.keywarden.broker.frontdoor.terminal.TerminalWatch;
import org.keywarden.broker.seat.Application;
import org.keywarden.broker.seat.Edit;
import org.keywarden.broker.seat.FieldId;
import org.keywarden.broker.seat.HostEffect;
import org.keywarden.broker.seat.Key;
import org.keywarden.broker.seat.KeyAction;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.wayland.socket.Descriptors;

/**
 * One compositor's input method: its text inputs are fields of the seat, one at a time, and while
 * one is active the keyboard's keys come here.
 */
final class InputMethod implements CompositorWord {
  /** What it shares with other doors. */
  interface Surroundings {
    void post(SeatEvent.OfField event);

    Timers timers();

    /** Runs something on the seat's thread once what it does now is done. */
    void soon(Runnable action);

    /** A number no field of this door had. */
    FieldId nextField();

    /** Whose the field is that has just become active. */
    Application application();

    TerminalWatch terminals();

    FocusedObjects objects();

    /** Takes a key of the focused field that switches the input method; says whether it did. */
    boolean switches(FieldId field, Key key);

    /** Another input method has the seat. */
    void unavailable();
  }

  private final Surroundings around;
  private final Compositor compositor;
  private final KeymapReader reader;
  private final TextInput textInput = new TextInput();
  private final PassedKeys passed;
  private final Outbox outbox;
  private final KeyRepeat repeat;
  private final Map<Long, TypedKey> unanswered = new LinkedHashMap<>();
  private @Nullable WaylandField field;
  private @Nullable Keymap keymap;

  /** What it was read from. */
  private byte[] text = {};

  private long keymaps;
  private Modifiers modifiers = Modifiers.NONE;
  private boolean grabbed;

  /** Keys of this stay cannot be understood, nor passed on: the compositor keeps them. */
  private boolean withoutKeys;

  private boolean waiting;
  private boolean flushing;
  private boolean leaving;
  private boolean over;
  private long lastKey;
  private int lastTime;

  InputMethod(Surroundings around, Compositor compositor, KeymapReader reader) {
    this.around = around;
    this.compositor = compositor;
    this.reader = reader;
    this.passed = new PassedKeys(compositor);
    this.outbox = new Outbox(compositor, passed);
    this.repeat = new KeyRepeat(around.timers(), this::repeated);
  }

  // Text inputs.

  @Override
  public void activate() {
    textInput.activate();
  }

  @Override
  public void deactivate() {
    textInput.deactivate();
  }

  @Override
  public void surroundingText(String text, int cursor, int anchor) {
    textInput.around(text, cursor, anchor);
  }

  @Override
  public void contentType(int hints, int purpose) {
    textInput.type(WaylandTypes.of(hints, purpose));
  }

  @Override
  public void done() {
    TextInput.State said = textInput.done();
    if (leaving) {
      return;
    }
    WaylandField before = field;
    if (said.active() && before != null && !said.anew()) {
      before.change(said);
      return;
    }
    if (before != null || said.active()) {
      repeat.end();
      outbox.preeditGone();
      // The focus moves in one step, also to the same text input.
      field = said.active() ? open(said) : null;
      if (before != null) {
        before.close();
      }
    }
  }

  private WaylandField open(TextInput.State said) {
    withoutKeys = false;
    return new WaylandField(
        around.nextField(),
        around.application(),
        said,
        around.terminals(),
        around.objects(),
        around.timers(),
        around::post);
  }

  @Override
  public void unavailable() {
    around.unavailable();
  }

  /** Grabs the keyboard only while a text input is active; one that ends may have a successor. */
  @Override
  public void batchEnded() {
    boolean wanted = field != null && !withoutKeys;
    if (wanted && !grabbed) {
      compositor.grabKeyboard();
    } else if (!wanted && grabbed) {
      repeat.end();
      outbox.drain(field);
      passed.releaseAll(lastTime);
      compositor.releaseKeyboard();
    }
    grabbed = wanted;
  }

  // The keyboard.

  @Override
  public void keymap(int format, int descriptor, int size) {
    waiting = true;
    compositor.pause();
    long number = ++keymaps;
    reader.read(
        format,
        descriptor,
        size,
        text,
        read -> {
          if (over || number != keymaps) {
            read.ifPresent(KeymapReader.Read::close);
            return;
          }
          read.ifPresent(this::use);
          withoutKeys = read.isEmpty();
          waiting = false;
          compositor.resume();
        });
  }

  private void use(KeymapReader.Read read) {
    passed.keymap(read.text(), read.descriptor());
    Descriptors.close(read.descriptor());
    read.keymap().ifPresent(other -> change(other, read.text()));
  }

  private void change(Keymap other, byte[] of) {
    if (keymap != null) {
      keymap.close();
    }
    keymap = other;
    text = of;
    other.update(modifiers);
  }

  @Override
  public void repeatInfo(int rate, int delay) {
    repeat.set(rate, delay);
  }

  @Override
  public void modifiers(Modifiers now) {
    modifiers = now;
    if (keymap != null) {
      keymap.update(now);
    }
    flushSoon();
  }

  @Override
  public void key(int time, int code, boolean down) {
    lastTime = time;
    TypedKey typed =
        new TypedKey(time, code, down ? KeyAction.PRESS : KeyAction.RELEASE, modifiers);
    WaylandField at = field;
    if (!down || at == null || at.isUpToDate()) {
      take(typed);
      return;
    }
    waiting = true;
    compositor.pause();
    at.look(
        () -> {
          if (!over) {
            take(typed);
            waiting = false;
            compositor.resume();
          }
        });
  }

  private void take(TypedKey typed) {
    WaylandField at = field;
    Keymap known = keymap;
    if (at == null || known == null || !grabbed) {
      pass(typed);
      flushSoon();
      return;
    }
    Key key = known.key(typed.code(), typed.action());
    if (around.switches(at.id(), key)) {
      return;
    }
    if (typed.action() == KeyAction.RELEASE) {
      repeat.end(typed.code());
    } else if (known.repeats(typed.code())) {
      repeat.pressed(typed.code());
    }
    type(at, typed, key);
    at.typed(key);
  }

  private void pass(TypedKey typed) {
    outbox.pass(typed);
    if (!grabbed) {
      // Was on its way when the keyboard was given back: nobody tells when it is let go.
      outbox.pass(new TypedKey(typed.time(), typed.code(), KeyAction.RELEASE, typed.modifiers()));
    }
  }

  private void repeated(int code) {
    WaylandField at = field;
    Keymap known = keymap;
    if (at == null || known == null || waiting || !unanswered.isEmpty()) {
      return;
    }
    Key key = known.key(code, KeyAction.REPEAT);
    if (!around.switches(at.id(), key)) {
      type(at, new TypedKey(lastTime, code, KeyAction.REPEAT, modifiers), key);
    }
  }

  private void type(WaylandField at, TypedKey typed, Key key) {
    unanswered.put(++lastKey, typed);
    around.post(new SeatEvent.KeyTyped(at.id(), lastKey, key));
  }

  // What the seat wants.

  /** Does what the seat asks for a field of this door. */
  void apply(HostEffect effect) {
    switch (effect) {
      case HostEffect.AnswerKey e -> answer(e.keyId(), e.handled());
      case HostEffect.EditField e -> edit(e.field(), e.edit());
      case HostEffect.RouteChanged e -> {}
      case HostEffect.FenceRaised e -> {}
    }
  }

  private void answer(long number, boolean handled) {
    TypedKey typed = unanswered.remove(number);
    if (typed == null) {
      return;
    }
    if (typed.action() == KeyAction.RELEASE) {
      // Also if somebody used it: what an application takes to be held down must end.
      pass(typed);
    } else if (!handled) {
      repeat.end(typed.code());
      pass(typed);
    }
    flushSoon();
  }

  private void edit(FieldId of, Edit edit) {
    if (edit instanceof Edit.Forward forward) {
      int code = Keymap.codeOf(forward.key());
      if (code >= 0) {
        outbox.pass(new TypedKey(lastTime, code, forward.key().action(), modifiers));
      }
    } else {
      outbox.change(of, edit);
    }
    flushSoon();
  }

  /** Everything the seat decides in one turn is asked for at once, after a look at what is new. */
  private void flushSoon() {
    if (!flushing && !over) {
      flushing = true;
      around.soon(this::flush);
    }
  }

  void flush() {
    flushing = false;
    if (over) {
      return;
    }
    compositor.takeWhatIsThere();
    outbox.drain(field);
    if (grabbed && unanswered.isEmpty()) {
      passed.follow(modifiers);
    }
    compositor.flush();
  }

  /** The accessibility bus said something new. */
  void lookAtFocusedObject() {
    if (field != null) {
      field.lookAtFocusedObject();
    }
  }

  /** Gives the keyboard back; what is on its way still is passed on until the end. */
  void leave() {
    leaving = true;
    WaylandField left = field;
    field = null;
    if (left != null) {
      left.close();
    }
    batchEnded();
  }

  /** The compositor is gone. */
  void end() {
    over = true;
    repeat.end();
    if (field != null) {
      field.close();
      field = null;
    }
    if (keymap != null) {
      keymap.close();
      keymap = null;
    }
  }
}
