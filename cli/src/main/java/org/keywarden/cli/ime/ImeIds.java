package org.keywarden.cli.ime;

import java.util.Iterator;
import java.util.List;

/** Completes ids of input methods: the shell asks the broker when it needs them. */
public final class ImeIds implements Iterable<String> {
  private static final String ASKED = "$(keywarden ime list --all --ids 2>/dev/null)";

  /** Ids have colons, at which bash would begin another word. */
  private static final String WHOLE_WORDS = "COMP_WORDBREAKS=${COMP_WORDBREAKS//:}\n";

  /** Returns the completion script of bash with ids as words of their own. */
  public static String unquoted(String script) {
    int second = script.indexOf('\n') + 1;
    return script.substring(0, second)
        + WHOLE_WORDS
        + unquoted(unquoted(script.substring(second), ASKED), ImeKeys.ASKED);
  }

  private static String unquoted(String script, String asked) {
    return script.replace("(\"" + asked + "\")", "(" + asked + ")");
  }

  @Override
  public Iterator<String> iterator() {
    return List.of(ASKED).iterator();
  }
}
