package org.keywarden.engine.host;

import org.keywarden.ibus.wire.Value;
import org.keywarden.ime.FieldInfo;
import org.keywarden.ime.Hint;
import org.keywarden.ime.Purpose;

/** IBus's numbers for what a field is for (ibustypes.h, IBusInputPurpose and IBusInputHints). */
final class ContentTypes {
  private static final int SPELLCHECK = 1;
  private static final int COMPLETION = 1 << 2;
  private static final int PRIVATE = 1 << 11;
  private static final int LATIN = 1 << 13;
  private static final int MULTILINE = 1 << 14;

  private ContentTypes() {}

  static Value of(FieldInfo field) {
    int hints = field.learning() ? 0 : PRIVATE;
    for (Hint hint : field.hints()) {
      hints |=
          switch (hint) {
            case PRIVATE -> PRIVATE;
            case MULTILINE -> MULTILINE;
            case LATIN -> LATIN;
            case SPELLCHECK -> SPELLCHECK;
            case COMPLETION -> COMPLETION;
          };
    }
    return Value.Struct.of(new Value.UInt32(purpose(field.purpose())), new Value.UInt32(hints));
  }

  private static int purpose(Purpose purpose) {
    return switch (purpose) {
      case OTHER, FREE_FORM -> 0;
      case ALPHA -> 1;
      case DIGITS -> 2;
      case NUMBER -> 3;
      case PHONE -> 4;
      case URL -> 5;
      case EMAIL -> 6;
      case NAME -> 7;
      case TERMINAL -> 10;
      case DATE -> 11;
      case TIME -> 12;
      case DATETIME -> 13;
    };
  }
}
