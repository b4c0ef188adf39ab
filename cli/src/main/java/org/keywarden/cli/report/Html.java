package org.keywarden.cli.report;

import java.util.List;
import java.util.Locale;
import org.keywarden.cli.console.Text;

/**
 * Writes HTML. What goes through {@link #text} stays text: it can neither end an element or an
 * attribute, nor turn the direction of what follows, nor make the page long.
 */
final class Html {
  /** Characters of a text that are shown. */
  static final int LONGEST = 120;

  private static final int LONGEST_SENTENCE = 400;
  private static final int MOST_LINES = 40;

  private final StringBuilder page = new StringBuilder(1 << 16);

  /**
   * Adds markup as it is.
   *
   * @param markup a constant of this program; a caller that puts anything else here is wrong
   */
  Html raw(String markup) {
    page.append(markup);
    return this;
  }

  /** Adds text from anywhere. */
  Html text(String text) {
    page.append(escaped(text));
    return this;
  }

  /** Adds a number as people read it. */
  Html number(long number) {
    page.append(String.format(Locale.ROOT, "%,d", number));
    return this;
  }

  /** Adds a number that a program can find again by its id. */
  Html data(String id, long number) {
    return raw("<data id=\"")
        .raw(id)
        .raw("\" value=\"" + number + "\">")
        .number(number)
        .raw("</data>");
  }

  /** Adds an element with text in it. */
  Html element(String name, String text) {
    return raw("<").raw(name).raw(">").text(text).raw("</").raw(name).raw(">");
  }

  /** Adds a sentence of the verifier, which quotes the log. */
  Html sentence(String text) {
    page.append(escaped(text, LONGEST_SENTENCE));
    return this;
  }

  /** Adds lines of text. */
  Html lines(List<String> lines) {
    lines.stream()
        .limit(MOST_LINES)
        .forEach(line -> raw(escaped(line, LONGEST_SENTENCE)).raw("\n"));
    return lines.size() > MOST_LINES ? raw("…\n") : this;
  }

  /** Begins a section with a heading, both constants of this program. */
  void section(String id, String title) {
    raw("<section id=\"").raw(id).raw("\">\n<h2>").raw(title).raw("</h2>\n");
  }

  static String escaped(String text) {
    return escaped(text, LONGEST);
  }

  private static String escaped(String text, int longest) {
    int length = text.codePointCount(0, text.length());
    String shown =
        length <= longest
            ? text
            : text.substring(0, text.offsetByCodePoints(0, longest))
                + "… ("
                + length
                + " characters)";
    StringBuilder safe = new StringBuilder(shown.length());
    Text.visible(shown)
        .codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(point);
              }
            });
    return safe.toString();
  }

  @Override
  public String toString() {
    return page.toString();
  }
}
