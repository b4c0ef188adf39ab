package org.keywarden.trusted.xkb;

import java.util.Map;
import java.util.Set;

/** Which locale's Compose table applies. Stateless; any thread. */
public final class ComposeLocale {
  /**
   * The table that knows the most sequences; what X11 uses wherever a locale has none of its own.
   */
  public static final String FALLBACK = "en_US.UTF-8";

  private static final Set<String> WITHOUT_TABLE = Set.of("C", "POSIX", "C.UTF-8", "C.utf8");

  private ComposeLocale() {}

  /**
   * The locale that {@code LC_ALL}, {@code LC_CTYPE} and {@code LANG} name, the first that is set
   * and not empty (POSIX.1-2024, 8.2); {@link #FALLBACK} if none is or it is one without a
   * language.
   */
  public static String of(Map<String, String> environment) {
    for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        return WITHOUT_TABLE.contains(value) ? FALLBACK : value;
      }
    }
    return FALLBACK;
  }
}
