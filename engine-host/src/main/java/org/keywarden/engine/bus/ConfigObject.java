package org.keywarden.engine.bus;

import java.util.List;
import java.util.Map;
import org.keywarden.ibus.bus.Errors;
import org.keywarden.ibus.bus.Properties;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Type;
import org.keywarden.ibus.wire.Value;

/**
 * {@code org.freedesktop.IBus.Config}, the store of settings of old: values that never change. Some
 * engines do not start unless somebody owns its name.
 */
public final class ConfigObject {
  static final String NAME = "org.freedesktop.IBus.Config";
  static final String OWNER = ":1.1";

  private final Map<String, Map<String, Value>> sections;

  /**
   * @param sections values by section and name
   */
  public ConfigObject(Map<String, Map<String, Value>> sections) {
    this.sections = Map.copyOf(sections);
  }

  Message answer(Message call) {
    return switch (call.member() + " " + call.signature()) {
      case "GetValue ss" -> {
        Value value = section(call).get(text(call, 1));
        yield value == null
            ? Errors.failed(call, "no such value")
            : call.reply(new Value.Variant(value));
      }
      case "GetValues s" -> call.reply(all(section(call)));
      // Settings are the profile's; an engine that stores some goes on.
      case "SetValue ssv", "UnsetValue ss" -> call.reply();
      case "GetAll s" -> call.reply(Properties.none());
      default -> Errors.unknownMethod(call);
    };
  }

  private Map<String, Value> section(Message call) {
    return sections.getOrDefault(text(call, 0), Map.of());
  }

  private static String text(Message call, int at) {
    return call.body().get(at) instanceof Value.Str text ? text.value() : "";
  }

  private static Value all(Map<String, Value> values) {
    List<Value> entries =
        values.entrySet().stream()
            .<Value>map(
                each ->
                    new Value.Entry(
                        new Value.Str(each.getKey()), new Value.Variant(each.getValue())))
            .toList();
    return new Value.Array(new Type.Entry(Type.Basic.STRING, Type.Variant.VARIANT), entries);
  }
}
