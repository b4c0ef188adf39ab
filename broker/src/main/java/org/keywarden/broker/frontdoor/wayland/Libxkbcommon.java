package org.keywarden.broker.frontdoor.wayland;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * The calls of libxkbcommon that keymaps need (xkbcommon.h; ABI 0). Each object by one thread at a
 * time.
 */
final class Libxkbcommon {
  static final String NAME = "libxkbcommon.so.0";

  /** XKB_CONTEXT_NO_DEFAULT_INCLUDES | XKB_CONTEXT_NO_ENVIRONMENT_NAMES: no file is read. */
  private static final int NOTHING_ELSE = 1 | 2;

  private static final int LOG_LEVEL_CRITICAL = 10;
  private static final int FORMAT_TEXT_V1 = 1;
  private static final int NO_FLAGS = 0;
  private static final int MODS_EFFECTIVE = 1 << 3;

  private final SymbolLookup symbols;
  private final MethodHandle contextNew;
  private final MethodHandle contextLogLevel;
  private final MethodHandle contextUnref;
  private final MethodHandle keymapNew;
  private final MethodHandle keymapUnref;
  private final MethodHandle keymapRepeats;
  private final MethodHandle stateNew;
  private final MethodHandle stateUnref;
  private final MethodHandle stateUpdate;
  private final MethodHandle stateMods;
  private final MethodHandle stateSymbol;

  /**
   * Loads the library for good.
   *
   * @throws IllegalArgumentException if it cannot be loaded
   * @throws java.util.NoSuchElementException if it lacks one of the calls
   */
  Libxkbcommon() {
    symbols = SymbolLookup.libraryLookup(NAME, Arena.global());
    contextNew = function("xkb_context_new", ADDRESS, JAVA_INT);
    contextLogLevel = procedure("xkb_context_set_log_level", ADDRESS, JAVA_INT);
    contextUnref = procedure("xkb_context_unref", ADDRESS);
    keymapNew =
        function(
            "xkb_keymap_new_from_buffer", ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT);
    keymapUnref = procedure("xkb_keymap_unref", ADDRESS);
    keymapRepeats = function("xkb_keymap_key_repeats", JAVA_INT, ADDRESS, JAVA_INT);
    stateNew = function("xkb_state_new", ADDRESS, ADDRESS);
    stateUnref = procedure("xkb_state_unref", ADDRESS);
    stateUpdate =
        function(
            "xkb_state_update_mask",
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT);
    stateMods = function("xkb_state_serialize_mods", JAVA_INT, ADDRESS, JAVA_INT);
    stateSymbol = function("xkb_state_key_get_one_sym", JAVA_INT, ADDRESS, JAVA_INT);
  }

  /** A keymap, or NULL if the text is none; it needs no context any more. */
  MemorySegment keymap(MemorySegment text) {
    try {
      MemorySegment context = (MemorySegment) contextNew.invokeExact(NOTHING_ELSE);
      if (context.address() == 0) {
        return MemorySegment.NULL;
      }
      contextLogLevel.invokeExact(context, LOG_LEVEL_CRITICAL);
      MemorySegment keymap =
          (MemorySegment)
              keymapNew.invokeExact(context, text, text.byteSize(), FORMAT_TEXT_V1, NO_FLAGS);
      contextUnref.invokeExact(context);
      return keymap;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** A state of a keymap, which stays the caller's too; or NULL. */
  MemorySegment state(MemorySegment keymap) {
    try {
      return (MemorySegment) stateNew.invokeExact(keymap);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  void keymapUnref(MemorySegment keymap) {
    procedure(keymapUnref, keymap);
  }

  void stateUnref(MemorySegment state) {
    procedure(stateUnref, state);
  }

  boolean repeats(MemorySegment keymap, int code) {
    try {
      return (int) keymapRepeats.invokeExact(keymap, code) != 0;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  void update(MemorySegment state, Modifiers modifiers) {
    try {
      int ignored =
          (int)
              stateUpdate.invokeExact(
                  state,
                  modifiers.depressed(),
                  modifiers.latched(),
                  modifiers.locked(),
                  0,
                  0,
                  modifiers.group());
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** The modifiers in effect; the first eight bits are X11's. */
  int modifiers(MemorySegment state) {
    try {
      return (int) stateMods.invokeExact(state, MODS_EFFECTIVE);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** The keysym of a key, 0 if it has none or more than one. */
  int symbol(MemorySegment state, int code) {
    try {
      return (int) stateSymbol.invokeExact(state, code);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
    return Linker.nativeLinker()
        .downcallHandle(symbols.findOrThrow(name), FunctionDescriptor.of(result, arguments));
  }

  private MethodHandle procedure(String name, MemoryLayout... arguments) {
    return Linker.nativeLinker()
        .downcallHandle(symbols.findOrThrow(name), FunctionDescriptor.ofVoid(arguments));
  }

  private static void procedure(MethodHandle handle, MemorySegment of) {
    try {
      handle.invokeExact(of);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static IllegalStateException failed(Throwable cause) {
    return new IllegalStateException("a call into libxkbcommon failed", cause);
  }
}
