package org.keywarden.ibus.object;

import java.util.ArrayList;
import java.util.List;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Type;
import org.keywarden.ibus.wire.Value;

/** A text and how it looks. {@code toString} leaves the text out. */
public record IbusText(String text, List<IbusAttribute> attributes) {
  private static final String NAME = "IBusText";
  private static final String LIST = "IBusAttrList";
  private static final int MOST_ATTRIBUTES = 1024;
  private static final Value.Variant NO_ATTRIBUTES = attributes(List.of());

  public IbusText {
    attributes = List.copyOf(attributes);
  }

  /** A text without attributes. */
  public static IbusText plain(String text) {
    return new IbusText(text, List.of());
  }

  /**
   * @throws Malformed if it is no text or has more than 1024 attributes
   */
  public static IbusText from(Value value) throws Malformed {
    Members members = Members.of(NAME, value);
    String text = members.text();
    List<Value> list = Members.of(LIST, members.value()).list();
    if (list.size() > MOST_ATTRIBUTES) {
      throw new Malformed("an IBusText has more than " + MOST_ATTRIBUTES + " attributes");
    }
    List<IbusAttribute> attributes = new ArrayList<>();
    for (Value each : list) {
      attributes.add(IbusAttribute.from(each));
    }
    return new IbusText(text, attributes);
  }

  static List<IbusText> list(List<Value> values) throws Malformed {
    List<IbusText> texts = new ArrayList<>();
    for (Value each : values) {
      texts.add(from(each));
    }
    return texts;
  }

  static Value.Array array(List<IbusText> texts) {
    return new Value.Array(
        Type.Variant.VARIANT, texts.stream().<Value>map(IbusText::toVariant).toList());
  }

  public Value toValue() {
    return Members.object(
        NAME, new Value.Str(text), attributes.isEmpty() ? NO_ATTRIBUTES : attributes(attributes));
  }

  private static Value.Variant attributes(List<IbusAttribute> attributes) {
    return new Value.Variant(
        Members.object(
            LIST,
            new Value.Array(
                Type.Variant.VARIANT,
                attributes.stream()
                    .<Value>map(each -> new Value.Variant(each.toValue()))
                    .toList())));
  }

  /** As it stands in arguments and lists. */
  public Value.Variant toVariant() {
    return new Value.Variant(toValue());
  }

  @Override
  public String toString() {
    return "IbusText[]";
  }
}
