package org.keywarden.ibus.bus;

import java.util.List;
import org.keywarden.ibus.wire.Type;
import org.keywarden.ibus.wire.Value;

/** Answers of {@code org.freedesktop.DBus.Properties}. */
public final class Properties {
  public static final String INTERFACE = "org.freedesktop.DBus.Properties";

  private static final Type ENTRY = new Type.Entry(Type.Basic.STRING, Type.Variant.VARIANT);

  private Properties() {}

  /** No properties. */
  public static Value none() {
    return new Value.Array(ENTRY, List.of());
  }

  /** One property. */
  public static Value one(String name, Value value) {
    return new Value.Array(
        ENTRY, List.of(new Value.Entry(new Value.Str(name), new Value.Variant(value))));
  }
}
