package org.keywarden.broker.frontdoor.wayland;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.keywarden.broker.frontdoor.accessibility.FocusedObjects;
import org.keywarden.broker.frontdoor.field.Timers;
import org.keywarden.broker.frontdoor.terminal.TerminalWatch;
import org.keywarden.broker.look.Looks;
import org.keywarden.broker.seat.Application;
import org.keywarden.broker.seat.Edit;
import org.keywarden.broker.seat.FieldId;
import org.keywarden.broker.seat.HostEffect;
import org.keywarden.broker.seat.Key;
import org.keywarden.broker.seat.Preedit;
import org.keywarden.broker.seat.SeatEvent;

/** An input method between a compositor and a seat, neither of which is there. */
final class WaylandScene implements InputMethod.Surroundings {
  static final int A = 30;
  static final int K = 37;
  static final int TAB = 15;
  static final int SHIFT = 42;

  final FakeCompositor compositor = new FakeCompositor();
  final List<SeatEvent> events = new ArrayList<>();
  final List<Alarm> alarms = new ArrayList<>();
  final FocusedObjects objects = new FocusedObjects(() -> 0);
  final InputMethod method;
  private final List<Runnable> soon = new ArrayList<>();
  private TerminalWatch terminals = TerminalWatch.none();
  private boolean unavailable;
  private long lastField;
  private int time;

  /** Something that is to happen later. */
  record Alarm(long delay, Runnable action) {}

  WaylandScene() {
    // Keymaps are read at once.
    Looks looks =
        new Looks(new Looks.Place(Runnable::run, Runnable::run, () -> 0, (delay, action) -> {}));
    method =
        new InputMethod(this, compositor, new KeymapReader(new Libxkbcommon(), looks, timers()));
  }

  /** An ordinary text input is active, and the keyboard is grabbed. */
  static WaylandScene typing() throws Exception {
    WaylandScene scene = new WaylandScene();
    scene.activate(0, 0);
    scene.method.batchEnded();
    scene.keymap(Keymaps.SMALL);
    scene.compositor.asked();
    return scene;
  }

  void keymap(byte[] text) throws Exception {
    method.keymap(1, DescriptorFiles.of(text), text.length);
  }

  void activate(int hints, int purpose) {
    method.activate();
    method.contentType(hints, purpose);
    method.done();
  }

  void deactivate() {
    method.deactivate();
    method.done();
  }

  void press(int code) {
    method.key(++time, code, true);
    settle();
  }

  void release(int code) {
    method.key(++time, code, false);
    settle();
  }

  /** Does what was put off. */
  void settle() {
    while (!soon.isEmpty()) {
      soon.removeFirst().run();
    }
  }

  /** Runs what was to happen last. */
  void ring() {
    alarms.removeLast().action().run();
    settle();
  }

  FieldId field() {
    return new FieldId(1, lastField);
  }

  /** The seat's last key, and an answer to it. */
  void answer(boolean handled) {
    SeatEvent.KeyTyped typed = (SeatEvent.KeyTyped) last(SeatEvent.KeyTyped.class);
    method.apply(new HostEffect.AnswerKey(typed.field(), typed.keyId(), handled));
    settle();
  }

  void insert(FieldId into, String text) {
    method.apply(new HostEffect.EditField(into, new Edit.Insert(text)));
  }

  void preedit(FieldId into, String text) {
    method.apply(
        new HostEffect.EditField(
            into, new Edit.SetPreedit(new Preedit(text, text.length(), false))));
  }

  SeatEvent last(Class<? extends SeatEvent> kind) {
    return events.stream().filter(kind::isInstance).reduce((before, last) -> last).orElseThrow();
  }

  /** The kinds of the events since the last call. */
  List<String> told() {
    List<String> all = events.stream().map(each -> each.getClass().getSimpleName()).toList();
    events.clear();
    return all;
  }

  boolean unavailableTold() {
    return unavailable;
  }

  void terminals(TerminalWatch watch) {
    terminals = watch;
  }

  @Override
  public void post(SeatEvent.OfField event) {
    events.add(event);
  }

  @Override
  public Timers timers() {
    return (delay, action) -> {
      Alarm alarm = new Alarm(delay, action);
      alarms.add(alarm);
      return () -> alarms.remove(alarm);
    };
  }

  @Override
  public void soon(Runnable action) {
    soon.add(action);
  }

  @Override
  public FieldId nextField() {
    return new FieldId(1, ++lastField);
  }

  @Override
  public Application application() {
    return new Application("wayland", "", false);
  }

  @Override
  public TerminalWatch terminals() {
    return terminals;
  }

  @Override
  public FocusedObjects objects() {
    return objects;
  }

  @Override
  public boolean switches(FieldId field, Key key) {
    return false;
  }

  @Override
  public void unavailable() {
    unavailable = true;
  }

  /** What a keymap is read as, whatever it says. */
  static Optional<Keymap> read(byte[] text) {
    return Keymap.of(new Libxkbcommon(), text);
  }
}
