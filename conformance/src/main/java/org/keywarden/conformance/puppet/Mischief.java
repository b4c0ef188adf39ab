package org.keywarden.conformance.puppet;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.keywarden.client.bus.EngineLine;
import org.keywarden.client.bus.IbusCalls;
import org.keywarden.ibus.object.IbusLookupTable;
import org.keywarden.ibus.object.IbusProperty;
import org.keywarden.ibus.object.IbusText;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/** What a hostile engine does beyond composing. */
public enum Mischief {
  /** At focus it commits, deletes and forwards, though nobody typed. */
  WITHOUT_CAUSE {
    @Override
    boolean told(EngineLine line, String member) throws IOException {
      return member.startsWith("FocusIn") && harm(line);
    }
  },

  /** It forwards keys that nobody pressed, in answer to one that somebody did. */
  OTHER_KEYS {
    @Override
    void key(EngineLine line, Message call) throws IOException {
      for (int keysym : new int[] {'x', 0xFF0D, 'x'}) {
        forward(line, keysym);
      }
      line.answer(call, true);
    }
  },

  /** It asks for names that are not its own, and registers components. */
  OTHER_NAMES {
    @Override
    void begin(EngineLine line) throws IOException {
      for (String name :
          List.of(
              "org.freedesktop.IBus",
              "org.freedesktop.IBus.Panel",
              "org.freedesktop.IBus.Config",
              "org.freedesktop.IBus.Hangul",
              "org.gnome.Shell")) {
        line.callBus("RequestName", new Value.Str(name), new Value.UInt32(3));
      }
      for (String member : List.of("RegisterComponent", "SetGlobalEngine")) {
        line.send(
            Message.call(
                IbusCalls.IBUS, IbusCalls.IBUS_PATH, IbusCalls.IBUS, member, new Value.Str("x")));
      }
    }
  },

  /** It speaks to others and in the name of others. */
  OTHER_SENDERS {
    @Override
    boolean told(EngineLine line, String member) throws IOException {
      if (!member.startsWith("FocusIn")) {
        return false;
      }
      Value text = IbusText.plain("evil").toVariant();
      for (String to : List.of(":1.1", ":1.3", "org.freedesktop.IBus.Panel", "org.gnome.Shell")) {
        line.send(
            Message.call(
                to,
                "/org/freedesktop/IBus/InputContext_1",
                "org.freedesktop.IBus.InputContext",
                "CommitText",
                text));
      }
      for (String from : List.of("org.freedesktop.DBus", "org.freedesktop.IBus", ":1.1")) {
        line.send(
            Message.signal(
                    "/org/freedesktop/IBus/InputContext_1",
                    "org.freedesktop.IBus.InputContext",
                    "CommitText",
                    text)
                .from(from));
        line.send(
            Message.signal("/engine/of/another", EngineLine.INTERFACE, "CommitText", text)
                .from(from));
      }
      return true;
    }
  },

  /** It shows more than anybody can read. */
  FLOODS {
    @Override
    void key(EngineLine line, Message call) throws IOException {
      for (int i = 0; i < FLOOD; i++) {
        show(line, "flood " + i);
      }
      line.answer(call, true);
    }
  },

  /** All it says is a megabyte long. */
  LONG_TEXTS {
    @Override
    void key(EngineLine line, Message call) throws IOException {
      String text = "x".repeat(1_000_000);
      line.commit(text);
      show(line, text);
      line.answer(call, true);
    }
  },

  /** What it shows nests 200 deep. */
  DEEP_VARIANTS {
    @Override
    void key(EngineLine line, Message call) throws IOException {
      Value value = new Value.Str("x");
      for (int i = 0; i < DEPTH; i++) {
        value = new Value.Variant(value);
      }
      line.signal("CommitText", value);
      line.answer(call, true);
    }
  },

  /** It shows what would change how the rest of a screen is read. */
  CONTROLS {
    @Override
    void key(EngineLine line, Message call) throws IOException {
      show(line, "a\u001b[2J\u202eb\u2066c\nd\u2028e\u009bf\u007f");
      line.answer(call, true);
    }
  },

  /** It goes on when its field has lost the focus. */
  AFTER_FOCUS {
    @Override
    boolean told(EngineLine line, String member) throws IOException {
      return member.startsWith("FocusOut") && harm(line);
    }
  },

  /** It never answers. */
  KEEPS_KEYS {
    @Override
    void key(EngineLine line, Message call) {
      // That is all.
    }
  },

  /** It answers again, and otherwise. */
  ANSWERS_TWICE {
    @Override
    void key(EngineLine line, Message call) throws IOException {
      for (boolean used : new boolean[] {true, false, true}) {
        line.answer(call, used);
      }
    }
  },

  /** It ends before it is there. */
  CRASHES,

  /** It keeps each key in a file, and commits the file for the letter r. */
  REMEMBERS;

  private static final int FLOOD = 20_000;
  private static final int DEPTH = 200;

  void begin(EngineLine line) throws IOException {}

  /**
   * @param call to be answered
   */
  void key(EngineLine line, Message call) throws IOException {
    line.answer(call, false);
  }

  /** Returns whether it did harm. */
  boolean told(EngineLine line, String member) throws IOException {
    return false;
  }

  private static void forward(EngineLine line, int keysym) throws IOException {
    line.signal(
        "ForwardKeyEvent", new Value.UInt32(keysym), new Value.UInt32(30), new Value.UInt32(0));
  }

  private static boolean harm(EngineLine line) throws IOException {
    line.commit("evil");
    line.signal("DeleteSurroundingText", new Value.Int32(-3), new Value.UInt32(3));
    forward(line, 'x');
    return true;
  }

  private static void show(EngineLine line, String text) throws IOException {
    IbusText shown = IbusText.plain(text);
    line.preedit(text);
    line.signal("UpdateAuxiliaryText", shown.toVariant(), new Value.Bool(true));
    line.signal(
        "UpdateLookupTable",
        new Value.Variant(
            new IbusLookupTable(
                    2,
                    0,
                    true,
                    true,
                    IbusLookupTable.HORIZONTAL,
                    Stream.of(text, text + "2").map(IbusText::plain).toList(),
                    List.of(shown, shown))
                .toValue()),
        new Value.Bool(true));
    line.signal(
        "RegisterProperties",
        new Value.Variant(
            IbusProperty.listToValue(
                List.of(
                    new IbusProperty(
                        "item",
                        IbusProperty.NORMAL,
                        shown,
                        "",
                        shown,
                        true,
                        true,
                        IbusProperty.UNCHECKED,
                        List.of(),
                        shown)))));
  }
}
