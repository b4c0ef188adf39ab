package org.keywarden.broker.frontdoor.wayland;

import java.util.EnumSet;
import java.util.Set;
import org.keywarden.broker.seat.ContentType;
import org.keywarden.broker.seat.Hint;
import org.keywarden.broker.seat.Purpose;

/** Purposes and hints of text inputs (text-input-unstable-v3.xml) as the seat's. */
final class WaylandTypes {
  private static final Purpose[] PURPOSES = {
    Purpose.FREE_FORM,
    Purpose.ALPHA,
    Purpose.DIGITS,
    Purpose.NUMBER,
    Purpose.PHONE,
    Purpose.URL,
    Purpose.EMAIL,
    Purpose.NAME,
    Purpose.PASSWORD,
    Purpose.PIN,
    Purpose.DATE,
    Purpose.TIME,
    Purpose.DATETIME,
    Purpose.TERMINAL
  };

  private static final int COMPLETION = 1;
  private static final int SPELLCHECK = 1 << 1;
  private static final int HIDDEN_TEXT = 1 << 6;
  private static final int SENSITIVE_DATA = 1 << 7;
  private static final int LATIN = 1 << 8;
  private static final int MULTILINE = 1 << 9;

  /** Of a text input that has said nothing. */
  static final ContentType NOTHING_SAID = of(0, 0);

  private WaylandTypes() {}

  /**
   * @param purpose one we do not know counts as secret
   */
  static ContentType of(int hints, int purpose) {
    Set<Hint> known = EnumSet.noneOf(Hint.class);
    add(known, hints, COMPLETION, Hint.COMPLETION);
    add(known, hints, SPELLCHECK, Hint.SPELLCHECK);
    add(known, hints, HIDDEN_TEXT, Hint.HIDDEN_TEXT);
    add(known, hints, SENSITIVE_DATA, Hint.SENSITIVE);
    add(known, hints, LATIN, Hint.LATIN);
    add(known, hints, MULTILINE, Hint.MULTILINE);
    boolean of = purpose >= 0 && purpose < PURPOSES.length;
    return new ContentType(of ? PURPOSES[purpose] : Purpose.UNKNOWN, known, false);
  }

  private static void add(Set<Hint> to, int hints, int bit, Hint hint) {
    if ((hints & bit) != 0) {
      to.add(hint);
    }
  }
}
