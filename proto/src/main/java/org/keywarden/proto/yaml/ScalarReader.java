package org.keywarden.proto.yaml;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns a scalar into a field's value without converting between types. */
final class ScalarReader {
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,19})");
  private static final Pattern DECIMAL =
      Pattern.compile("-?(0|[1-9][0-9]{0,19})([.][0-9]{1,20})?([eE][+-]?[0-9]{1,3})?");
  private static final BigInteger UNSIGNED_INT_MAX = BigInteger.valueOf(0xFFFFFFFFL);
  private static final BigInteger UNSIGNED_LONG_MAX =
      BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private ScalarReader() {}

  static Object read(ScalarNode node, FieldDescriptor field) throws WrongScalar {
    return switch (field.getType()) {
      case STRING -> text(node);
      case BOOL -> bool(node);
      case ENUM -> enumValue(node, field.getEnumType());
      case INT32, SINT32, SFIXED32 ->
          integer(
                  node,
                  BigInteger.valueOf(Integer.MIN_VALUE),
                  BigInteger.valueOf(Integer.MAX_VALUE))
              .intValue();
      case UINT32, FIXED32 -> integer(node, BigInteger.ZERO, UNSIGNED_INT_MAX).intValue();
      case INT64, SINT64, SFIXED64 ->
          integer(node, BigInteger.valueOf(Long.MIN_VALUE), BigInteger.valueOf(Long.MAX_VALUE))
              .longValue();
      case UINT64, FIXED64 -> integer(node, BigInteger.ZERO, UNSIGNED_LONG_MAX).longValue();
      case DOUBLE -> decimal(node).doubleValue();
      case FLOAT -> decimal(node).floatValue();
      case BYTES, MESSAGE, GROUP ->
          throw new IllegalArgumentException("not a scalar that is read: " + field.getFullName());
    };
  }

  private static String text(ScalarNode node) throws WrongScalar {
    if (node.isPlain() && !node.getTag().equals(Tag.STR)) {
      throw new WrongScalar(
          "must be text, but YAML reads "
              + MessageReader.quote(node.getValue())
              + " as something else; put it in quotes");
    }
    return node.getValue();
  }

  private static boolean bool(ScalarNode node) throws WrongScalar {
    String value = node.getValue();
    if (node.isPlain() && (value.equals("true") || value.equals("false"))) {
      return value.equals("true");
    }
    throw new WrongScalar("must be true or false, without quotes");
  }

  private static BigInteger integer(ScalarNode node, BigInteger least, BigInteger most)
      throws WrongScalar {
    if (!node.isPlain() || !INTEGER.matcher(node.getValue()).matches()) {
      throw new WrongScalar("must be a whole number in decimal digits, without quotes");
    }
    BigInteger value = new BigInteger(node.getValue());
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new WrongScalar("must be from " + least + " to " + most);
    }
    return value;
  }

  private static BigDecimal decimal(ScalarNode node) throws WrongScalar {
    if (!node.isPlain() || !DECIMAL.matcher(node.getValue()).matches()) {
      throw new WrongScalar("must be a number in decimal digits, without quotes");
    }
    BigDecimal value = new BigDecimal(node.getValue());
    if (!Float.isFinite(value.floatValue())) {
      throw new WrongScalar("is too large");
    }
    return value;
  }

  private static EnumValueDescriptor enumValue(ScalarNode node, EnumDescriptor type)
      throws WrongScalar {
    Map<String, EnumValueDescriptor> known = new LinkedHashMap<>();
    String prefix = prefix(type);
    for (EnumValueDescriptor value : type.getValues()) {
      if (value.getNumber() != 0 || !value.getName().endsWith("_UNSPECIFIED")) {
        known.put(shortName(value.getName(), prefix), value);
      }
    }
    String word = node.getValue();
    EnumValueDescriptor found = known.get(word);
    if (found == null && word.startsWith(prefix)) {
      found = known.get(shortName(word, prefix));
    }
    if (found != null) {
      return found;
    }
    throw new WrongScalar(
        "cannot be "
            + MessageReader.quote(word)
            + Nearest.to(word, known.keySet())
                .map(near -> "; did you mean \"" + near + "\"?")
                .orElse("; it is one of " + String.join(", ", known.keySet())));
  }

  /** {@code RIGHT_} for {@code Right}, {@code PREEDIT_END_} for {@code PreeditEnd}. */
  private static String prefix(EnumDescriptor type) {
    return type.getName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toUpperCase(Locale.ROOT) + "_";
  }

  private static String shortName(String name, String prefix) {
    String rest = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    return rest.toLowerCase(Locale.ROOT);
  }
}
