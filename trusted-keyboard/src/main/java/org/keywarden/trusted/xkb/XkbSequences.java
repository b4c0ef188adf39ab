package org.keywarden.trusted.xkb;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The sequences of a locale's Compose table, or the user's own {@code ~/.XCompose}. Confined to the
 * thread that opened it: any other gets a {@link WrongThreadException}.
 */
public final class XkbSequences implements ComposeSequences {
  /** The library's name, as the dynamic linker looks it up. */
  public static final String LIBRARY = "libxkbcommon.so.0";

  // libxkbcommon keeps no longer texts than 255 bytes, plus the NUL.
  private static final int TEXT_BYTES = 256;
  private static final int FEED_IGNORED = 0;

  private final Arena arena;
  private final XkbLibrary library;
  private final MemorySegment context;
  private final MemorySegment table;
  private final MemorySegment state;
  private final MemorySegment buffer;

  private XkbSequences(
      Arena arena,
      XkbLibrary library,
      MemorySegment context,
      MemorySegment table,
      MemorySegment state) {
    this.arena = arena;
    this.library = library;
    this.context = context;
    this.table = table;
    this.state = state;
    this.buffer = arena.allocate(TEXT_BYTES);
  }

  /**
   * Opens the user's own rules, or the table of a locale if there are none, or the one of {@link
   * ComposeLocale#FALLBACK}.
   *
   * @param libraryName usually {@link #LIBRARY}
   * @param rules as the broker gathered them, ISO 8859-1; empty for none
   * @return empty if the library or every table is missing
   */
  // The sequences own the arena: it is closed with them, or here if there are none.
  @SuppressWarnings("MustBeClosed")
  public static Optional<ComposeSequences> open(String libraryName, String locale, String rules) {
    Arena arena = Arena.ofConfined();
    Optional<ComposeSequences> opened = Optional.empty();
    try {
      opened = open(arena, new XkbLibrary(libraryName, arena), locale, rules);
    } catch (IllegalArgumentException | NoSuchElementException missing) {
      // The library, or one of its functions: as good as no sequences.
    } finally {
      if (opened.isEmpty()) {
        arena.close();
      }
    }
    return opened;
  }

  private static Optional<ComposeSequences> open(
      Arena arena, XkbLibrary library, String locale, String rules) {
    MemorySegment context = library.contextNew();
    if (isNull(context)) {
      return Optional.empty();
    }
    MemorySegment table = MemorySegment.NULL;
    if (!rules.isEmpty()) {
      table = new RulesInParts(library, context, locale).table(rules);
    }
    if (isNull(table)) {
      table = library.tableNew(context, arena.allocateFrom(locale));
    }
    if (isNull(table)) {
      table = library.tableNew(context, arena.allocateFrom(ComposeLocale.FALLBACK));
    }
    if (isNull(table)) {
      library.contextUnref(context);
      return Optional.empty();
    }
    MemorySegment state = library.stateNew(table);
    if (isNull(state)) {
      library.tableUnref(table);
      library.contextUnref(context);
      return Optional.empty();
    }
    return Optional.of(new XkbSequences(arena, library, context, table, state));
  }

  @Override
  public Step feed(int keysym) {
    if (library.feed(state, keysym) == FEED_IGNORED) {
      return Step.NOTHING;
    }
    Step step =
        switch (library.status(state)) {
          case 1 -> Step.COMPOSING;
          case 2 -> Step.COMPOSED;
          case 3 -> Step.CANCELLED;
          default -> Step.NOTHING;
        };
    if (step == Step.CANCELLED) {
      library.reset(state);
    }
    return step;
  }

  @Override
  public String takeText() {
    int length = Math.clamp(library.utf8(state, buffer), 0, TEXT_BYTES - 1);
    byte[] bytes = buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    buffer.fill((byte) 0);
    library.reset(state);
    String text = new String(bytes, StandardCharsets.UTF_8);
    Arrays.fill(bytes, (byte) 0);
    return text;
  }

  @Override
  public void forget() {
    library.reset(state);
  }

  @Override
  public void close() {
    library.stateUnref(state);
    library.tableUnref(table);
    library.contextUnref(context);
    arena.close();
  }

  private static boolean isNull(MemorySegment pointer) {
    return pointer.address() == 0;
  }
}
