package org.keywarden.broker.frontdoor.ibus.panel;

import org.keywarden.ibus.object.IbusProperty;
import org.keywarden.ibus.object.IbusText;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/** How a panel is told, in calls of {@code org.freedesktop.IBus.Panel}. */
final class PanelMessages {
  static final String NAME = "org.freedesktop.IBus.Panel";
  static final String PATH = "/org/freedesktop/IBus/Panel";

  private PanelMessages() {}

  /** The call that tells it. */
  static Message of(PanelWord word) {
    return switch (word) {
      case PanelWord.FocusIn w -> call("FocusIn", new Value.ObjectPath(w.path()));
      case PanelWord.FocusOut w -> call("FocusOut", new Value.ObjectPath(w.path()));
      case PanelWord.PlaceCursor w -> place(w.at());
      case PanelWord.ShowCandidates w ->
          call(
              "UpdateLookupTable",
              new Value.Variant(ShownObjects.candidates(w.candidates()).toValue()),
              shown(w));
      case PanelWord.ShowAuxiliary w ->
          call("UpdateAuxiliaryText", IbusText.plain(w.text()).toVariant(), shown(w));
      case PanelWord.ShowPreedit w ->
          call(
              "UpdatePreeditText",
              ShownObjects.preedit(w.preedit()).toVariant(),
              new Value.UInt32(w.preedit().cursor()),
              shown(w));
      case PanelWord.ShowProperties w ->
          call(
              "RegisterProperties",
              new Value.Variant(IbusProperty.listToValue(ShownObjects.properties(w.items()))));
    };
  }

  /** The input method is another one. */
  static Message stateChanged() {
    return call("StateChanged");
  }

  private static Value shown(PanelWord.Show word) {
    return new Value.Bool(!word.isEmpty());
  }

  private static Message place(Place at) {
    return call(
        at.relative() ? "SetCursorLocationRelative" : "SetCursorLocation",
        new Value.Int32(at.x()),
        new Value.Int32(at.y()),
        new Value.Int32(at.width()),
        new Value.Int32(at.height()));
  }

  private static Message call(String member, Value... arguments) {
    return Message.order(PATH, NAME, member, arguments);
  }
}
