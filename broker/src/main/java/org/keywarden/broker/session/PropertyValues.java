package org.keywarden.broker.session;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keywarden.ibus.wire.Value;

/** What is in the values of {@code org.freedesktop.DBus.Properties}. */
final class PropertyValues {
  private PropertyValues() {}

  /** The property of that name if it is there and a truth, else null. */
  static @Nullable Boolean truth(Value properties, String name) {
    return truth(of(properties, name));
  }

  /** The answer to {@code Get} if it is a truth, else null. */
  static @Nullable Boolean single(List<Value> body) {
    return body.size() == 1 ? truth(body.getFirst()) : null;
  }

  private static @Nullable Boolean truth(@Nullable Value property) {
    return property instanceof Value.Variant variant && variant.value() instanceof Value.Bool truth
        ? (Boolean) truth.value()
        : null;
  }

  static boolean has(Value properties, String name) {
    return of(properties, name) != null;
  }

  private static @Nullable Value of(Value properties, String name) {
    if (properties instanceof Value.Array all) {
      for (Value each : all.elements()) {
        if (each instanceof Value.Entry entry && entry.key().equals(new Value.Str(name))) {
          return entry.value();
        }
      }
    }
    return null;
  }

  /** Whether a list of names has that one. */
  static boolean names(Value list, String name) {
    return list instanceof Value.Array all && all.elements().contains(new Value.Str(name));
  }
}
