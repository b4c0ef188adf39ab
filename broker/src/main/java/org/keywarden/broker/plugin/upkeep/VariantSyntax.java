package org.keywarden.broker.plugin.upkeep;

/**
 * Checks text of a GVariant ("GVariant Text Format" of GLib) against a type. Dictionaries are
 * written with braces; there are no maybe types, no {@code %} and no byte strings.
 */
final class VariantSyntax {
  private static final int DEEPEST = 16;

  /** Any type: of what a variant holds. */
  private static final String ANY = "*";

  private final String text;
  private int at;

  private VariantSyntax(String text) {
    this.text = text;
  }

  /**
   * Checks.
   *
   * @throws Unfit naming the column, from 1
   */
  static void check(String type, String text) throws Unfit {
    VariantSyntax syntax = new VariantSyntax(text);
    syntax.value(type, 0);
    syntax.blanks();
    if (syntax.at < text.length()) {
      throw syntax.unfit("ends here");
    }
  }

  private Unfit unfit(String why) {
    return new Unfit(why + " at column " + (at + 1));
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private char next() {
    blanks();
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private void expect(char wanted) throws Unfit {
    if (next() != wanted) {
      throw unfit("'" + wanted + "' is missing");
    }
    at++;
  }

  private boolean take(char wanted) {
    boolean there = next() == wanted;
    at += there ? 1 : 0;
    return there;
  }

  private String word() {
    blanks();
    int from = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "+-._".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    return text.substring(from, at);
  }

  private void value(String type, int depth) throws Unfit {
    if (depth > DEEPEST) {
      throw unfit("nests too deep");
    }
    if (next() == '@') {
      annotated(type, depth);
      return;
    }
    switch (type.charAt(0)) {
      case '*' -> any(depth);
      case 'b' -> words(type, "true|false", "true or false");
      case 'y', 'n', 'q', 'i', 'u', 'x', 't', 'h' ->
          words(type, "[+-]?([0-9]{1,20}|0x[0-9a-fA-F]{1,16})", "a whole number");
      case 'd' -> words(type, "[+-]?[0-9]*[.]?[0-9]+([eE][+-]?[0-9]{1,3})?", "a number");
      case 's', 'o', 'g' -> string();
      case 'v' -> variant(depth);
      case '(' -> tuple(type, depth);
      case 'a' -> array(type, depth);
      default -> throw unfit("no value can be written for the type " + type);
    }
  }

  private void annotated(String type, int depth) throws Unfit {
    int from = ++at;
    while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    String said = text.substring(from, at);
    boolean isType = !said.isEmpty() && end(said, 0) == said.length();
    if (!isType || !(type.equals(ANY) || type.equals(said))) {
      throw unfit("another type than " + type);
    }
    value(said, depth + 1);
  }

  private void words(String type, String pattern, String what) throws Unfit {
    int from = at;
    String word = word();
    String named =
        switch (type.charAt(0)) {
          case 'b' -> "boolean";
          case 'y' -> "byte";
          case 'n' -> "int16";
          case 'q' -> "uint16";
          case 'i' -> "int32";
          case 'u' -> "uint32";
          case 'x' -> "int64";
          case 't' -> "uint64";
          case 'h' -> "handle";
          default -> "double";
        };
    if (!(word.equals(named) ? word() : word).matches(pattern)) {
      at = from;
      throw unfit("no " + (what.startsWith("a ") ? what.substring(2) : what));
    }
  }

  private void string() throws Unfit {
    char quote = next();
    if (quote != '\'' && quote != '"') {
      throw unfit("a quoted text is missing");
    }
    for (at++; at < text.length() && text.charAt(at) != quote; at++) {
      at += text.charAt(at) == '\\' ? 1 : 0;
    }
    expect(quote);
  }

  private void variant(int depth) throws Unfit {
    expect('<');
    value(ANY, depth + 1);
    expect('>');
  }

  private void tuple(String type, int depth) throws Unfit {
    expect('(');
    int member = 1;
    while (type.charAt(member) != ')') {
      if (member > 1) {
        expect(',');
      }
      int end = end(type, member);
      value(type.substring(member, end), depth + 1);
      member = end;
    }
    boolean ignored = take(',');
    expect(')');
  }

  private void array(String type, int depth) throws Unfit {
    if (type.charAt(1) != '{') {
      expect('[');
      while (!take(']')) {
        value(type.substring(1), depth + 1);
        if (next() != ']') {
          expect(',');
        }
      }
      return;
    }
    int middle = end(type, 2);
    expect('{');
    while (!take('}')) {
      value(type.substring(2, middle), depth + 1);
      expect(':');
      value(type.substring(middle, type.length() - 1), depth + 1);
      if (next() != '}') {
        expect(',');
      }
    }
  }

  /** A value that says itself what it is. */
  private void any(int depth) throws Unfit {
    switch (next()) {
      case '\'', '"' -> string();
      case '<' -> variant(depth);
      case '[' -> array("a*", depth);
      case '{' -> array("a{**}", depth);
      case '(' -> {
        expect('(');
        while (!take(')')) {
          value(ANY, depth + 1);
          if (next() != ')') {
            expect(',');
          }
        }
      }
      default -> {
        String word = word();
        if (word.matches("(u?int(16|32|64)|byte|double|boolean|handle)")) {
          word = word();
        }
        if (!word.matches("true|false|[+-]?[0-9][0-9a-fA-FxX.eE+-]*")) {
          throw unfit("no value");
        }
      }
    }
  }

  /** Where the single complete type that begins here ends; -1 if it is none. */
  private static int end(String type, int from) {
    if (from >= type.length()) {
      return -1;
    }
    char first = type.charAt(from);
    if ("bynqiuxthdsogv*".indexOf(first) >= 0) {
      return from + 1;
    }
    if (first == 'a') {
      return end(type, from + 1);
    }
    char close = first == '(' ? ')' : '}';
    if (first != '(' && first != '{') {
      return -1;
    }
    int at = from + 1;
    while (at > 0 && at < type.length() && type.charAt(at) != close) {
      at = end(type, at);
    }
    return at > 0 && at < type.length() ? at + 1 : -1;
  }
}
