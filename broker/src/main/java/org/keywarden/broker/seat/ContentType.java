package org.keywarden.broker.seat;

import java.util.Set;

/**
 * What an application says of its field.
 *
 * @param markedSecret its own flag
 */
public record ContentType(Purpose purpose, Set<Hint> hints, boolean markedSecret) {
  public ContentType {
    hints = Set.copyOf(hints);
  }

  /** Whether it says that what is typed is secret. */
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
