package org.keywarden.engine.host;

import java.util.List;
import org.keywarden.engine.screen.Screen;
import org.keywarden.ibus.object.IbusLookupTable;
import org.keywarden.ibus.object.IbusText;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/** What an engine's signals do to a screen. */
final class Signals {
  private Signals() {}

  /**
   * @param lineBreak whether text may hold line breaks
   * @return whether the signal is one of these
   * @throws Malformed if it is not what it should be
   */
  static boolean show(Message signal, Screen on, boolean lineBreak) throws Malformed {
    List<Value> body = signal.body();
    String member = String.valueOf(signal.member());
    switch (member) {
      case "CommitText" -> on.commit(IbusText.from(argument(signal, "v", 0)), lineBreak);
      case "UpdatePreeditText" ->
          on.preedit(
              IbusText.from(argument(signal, "vubu", 0)),
              number(body.get(1)),
              flag(body.get(2)),
              number(body.get(3)));
      case "ShowPreeditText" -> on.showPreedit(true);
      case "HidePreeditText" -> on.showPreedit(false);
      case "UpdateLookupTable" ->
          on.table(IbusLookupTable.from(argument(signal, "vb", 0)), flag(body.get(1)));
      case "ShowLookupTable" -> on.showTable(true);
      case "HideLookupTable" -> on.showTable(false);
      case "PageUpLookupTable" -> on.movePage(-1);
      case "PageDownLookupTable" -> on.movePage(1);
      case "CursorUpLookupTable" -> on.moveCursor(-1);
      case "CursorDownLookupTable" -> on.moveCursor(1);
      case "UpdateAuxiliaryText" ->
          on.auxiliary(IbusText.from(argument(signal, "vb", 0)), flag(body.get(1)));
      case "ShowAuxiliaryText" -> on.showAuxiliary(true);
      case "HideAuxiliaryText" -> on.showAuxiliary(false);
      case "DeleteSurroundingText" ->
          on.delete(signed(argument(signal, "iu", 0)), number(body.get(1)));
      default -> {
        return false;
      }
    }
    return true;
  }

  /** An argument of a signal whose signature is checked. */
  static Value argument(Message signal, String signature, int at) throws Malformed {
    if (!signal.signature().equals(signature)) {
      throw new Malformed(signal.member() + " has the wrong arguments");
    }
    return signal.body().get(at);
  }

  static int number(Value value) throws Malformed {
    if (value instanceof Value.UInt32 number) {
      return number.value();
    }
    throw new Malformed("no unsigned number");
  }

  private static int signed(Value value) throws Malformed {
    if (value instanceof Value.Int32 number) {
      return number.value();
    }
    throw new Malformed("no number");
  }

  private static boolean flag(Value value) throws Malformed {
    if (value instanceof Value.Bool flag) {
      return flag.value();
    }
    throw new Malformed("no boolean");
  }
}
