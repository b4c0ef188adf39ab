package org.keywarden.ibus.object;

import java.util.ArrayList;
import java.util.List;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Type;
import org.keywarden.ibus.wire.Value;

/**
 * An item of an engine's menu.
 *
 * @param kind {@link #NORMAL} to {@link #SEPARATOR}
 * @param state {@link #UNCHECKED}, {@link #CHECKED}, or 2 for neither
 * @param children of a menu
 */
public record IbusProperty(
    String key,
    int kind,
    IbusText label,
    String icon,
    IbusText tooltip,
    boolean sensitive,
    boolean visible,
    int state,
    List<IbusProperty> children,
    IbusText symbol) {
  // Kinds.
  public static final int NORMAL = 0;
  public static final int TOGGLE = 1;
  public static final int RADIO = 2;
  public static final int MENU = 3;
  public static final int SEPARATOR = 4;

  // States.
  public static final int UNCHECKED = 0;
  public static final int CHECKED = 1;

  private static final String NAME = "IBusProperty";
  private static final String LIST = "IBusPropList";
  private static final int DEEPEST_MENU = 8;

  public IbusProperty {
    children = List.copyOf(children);
  }

  public static IbusProperty from(Value value) throws Malformed {
    return from(value, 0);
  }

  /** Reads an IBusPropList. */
  public static List<IbusProperty> listFrom(Value value) throws Malformed {
    return listFrom(value, 0);
  }

  private static IbusProperty from(Value value, int depth) throws Malformed {
    Members members = Members.of(NAME, value);
    return new IbusProperty(
        members.text(),
        members.unsigned(),
        IbusText.from(members.value()),
        members.text(),
        IbusText.from(members.value()),
        members.bool(),
        members.bool(),
        members.unsigned(),
        listFrom(members.value(), depth + 1),
        members.hasNext() ? IbusText.from(members.value()) : IbusText.plain(""));
  }

  private static List<IbusProperty> listFrom(Value value, int depth) throws Malformed {
    if (depth > DEEPEST_MENU) {
      throw new Malformed("menus nest deeper than " + DEEPEST_MENU);
    }
    List<IbusProperty> properties = new ArrayList<>();
    for (Value each : Members.of(LIST, value).list()) {
      properties.add(from(each, depth));
    }
    return properties;
  }

  public Value toValue() {
    List<Value> members = Members.begin(NAME);
    members.add(new Value.Str(key));
    members.add(new Value.UInt32(kind));
    members.add(label.toVariant());
    members.add(new Value.Str(icon));
    members.add(tooltip.toVariant());
    members.add(new Value.Bool(sensitive));
    members.add(new Value.Bool(visible));
    members.add(new Value.UInt32(state));
    members.add(new Value.Variant(listToValue(children)));
    members.add(symbol.toVariant());
    return new Value.Struct(members);
  }

  /** Writes an IBusPropList. */
  public static Value listToValue(List<IbusProperty> properties) {
    List<Value> members = Members.begin(LIST);
    members.add(
        new Value.Array(
            Type.Variant.VARIANT,
            properties.stream().<Value>map(each -> new Value.Variant(each.toValue())).toList()));
    return new Value.Struct(members);
  }
}
