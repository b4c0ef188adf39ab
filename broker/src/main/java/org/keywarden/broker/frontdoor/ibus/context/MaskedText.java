package org.keywarden.broker.frontdoor.ibus.context;

/**
 * Text that a field shows in place of what was typed into it: one sign for each character (GTK's
 * "invisible characters", Gecko's password character). GTK 4 says of an entry that is hidden and
 * has no purpose that it is an ordinary one, and GTK 3 of one that was hidden late; the text that
 * they tell gives it away.
 */
final class MaskedText {
  /**
   * Black circle, bullet, heavy asterisk, sixteen pointed asterisk: those GTK chooses from. The
   * plain asterisk is left out, as people type it.
   */
  private static final String SIGNS = "\u25CF\u2022\u2731\u273A";

  private MaskedText() {}

  /** Whether there is nothing but one and the same sign. */
  static boolean is(String text) {
    return !text.isEmpty()
        && SIGNS.indexOf(text.charAt(0)) >= 0
        && text.chars().allMatch(sign -> sign == text.charAt(0));
  }
}
