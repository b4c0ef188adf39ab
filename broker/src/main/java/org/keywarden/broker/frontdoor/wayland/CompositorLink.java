package org.keywarden.broker.frontdoor.wayland;

import io.netty.channel.IoEventLoop;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keywarden.wayland.protocol.Interface;
import org.keywarden.wayland.protocol.Interfaces;
import org.keywarden.wayland.socket.DescriptorSocket;
import org.keywarden.wayland.socket.Descriptors;
import org.keywarden.wayland.wire.MalformedMessage;
import org.keywarden.wayland.wire.Member;
import org.keywarden.wayland.wire.Outgoing;
import org.keywarden.wayland.wire.WaylandMessage;

/**
 * A connection to a compositor and the objects on it: becomes the seat's input method where there
 * is such a thing, then translates.
 */
final class CompositorLink implements Compositor, LinkSocket.Speaker {
  private static final int DISPLAY = 1;
  private static final int FORMAT_XKB_V1 = 1;
  private static final int PRESSED = 1;

  /** Objects of ours that the compositor may leave undeleted. */
  private static final int MOST_OBJECTS = 1_024;

  /** How it goes. */
  interface Fate {
    /** The input method is asked for. */
    void begun();

    /** The compositor has no such thing as an input method. */
    void unsupported();

    void lost(String why);
  }

  private final LinkSocket socket;
  private final Fate fate;
  private final CompositorWord word;
  private final Map<Integer, Interface> objects = new HashMap<>();

  /** The compositor's names for what it has. */
  private final Map<String, Integer> globals = new HashMap<>();

  private int last = DISPLAY;
  private final Map<Integer, Runnable> callbacks = new HashMap<>();
  private int registry;
  private int inputMethod;
  private int virtualKeyboard;
  private int grab;
  private int dones;

  /**
   * @param word makes who is told, from what can be asked
   */
  CompositorLink(
      DescriptorSocket connected, Fate fate, Function<Compositor, ? extends CompositorWord> word) {
    this.fate = fate;
    this.socket = new LinkSocket(connected, this);
    this.word = word.apply(this);
    objects.put(DISPLAY, Interfaces.DISPLAY);
  }

  /** Begins to speak. */
  void begin(IoEventLoop loop) {
    registry = make(Interfaces.REGISTRY);
    ask(DISPLAY, "get_registry", registry);
    sync(this::bind);
    socket.register(loop);
  }

  /**
   * Runs something once the compositor has done all that it was asked, and all that it said until
   * then was taken.
   */
  void sync(Runnable then) {
    int callback = make(Interfaces.CALLBACK);
    callbacks.put(callback, then);
    ask(DISPLAY, "sync", callback);
    socket.flush();
  }

  void close() {
    socket.close();
  }

  private int make(Interface of) {
    objects.put(++last, of);
    return last;
  }

  private void ask(int object, String request, Object... arguments) {
    Interface of = objects.get(object);
    if (of != null) {
      int opcode = of.request(request);
      socket.send(Outgoing.message(object, opcode, of.requests().get(opcode), arguments));
    }
  }

  // What it says.

  @Override
  public @Nullable Member of(int object, int opcode) {
    Interface of = objects.get(object);
    return of == null ? null : of.event(opcode);
  }

  @Override
  public void take(WaylandMessage message) throws MalformedMessage {
    int object = message.object();
    if (object == DISPLAY) {
      ofDisplay(message);
    } else if (object == registry) {
      ofRegistry(message);
    } else if (Interfaces.CALLBACK.equals(objects.get(object))) {
      Runnable then = callbacks.remove(object);
      if (then != null) {
        then.run();
      }
    } else if (object == inputMethod) {
      ofInputMethod(message);
    } else if (Interfaces.KEYBOARD_GRAB.equals(objects.get(object))) {
      ofKeyboard(message, object == grab);
    }
  }

  private void ofDisplay(WaylandMessage message) throws MalformedMessage {
    if (message.member().name().equals("delete_id")) {
      objects.remove(message.number(0));
    } else {
      throw new MalformedMessage("it ends the connection with error " + message.number(1));
    }
  }

