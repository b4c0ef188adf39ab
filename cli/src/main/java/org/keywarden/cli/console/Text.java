package org.keywarden.cli.console;

import java.lang.Character.UnicodeScript;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.keywarden.proto.text.VisibleText;

/**
 * Text as a terminal may show it: what others wrote can neither move the cursor nor forge a line.
 */
public final class Text {
  private Text() {}

  /** Returns the text as {@link VisibleText} shows it. */
  public static String visible(String text) {
    return VisibleText.of(text);
  }

  /** Returns a text of several lines, each visible and all but the first indented. */
  public static String visibleLines(String text) {
    List<String> lines = text.lines().map(Text::visible).toList();
    return String.join(System.lineSeparator() + "  ", lines);
  }

  /** Returns JSON that means the same and holds no character that acts, line feeds apart. */
  public static String visibleJson(String json) {
    StringBuilder shown = new StringBuilder(json.length());
    json.codePoints()
        .forEach(
            point -> {
              if (point == '\n' || !VisibleText.acts(point)) {
                shown.appendCodePoint(point);
              } else {
                for (char unit : Character.toChars(point)) {
                  shown.append("\\u").append(HexFormat.of().toHexDigits(unit));
                }
              }
            });
    return shown.toString();
  }

  /** Returns how many columns a terminal gives the text. */
  static int columns(String text) {
    return text.codePoints().map(Text::columns).sum();
  }

  /** Returns an enum value without its prefix, in lower case with blanks. */
  public static String plain(Enum<?> value, String prefix) {
    String name = value.name();
    String rest = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    return rest.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static int columns(int point) {
    int type = Character.getType(point);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    // Fullwidth forms and the blocks of CJK punctuation belong to no script (UAX #11).
    if (point >= 0x3000 && point <= 0x303e || point >= 0xff01 && point <= 0xff60) {
      return 2;
    }
    if (point >= 0xff61 && point <= 0xffdc) {
      return 1;
    }
    return switch (UnicodeScript.of(point)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO -> 2;
      default -> 1;
    };
  }
}
