package org.keywarden.broker.frontdoor.ibus.context;

import java.util.ArrayList;
import java.util.List;
import org.keywarden.ibus.object.IbusText;
import org.keywarden.ibus.wire.Type;
import org.keywarden.ibus.wire.Value;

/**
 * What a key of a synchronous client caused, for the client to fetch after the key's answer (IBus
 * 1.5.29, {@code PostProcessKeyEvent}).
 */
final class PostProcessQueue {
  /** As in ibus-daemon (bus/inputcontext.c). */
  private static final int MOST_ITEMS = 30;

  private static final Type ITEM = new Type.Struct(List.of(Type.Basic.BYTE, Type.Variant.VARIANT));

  private final List<Value> items = new ArrayList<>();

  /**
   * Adds what one edit is made of.
   *
   * @return false, and nothing is added, if it is full
   */
  boolean add(char kind, List<IbusText> texts) {
    if (items.size() + texts.size() > MOST_ITEMS) {
      return false;
    }
    for (IbusText text : texts) {
      items.add(Value.Struct.of(new Value.Byte((byte) kind), text.toVariant()));
    }
    return true;
  }

  /** Everything, as {@code a(yv)}; empties it. */
  Value take() {
    Value all = new Value.Array(ITEM, items);
    items.clear();
    return all;
  }
}
