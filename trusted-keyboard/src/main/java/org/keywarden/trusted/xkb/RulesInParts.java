package org.keywarden.trusted.xkb;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The user's Compose rules, put together of several files. libxkbcommon takes no table at all if
 * one of them has too many errors: then that one is left out.
 */
final class RulesInParts {
  /** Between two files; as the broker writes it (ComposeRules). */
  private static final Pattern SEAM = Pattern.compile("(?m)^#keywarden: another file$");

  private final XkbLibrary library;
  private final MemorySegment context;
  private final String locale;

  RulesInParts(XkbLibrary library, MemorySegment context, String locale) {
    this.library = library;
    this.context = context;
    this.locale = locale;
  }

  /** The table of all parts that are good, or NULL. */
  MemorySegment table(String rules) {
    MemorySegment all = tableOf(rules);
    if (all.address() != 0) {
      return all;
    }
    return tableOf(
        Arrays.stream(SEAM.split(rules)).filter(this::isGood).collect(Collectors.joining("\n")));
  }

  private boolean isGood(String part) {
    MemorySegment table = tableOf(part);
    if (table.address() == 0) {
      return false;
    }
    library.tableUnref(table);
    return true;
  }

  private MemorySegment tableOf(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    try (Arena own = Arena.ofConfined()) {
      return library.tableOf(
          context, own.allocateFrom(ValueLayout.JAVA_BYTE, bytes), own.allocateFrom(locale));
    }
  }
}
