package org.keywarden.broker.frontdoor.ibus.context;

import java.util.EnumSet;
import java.util.Set;
import org.keywarden.broker.seat.ContentType;
import org.keywarden.broker.seat.Hint;
import org.keywarden.broker.seat.Purpose;

/** IBus's purposes and hints (ibustypes.h: IBusInputPurpose, IBusInputHints) as the seat's. */
public final class ContentTypes {
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
    Purpose.TERMINAL,
    Purpose.DATE,
    Purpose.TIME,
    Purpose.DATETIME
  };

  private ContentTypes() {}

  /**
   * @param purpose one we do not know counts as secret
   */
  public static ContentType of(int purpose, int hints) {
    Set<Hint> known = EnumSet.noneOf(Hint.class);
    add(known, hints, 0, Hint.SPELLCHECK);
    add(known, hints, 2, Hint.COMPLETION);
    add(known, hints, 11, Hint.PRIVATE);
    add(known, hints, 12, Hint.HIDDEN_TEXT);
    add(known, hints, 13, Hint.LATIN);
    add(known, hints, 14, Hint.MULTILINE);
    boolean of = purpose >= 0 && purpose < PURPOSES.length;
    return new ContentType(of ? PURPOSES[purpose] : Purpose.UNKNOWN, known, false);
  }

  private static void add(Set<Hint> to, int hints, int bit, Hint hint) {
    if ((hints >>> bit & 1) == 1) {
      to.add(hint);
    }
  }
}
