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
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.keywarden.trusted.ComposeSequences;

/** libxkbcommon's compose state. Lives as long as the process. */
public final class XkbCompose implements ComposeSequences {
  private static final int STATUS_NOTHING = 0;
  private static final int STATUS_COMPOSING = 1;
  private static final int STATUS_COMPOSED = 2;
  private static final int BUFFER = 64;

  private final MethodHandle feed;
  private final MethodHandle status;
  private final MethodHandle utf8;
  private final MethodHandle reset;
  private final MemorySegment state;
  private final MemorySegment buffer = Arena.global().allocate(BUFFER);

  private XkbCompose(SymbolLookup library, MemorySegment state) {
    this.state = state;
    feed = handle(library, "xkb_compose_state_feed", JAVA_INT, ADDRESS, JAVA_INT);
    status = handle(library, "xkb_compose_state_get_status", JAVA_INT, ADDRESS);
    utf8 = handle(library, "xkb_compose_state_get_utf8", JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
    reset =
        Linker.nativeLinker()
            .downcallHandle(
                library.find("xkb_compose_state_reset").orElseThrow(),
                FunctionDescriptor.ofVoid(ADDRESS));
  }

  /**
   * The compose table of a locale, by the library's own rules (~/.XCompose, XCOMPOSEFILE, the
   * locale's file).
   *
   * @return empty if the library or a table for the locale is missing
   */
  public static Optional<ComposeSequences> open(String locale) {
    SymbolLookup library;
    try {
      library = SymbolLookup.libraryLookup("libxkbcommon.so.0", Arena.global());
    } catch (IllegalArgumentException missing) {
      return Optional.empty();
    }
    MethodHandle newContext = handle(library, "xkb_context_new", ADDRESS, JAVA_INT);
    MethodHandle newTable =
        handle(library, "xkb_compose_table_new_from_locale", ADDRESS, ADDRESS, ADDRESS, JAVA_INT);
    MethodHandle newState = handle(library, "xkb_compose_state_new", ADDRESS, ADDRESS, JAVA_INT);
    try {
      MemorySegment context = (MemorySegment) newContext.invokeExact(0);
      MemorySegment table =
          context.equals(MemorySegment.NULL)
              ? MemorySegment.NULL
              : (MemorySegment)
                  newTable.invokeExact(context, Arena.global().allocateFrom(locale), 0);
      MemorySegment state =
          table.equals(MemorySegment.NULL)
              ? MemorySegment.NULL
              : (MemorySegment) newState.invokeExact(table, 0);
      return state.equals(MemorySegment.NULL)
          ? Optional.empty()
          : Optional.of(new XkbCompose(library, state));
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static MethodHandle handle(
      SymbolLookup library, String name, MemoryLayout result, MemoryLayout... arguments) {
    return Linker.nativeLinker()
        .downcallHandle(library.find(name).orElseThrow(), FunctionDescriptor.of(result, arguments));
  }

  @Override
  public Step feed(int keysym) {
    try {
      int unused = (int) feed.invokeExact(state, keysym);
      return switch ((int) status.invokeExact(state)) {
        case STATUS_NOTHING -> new Step.Ordinary();
        case STATUS_COMPOSING -> new Step.Pending();
        case STATUS_COMPOSED -> {
          int length = (int) utf8.invokeExact(state, buffer, (long) BUFFER);
          byte[] bytes =
              buffer
                  .asSlice(0, Math.min(length, BUFFER - 1))
                  .toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
          buffer.fill((byte) 0);
          reset.invokeExact(state);
          yield new Step.Finished(new String(bytes, StandardCharsets.UTF_8));
        }
        default -> {
          reset.invokeExact(state);
          yield new Step.Cancelled();
        }
      };
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  @Override
  public void forget() {
    try {
      reset.invokeExact(state);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static RuntimeException failed(Throwable cause) {
    return new IllegalStateException("libxkbcommon cannot be called", cause);
  }
}
