package org.keywarden.broker.plugin.upkeep;

import java.math.BigInteger;
import java.util.Map;

/** A setting's value, as people type it and as GVariant writes it. */
final class SettingText {
  private static final int LONGEST = 16 * 1024;

  /** Of integers of the types of D-Bus. */
  private record Range(BigInteger least, BigInteger most) {
    static Range signed(int bits) {
      BigInteger over = BigInteger.ONE.shiftLeft(bits - 1);
      return new Range(over.negate(), over.subtract(BigInteger.ONE));
    }

    static Range unsigned(int bits) {
      return new Range(BigInteger.ZERO, BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE));
    }
  }

  private static final Map<String, Range> INTEGERS =
      Map.of(
          "y", Range.unsigned(8),
          "n", Range.signed(16),
          "q", Range.unsigned(16),
          "i", Range.signed(32),
          "u", Range.unsigned(32),
          "x", Range.signed(64),
          "t", Range.unsigned(64));

  private SettingText() {}

  /**
   * Returns GVariant text of what was typed: a text without quotes, a number, {@code true} or
   * {@code false}; of all other types GVariant text.
   *
   * @throws Unfit saying what would fit
   */
  static String of(SettingKey key, String typed) throws Unfit {
    if (typed.length() > LONGEST || typed.chars().anyMatch(Character::isISOControl)) {
      throw new Unfit(
          key.name() + ": a value has at most " + LONGEST + " characters, none of control");
    }
    boolean fits =
        switch (key.type()) {
          case "b" -> typed.equals("true") || typed.equals("false");
          case "s" -> key.choices().isEmpty() || key.choices().contains(typed);
          case "d" -> isWithin(key, typed);
          default -> !INTEGERS.containsKey(key.type()) || isWithin(key, typed);
        };
    if (!fits) {
      throw new Unfit(key.name() + ": '" + typed + "' does not fit; it is " + fitting(key));
    }
    if (key.type().equals("s")) {
      return quoted(typed);
    }
    try {
      VariantSyntax.check(key.type(), typed);
    } catch (Unfit e) {
      throw new Unfit(
          key.name()
              + ": '"
              + typed
              + "' does not fit, "
              + e.getMessage()
              + "; it is "
              + fitting(key));
    }
    return typed;
  }

  private static boolean isWithin(SettingKey key, String typed) {
    try {
      if (key.type().equals("d")) {
        double value = Double.parseDouble(typed);
        return Double.isFinite(value)
            && (key.minimum().isEmpty() || value >= Double.parseDouble(key.minimum()))
            && (key.maximum().isEmpty() || value <= Double.parseDouble(key.maximum()));
      }
      Range range = range(key);
      BigInteger value = new BigInteger(typed);
      return value.compareTo(range.least()) >= 0 && value.compareTo(range.most()) <= 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static Range range(SettingKey key) {
    Range all = INTEGERS.getOrDefault(key.type(), Range.signed(32));
    return new Range(
        key.minimum().isEmpty() ? all.least() : new BigInteger(key.minimum()),
        key.maximum().isEmpty() ? all.most() : new BigInteger(key.maximum()));
  }

  /** Says what a key may be. */
  static String fitting(SettingKey key) {
    if (!key.choices().isEmpty()) {
      return "one of: " + String.join(", ", key.choices());
    }
    return switch (key.type()) {
      case "b" -> "true or false";
      case "s" -> "any text";
      case "d" -> "a number" + bounds(key);
      case "y", "n", "q", "i", "u", "x", "t" ->
          key.minimum().isEmpty() && key.maximum().isEmpty()
              ? "a whole number of " + bits(key) + " bits"
              : "a whole number" + bounds(key);
      default -> "GVariant text of the type " + key.type();
    };
  }

  private static String bounds(SettingKey key) {
    return (key.minimum().isEmpty() ? "" : " from " + key.minimum())
        + (key.maximum().isEmpty() ? "" : " to " + key.maximum());
  }

  private static int bits(SettingKey key) {
    Range range = range(key);
    return range.most().bitLength() + (range.least().signum() < 0 ? 1 : 0);
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** Returns what people read: a text without its quotes, all else as it is. */
  static String shown(SettingKey key, String variant) {
    String text = variant.strip();
    boolean isQuoted =
        key.type().equals("s")
            && text.length() >= 2
            && (text.charAt(0) == '\'' || text.charAt(0) == '"')
            && text.charAt(text.length() - 1) == text.charAt(0);
    if (!isQuoted) {
      return text.replaceAll("\\s+", " ");
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 1; i < text.length() - 1; i++) {
      if (text.charAt(i) == '\\' && i + 1 < text.length() - 1) {
        i++;
      }
      plain.append(text.charAt(i));
    }
    return plain.toString();
  }
}
