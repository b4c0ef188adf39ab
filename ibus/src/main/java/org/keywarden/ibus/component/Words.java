package org.keywarden.ibus.component;

import java.util.ArrayList;
import java.util.List;

/** A command line as words, by a shell's rules of quoting and none of its others. */
public final class Words {
  private Words() {}

  /**
   * @throws BadComponent if a quote is not closed
   */
  public static List<String> of(String line) throws BadComponent {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char each = line.charAt(i);
      if (each == '\\' && quote != '\'' && i + 1 < line.length()) {
        char next = line.charAt(++i);
        if (quote == '"' && "\"\\$`".indexOf(next) < 0) {
          word.append('\\');
        }
        word.append(next);
        inWord = true;
      } else if (quote != 0) {
        if (each == quote) {
          quote = 0;
        } else {
          word.append(each);
        }
      } else if (each == '"' || each == '\'') {
        quote = each;
        inWord = true;
      } else if (Character.isWhitespace(each)) {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
          inWord = false;
        }
      } else {
        word.append(each);
        inWord = true;
      }
    }
    if (quote != 0) {
      throw new BadComponent("a command line has a quote that is not closed");
    }
    if (inWord) {
      words.add(word.toString());
    }
    return List.copyOf(words);
  }
}
