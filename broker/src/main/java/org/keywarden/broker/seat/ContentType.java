package org.keywarden.broker.seat;

import java.util.Set;

/**
 * What a field says of itself.
 *
 * @param markedSecret the application's own flag, or an outside signal such as a terminal with echo
 *     off
 */
public record ContentType(Purpose purpose, Set<Hint> hints, boolean markedSecret) {
  public ContentType {
    hints = Set.copyOf(hints);
  }

  /** Whether any marker says that what is typed is secret. */
  public boolean secret() {
    return markedSecret
        || hints.contains(Hint.HIDDEN_TEXT)
        || hints.contains(Hint.SENSITIVE)
        || switch (purpose) {
          case UNKNOWN, PASSWORD, PIN -> true;
          case FREE_FORM,
              ALPHA,
              DIGITS,
              NUMBER,
              PHONE,
              URL,
              EMAIL,
              NAME,
              TERMINAL,
              DATE,
              TIME,
              DATETIME ->
              false;
        };
  }
}
