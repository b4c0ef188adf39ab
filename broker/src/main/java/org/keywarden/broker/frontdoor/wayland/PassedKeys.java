package org.keywarden.broker.frontdoor.wayland;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.keywarden.broker.seat.KeyAction;

/**
 * The virtual keyboard: keys that nobody used go on by it. It has the real keyboard's keymap, set
 * only when that changed: the compositor tells of each keymap set, as if the keyboard had a new
 * one.
 */
final class PassedKeys {
  private final Compositor compositor;

  /** The codes of keys that applications take to be held down. */
  private final Set<Integer> down = new LinkedHashSet<>();

  private byte[] keymap = {};
  private Modifiers modifiers = Modifiers.NONE;

  PassedKeys(Compositor compositor) {
    this.compositor = compositor;
  }

  /** Takes a keymap that is read. */
  void keymap(byte[] text, int descriptor) {
    if (!Arrays.equals(text, keymap)) {
      keymap = text;
      compositor.keymap(descriptor, text.length);
    }
  }

  /**
   * Passes a key on: a press or repeat unless it is held down already, since its application
   * repeats it by itself; a release only of what is held down.
   */
  void pass(TypedKey key) {
    boolean press = key.action() != KeyAction.RELEASE;
    if (keymap.length == 0 || !(press ? down.add(key.code()) : down.remove(key.code()))) {
      return;
    }
    follow(key.modifiers());
    compositor.key(key.time(), key.code(), press);
  }

  /** The modifiers are now these. */
  void follow(Modifiers now) {
    if (keymap.length > 0 && !now.equals(modifiers)) {
      modifiers = now;
      compositor.modifiers(now);
    }
  }

  /** Nobody will tell when the keys are let go that are held down. */
  void releaseAll(int time) {
    for (int code : List.copyOf(down)) {
      down.remove(code);
      compositor.key(time, code, false);
    }
  }
}
