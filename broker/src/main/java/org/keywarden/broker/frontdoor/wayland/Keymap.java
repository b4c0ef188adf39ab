package org.keywarden.broker.frontdoor.wayland;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.keywarden.broker.seat.Key;
import org.keywarden.broker.seat.KeyAction;

/** A keyboard's keymap and its modifiers. By one thread at a time. */
final class Keymap implements AutoCloseable {
  /** X11 key codes are evdev's plus this. */
  private static final int X11_OFFSET = 8;

  private static final int MOST_CODE = 0x300;
  private static final int VOID_SYMBOL = 0xFFFFFF;
  private static final int X11_MODIFIERS = 0xFF;

  private final Libxkbcommon library;
  private final MemorySegment keymap;
  private final MemorySegment state;

  private Keymap(Libxkbcommon library, MemorySegment keymap, MemorySegment state) {
    this.library = library;
    this.keymap = keymap;
    this.state = state;
  }

  /**
   * Reads one. What it takes is set by the text, so not on the seat's thread.
   *
   * @param text in the format of XKB, perhaps with a NUL at its end
   * @return empty if it is none
   */
  static Optional<Keymap> of(Libxkbcommon library, byte[] text) {
    try (Arena arena = Arena.ofConfined()) {
      int length = text.length > 0 && text[text.length - 1] == 0 ? text.length - 1 : text.length;
      MemorySegment keymap =
          library.keymap(arena.allocateFrom(ValueLayout.JAVA_BYTE, text).asSlice(0, length));
      if (keymap.address() == 0) {
        return Optional.empty();
      }
      MemorySegment state = library.state(keymap);
      if (state.address() == 0) {
        library.keymapUnref(keymap);
        return Optional.empty();
      }
      return Optional.of(new Keymap(library, keymap, state));
    }
  }

  void update(Modifiers modifiers) {
    library.update(state, modifiers);
  }

  /**
   * A key as the seat has it, with the modifiers of now.
   *
   * @param code evdev's
   */
  Key key(int code, KeyAction action) {
    boolean known = code >= 0 && code < MOST_CODE;
    int symbol = known ? library.symbol(state, code + X11_OFFSET) : 0;
    return new Key(
        symbol == 0 ? VOID_SYMBOL : symbol,
        known ? code + X11_OFFSET : 0,
        library.modifiers(state) & X11_MODIFIERS,
        action);
  }

  /** The evdev code of one of the seat's keys, -1 if it has none. */
  static int codeOf(Key key) {
    return key.keycode() - X11_OFFSET;
  }

  boolean repeats(int code) {
    return code >= 0 && code < MOST_CODE && library.repeats(keymap, code + X11_OFFSET);
  }

  @Override
  public void close() {
    library.stateUnref(state);
    library.keymapUnref(keymap);
  }
}