  /** What goes away again, as a screen does, is none of those that are needed. */
  private void ofRegistry(WaylandMessage message) {
    if (!message.member().name().equals("global")) {
      return;
    }
    String name = message.text(1);
    if (name.equals(Interfaces.SEAT.name())
        || name.equals(Interfaces.INPUT_METHOD_MANAGER.name())
        || name.equals(Interfaces.VIRTUAL_KEYBOARD_MANAGER.name())) {
      globals.putIfAbsent(name, message.number(0));
    }
  }

  private void bind() {
    if (globals.size() < 3) {
      close();
      fate.unsupported();
      return;
    }
    int seat = bind(Interfaces.SEAT);
    int methods = bind(Interfaces.INPUT_METHOD_MANAGER);
    int keyboards = bind(Interfaces.VIRTUAL_KEYBOARD_MANAGER);
    inputMethod = make(Interfaces.INPUT_METHOD);
    ask(methods, "get_input_method", seat, inputMethod);
    virtualKeyboard = make(Interfaces.VIRTUAL_KEYBOARD);
    ask(keyboards, "create_virtual_keyboard", seat, virtualKeyboard);
    fate.begun();
  }

  private int bind(Interface what) {
    int made = make(what);
    Integer name = globals.get(what.name());
    ask(registry, "bind", name == null ? 0 : name, what.name(), what.version(), made);
    return made;
  }

  private void ofInputMethod(WaylandMessage message) {
    switch (message.member().name()) {
      case "activate" -> word.activate();
      case "deactivate" -> word.deactivate();
      case "surrounding_text" ->
          word.surroundingText(message.text(0), message.number(1), message.number(2));
      case "content_type" -> word.contentType(message.number(0), message.number(1));
      case "done" -> {
        dones++;
        word.done();
      }
      case "unavailable" -> word.unavailable();
      default -> {}
    }
  }

  /**
   * @param held whether it is the grab that holds; a key of one given back was on its way
   */
  private void ofKeyboard(WaylandMessage message, boolean held) {
    switch (message.member().name()) {
      case "keymap" -> {
        if (held) {
          word.keymap(message.number(0), message.number(1), message.number(2));
        } else {
          Descriptors.close(message.number(1));
        }
      }
      case "key" -> word.key(message.number(1), message.number(2), message.number(3) == PRESSED);
      case "modifiers" ->
          word.modifiers(
              new Modifiers(
                  message.number(1), message.number(2), message.number(3), message.number(4)));
      case "repeat_info" -> word.repeatInfo(message.number(0), message.number(1));
      default -> {}
    }
  }

  @Override
  public void batchEnded() {
    word.batchEnded();
  }

  @Override
  public void lost(String why) {
    fate.lost(why);
  }

  // What is asked.

  @Override
  public void grabKeyboard() {
    if (objects.size() >= MOST_OBJECTS) {
      close();
      fate.lost("deletes nothing");
      return;
    }
    grab = make(Interfaces.KEYBOARD_GRAB);
    ask(inputMethod, "grab_keyboard", grab);
  }

  @Override
  public void releaseKeyboard() {
    ask(grab, "release");
    grab = 0;
  }

  @Override
  public void commitString(String text) {
    ask(inputMethod, "commit_string", text);
  }

  @Override
  public void preeditString(String text, int cursor) {
    ask(inputMethod, "set_preedit_string", text, cursor, cursor);
  }

  @Override
  public void deleteSurroundingText(int before, int after) {
    ask(inputMethod, "delete_surrounding_text", before, after);
  }

  @Override
  public void commit() {
    ask(inputMethod, "commit", dones);
  }

  @Override
  public void keymap(int descriptor, int size) {
    int opcode = Interfaces.VIRTUAL_KEYBOARD.request("keymap");
    Member member = Interfaces.VIRTUAL_KEYBOARD.requests().get(opcode);
    socket.send(Outgoing.message(virtualKeyboard, opcode, member, FORMAT_XKB_V1, size), descriptor);
  }

  @Override
  public void key(int time, int code, boolean down) {
    ask(virtualKeyboard, "key", time, code, down ? PRESSED : 0);
  }

  @Override
  public void modifiers(Modifiers now) {
    ask(virtualKeyboard, "modifiers", now.depressed(), now.latched(), now.locked(), now.group());
  }

  @Override
  public void takeWhatIsThere() {
    socket.takeWhatIsThere();
  }

  @Override
  public void flush() {
    socket.flush();
  }

  @Override
  public void pause() {
    socket.pause();
  }

  @Override
  public void resume() {
    socket.resume();
  }
}
