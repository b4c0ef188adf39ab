package org.keywarden.broker.indicator;

import java.util.List;
import java.util.Map;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Type;
import org.keywarden.ibus.wire.Value;

/** What a tray is told of the item beside its menu (StatusNotifierItem specification 0.1). */
final class TrayItem {
  static final String INTERFACE = "org.kde.StatusNotifierItem";
  static final String PATH = "/StatusNotifierItem";

  private static final Type PICTURE =
      new Type.Struct(List.of(Type.Basic.INT32, Type.Basic.INT32, new Type.Array(Type.Basic.BYTE)));

  private TrayItem() {}

  /**
   * The properties.
   *
   * @param icons directory of the pictures
   */
  static Map<String, Value> properties(TrayView view, String icons) {
    return Map.ofEntries(
        Map.entry("Category", new Value.Str("SystemServices")),
        Map.entry("Id", new Value.Str("keywarden")),
        Map.entry("Title", new Value.Str("Keywarden")),
        Map.entry("Status", new Value.Str(status(view))),
        Map.entry("WindowId", new Value.Int32(0)),
        Map.entry("IconThemePath", new Value.Str(icons)),
        Map.entry("IconName", new Value.Str(view.icon())),
        Map.entry("IconPixmap", new Value.Array(PICTURE, List.of())),
        Map.entry("OverlayIconName", new Value.Str("")),
        Map.entry("AttentionIconName", new Value.Str("keywarden-problem")),
        Map.entry("ToolTip", tip(view)),
        Map.entry("ItemIsMenu", new Value.Bool(true)),
        Map.entry("Menu", new Value.ObjectPath(DbusMenu.PATH)));
  }

  private static String status(TrayView view) {
    return view.problems().isEmpty() ? "Active" : "NeedsAttention";
  }

  private static Value tip(TrayView view) {
    return Value.Struct.of(
        new Value.Str(""),
        new Value.Array(PICTURE, List.of()),
        new Value.Str("Keywarden"),
        new Value.Str(markup(view)));
  }

  private static String markup(TrayView view) {
    StringBuilder text = new StringBuilder(view.headline());
    view.problems().forEach(each -> text.append("\n").append(each));
    return text.toString().replaceAll("[<>&]|[\\p{Cntrl}&&[^\n]]", " ");
  }

  /** The signals that tell of another view. */
  static List<Message> changes(TrayView now) {
    return List.of(
        signal("NewIcon"), signal("NewToolTip"), signal("NewStatus", new Value.Str(status(now))));
  }

  private static Message signal(String member, Value... body) {
    return Message.signal(PATH, INTERFACE, member, body);
  }
}
