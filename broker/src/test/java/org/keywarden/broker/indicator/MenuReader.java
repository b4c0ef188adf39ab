package org.keywarden.broker.indicator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.keywarden.broker.bus.BusPeer;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Type;
import org.keywarden.ibus.wire.Value;

/** Reads the menu of an item as a tray does, and clicks. */
final class MenuReader {
  private final BusPeer peer;
  private final String item;

  MenuReader(BusPeer peer, String item) {
    this.peer = peer;
    this.item = item;
  }

  Message menu(String member, Value... body) throws IOException {
    return peer.answer(
        peer.send(Message.call(item, DbusMenu.PATH, DbusMenu.INTERFACE, member, body)));
  }

  Message layout() throws IOException {
    return menu(
        "GetLayout",
        new Value.Int32(0),
        new Value.Int32(-1),
        new Value.Array(Type.Basic.STRING, List.of()));
  }

  Message click(int number) throws IOException {
    return menu(
        "Event",
        new Value.Int32(number),
        new Value.Str("clicked"),
        new Value.Variant(new Value.Int32(0)),
        new Value.UInt32(0));
  }

  /** What a reader sees of an entry. */
  record Seen(int number, String label, boolean enabled, boolean checked) {}

  List<Seen> entries() throws IOException {
    List<Seen> found = new ArrayList<>();
    collect(layout().body().get(1), found);
    return found;
  }

  private static void collect(Value entry, List<Seen> found) {
    List<Value> parts = ((Value.Struct) entry).members();
    String label = "";
    boolean enabled = false;
    boolean checked = false;
    for (Value each : ((Value.Array) parts.get(1)).elements()) {
      Value.Entry fact = (Value.Entry) each;
      Value value = ((Value.Variant) fact.value()).value();
      switch (((Value.Str) fact.key()).value()) {
        case "label" -> label = ((Value.Str) value).value();
        case "enabled" -> enabled = ((Value.Bool) value).value();
        case "toggle-state" -> checked = value.equals(new Value.Int32(1));
        default -> {}
      }
    }
    found.add(new Seen(((Value.Int32) parts.get(0)).value(), label, enabled, checked));
    for (Value child : ((Value.Array) parts.get(2)).elements()) {
      collect(((Value.Variant) child).value(), found);
    }
  }

  Seen entry(String label) throws IOException {
    List<Seen> all = entries();
    return all.stream()
        .filter(each -> each.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new AssertionError(label + " is not in " + all));
  }
}
