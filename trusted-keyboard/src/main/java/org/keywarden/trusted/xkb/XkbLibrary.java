package org.keywarden.trusted.xkb;

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
 * The calls of libxkbcommon that sequences need (xkbcommon.h, xkbcommon-compose.h; ABI 0). Usable
 * only by the thread of its arena. What is called at each key passes no boxed value.
 */
final class XkbLibrary {
  private static final int CONTEXT_NO_DEFAULT_INCLUDES = 1;
  private static final int LOG_LEVEL_CRITICAL = 10;
  private static final int NO_FLAGS = 0;
  private static final int FORMAT_TEXT_V1 = 1;

  private final SymbolLookup symbols;
  private final MethodHandle contextNew;
  private final MethodHandle contextLogLevel;
  private final MethodHandle contextUnref;
  private final MethodHandle tableNew;
  private final MethodHandle tableOf;
  private final MethodHandle tableUnref;
  private final MethodHandle stateNew;
  private final MethodHandle stateUnref;
  private final MethodHandle feed;
  private final MethodHandle status;
  private final MethodHandle utf8;
  private final MethodHandle reset;

  /**
   * Loads the library for as long as the arena lives.
   *
   * @throws IllegalArgumentException if it cannot be loaded
   * @throws java.util.NoSuchElementException if it lacks one of the calls
   */
  XkbLibrary(String name, Arena arena) {
    symbols = SymbolLookup.libraryLookup(name, arena);
    contextNew = function("xkb_context_new", ADDRESS, JAVA_INT);
    contextLogLevel = procedure("xkb_context_set_log_level", ADDRESS, JAVA_INT);
    contextUnref = procedure("xkb_context_unref", ADDRESS);
    tableNew = function("xkb_compose_table_new_from_locale", ADDRESS, ADDRESS, ADDRESS, JAVA_INT);
    tableOf =
        function(
            "xkb_compose_table_new_from_buffer",
            ADDRESS,
            ADDRESS,
            ADDRESS,
            JAVA_LONG,
            ADDRESS,
            JAVA_INT,
            JAVA_INT);
    tableUnref = procedure("xkb_compose_table_unref", ADDRESS);
    stateNew = function("xkb_compose_state_new", ADDRESS, ADDRESS, JAVA_INT);
    stateUnref = procedure("xkb_compose_state_unref", ADDRESS);
    feed = function("xkb_compose_state_feed", JAVA_INT, ADDRESS, JAVA_INT);
    status = function("xkb_compose_state_get_status", JAVA_INT, ADDRESS);
    utf8 = function("xkb_compose_state_get_utf8", JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
    reset = procedure("xkb_compose_state_reset", ADDRESS);
  }

  /** A context, or NULL. Without the keymap folders, which sequences do not need. */
  MemorySegment contextNew() {
    try {
      MemorySegment context = (MemorySegment) contextNew.invokeExact(CONTEXT_NO_DEFAULT_INCLUDES);
      if (context.address() != 0) {
        contextLogLevel.invokeExact(context, LOG_LEVEL_CRITICAL);
      }
      return context;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  void contextUnref(MemorySegment context) {
    procedure(contextUnref, context);
  }

  /** The table that the user's files or the locale name, or NULL. */
  MemorySegment tableNew(MemorySegment context, MemorySegment locale) {
    try {
      return (MemorySegment) tableNew.invokeExact(context, locale, NO_FLAGS);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** The table of a Compose file's text, or NULL if it has too many errors. */
  MemorySegment tableOf(MemorySegment context, MemorySegment text, MemorySegment locale) {
    try {
      return (MemorySegment)
          tableOf.invokeExact(context, text, text.byteSize(), locale, FORMAT_TEXT_V1, NO_FLAGS);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  void tableUnref(MemorySegment table) {
    procedure(tableUnref, table);
  }

  /** A state at the start of every sequence, or NULL. */
  MemorySegment stateNew(MemorySegment table) {
    try {
      return (MemorySegment) stateNew.invokeExact(table, NO_FLAGS);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  void stateUnref(MemorySegment state) {
    procedure(stateUnref, state);
  }

  /** 0 if the key was ignored, which leaves the status as it was; else 1. */
  int feed(MemorySegment state, int keysym) {
    try {
      return (int) feed.invokeExact(state, keysym);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  int status(MemorySegment state) {
    try {
      return (int) status.invokeExact(state);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Writes the text and a NUL; returns how many bytes the whole text has, which may be more. */
  int utf8(MemorySegment state, MemorySegment buffer) {
    try {
      return (int) utf8.invokeExact(state, buffer, buffer.byteSize());
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  void reset(MemorySegment state) {
    procedure(reset, state);
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

  private static RuntimeException failed(Throwable cause) {
    // Such as WrongThreadException, which says more than a wrapper would.
    return cause instanceof RuntimeException known
        ? known
        : new IllegalStateException("a call into libxkbcommon failed", cause);
  }
}
