package org.keywarden.broker.frontdoor.field;

import java.util.function.BiConsumer;
import org.keywarden.broker.seat.SecretBy;

/**
 * Marks a field secret, for its stay of focus, by text that it shows in place of what was typed
 * into it: one sign for each character (GTK's "invisible characters", Gecko's password character).
 * GTK 4 says of an entry that is hidden and has no purpose that it is an ordinary one, and GTK 3 of
 * one that was hidden late; the text that they tell gives it away.
 */
public final class MaskedTextMark {
  /**
   * Black circle, bullet, heavy asterisk, sixteen pointed asterisk: those GTK chooses from. The
   * plain asterisk is left out, as people type it.
   */
  private static final String SIGNS = "\u25CF\u2022\u2731\u273A";

  private final BiConsumer<SecretBy, Boolean> tell;
  private boolean masked;

  /**
   * @param tell tells the seat of the field
   */
  public MaskedTextMark(BiConsumer<SecretBy, Boolean> tell) {
    this.tell = tell;
  }

  /** Whether the field showed something else than what was typed. */
  public boolean masked() {
    return masked;
  }

  /** The field is about to gain the focus. */
  public void focus() {
    if (masked) {
      masked = false;
      tell.accept(SecretBy.MASKED_TEXT, false);
    }
  }

  /** Looks at what the field shows; keeps none of it. */
  public void look(String text) {
    if (!masked && isMasked(text)) {
      masked = true;
      tell.accept(SecretBy.MASKED_TEXT, true);
    }
  }

  /** Whether there is nothing but one and the same sign. */
  private static boolean isMasked(String text) {
    return !text.isEmpty()
        && SIGNS.indexOf(text.charAt(0)) >= 0
        && text.chars().allMatch(sign -> sign == text.charAt(0));
  }
}
