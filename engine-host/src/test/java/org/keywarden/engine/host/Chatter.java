package org.keywarden.engine.host;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.keywarden.engine.bus.ConfigObject;
import org.keywarden.engine.bus.EngineBus;
import org.keywarden.engine.screen.Menu;
import org.keywarden.engine.screen.Screen;
import org.keywarden.ibus.object.IbusAttribute;
import org.keywarden.ibus.object.IbusLookupTable;
import org.keywarden.ibus.object.IbusProperty;
import org.keywarden.ibus.object.IbusText;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.MessageCodec;
import org.keywarden.ibus.wire.Value;
import org.keywarden.ime.Edit;
import org.keywarden.ime.Edits;
import org.keywarden.ime.Property;
import org.keywarden.ime.Response;
import org.keywarden.ime.Right;

/** An engine that says what bytes make it say: much of it well-formed, none of it sensible. */
final class Chatter implements EngineBus.Party {
  private static final List<String> MEMBERS =
      List.of(
          "CommitText",
          "UpdatePreeditText",
          "ShowPreeditText",
          "HidePreeditText",
          "UpdateLookupTable",
          "ShowLookupTable",
          "PageDownLookupTable",
          "PageUpLookupTable",
          "CursorDownLookupTable",
          "CursorUpLookupTable",
          "UpdateAuxiliaryText",
          "DeleteSurroundingText",
          "ForwardKeyEvent",
          "RegisterProperties",
          "UpdateProperty",
          "Unknown");
  private static final String[] TEXTS = {
    "", "a", "한글", "𝄞\n\t", "\u202E\u0007\u2029", "x".repeat(3_000), "\uFFFE\uFDD0", "e\u0301"
  };

  private final ByteBuffer bytes;
  private final Screen screen;
  private final Menu menu = new Menu();
  private final EngineBus bus;

  Chatter(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
    EnumSet<Right> rights = EnumSet.allOf(Right.class);
    if (one(4) == 0) {
      rights.removeIf(each -> one(2) == 0);
    }
    this.screen = new Screen(rights);
    this.bus = new EngineBus("guid", "a.b", new ConfigObject(java.util.Map.of()), out -> {}, this);
  }

  /** Says everything; what is shown of it must be within the bounds of edits, which throw. */
  void talk() {
    try {
      while (bytes.hasRemaining()) {
        bus.receive(MessageCodec.read(ByteBuffer.wrap(next())));
        if (one(3) == 0) {
          check(screen.take(one(2) == 0));
        }
        if (one(8) == 0) {
          screen.abandon();
        }
      }
    } catch (Malformed refused) {
      // The engine is ended.
    }
    check(screen.take(false));
    for (Property each : menu.items()) {
      assertTrue(isPlain(each.label()) && isPlain(each.key()));
    }
    var ignored = screen.restated();
  }

  @Override
  public void arrived() {}

  @Override
  public void said(Message signal) throws Malformed {
    switch (String.valueOf(signal.member())) {
      case "RegisterProperties" ->
          menu.register(IbusProperty.listFrom(Signals.argument(signal, "v", 0)));
      case "UpdateProperty" -> menu.update(IbusProperty.from(Signals.argument(signal, "v", 0)));
      case "ForwardKeyEvent" -> screen.forward();
      default -> {
        var ignored = Signals.show(signal, screen, false);
      }
    }
    screen.menu(menu.items());
    var ignored = screen.candidate(one(256) - 8);
  }

  private static void check(Response shown) {
    assertTrue(shown.edits().list().size() <= Edits.MOST);
    for (Edit each : shown.edits().list()) {
      assertTrue(
          switch (each) {
            case Edit.Commit commit -> isPlain(commit.text());
            case Edit.Preedit preedit -> isPlain(preedit.text());
            case Edit.Candidates candidates ->
                candidates.texts().stream().allMatch(Chatter::isPlain);
            case Edit.Auxiliary auxiliary -> isPlain(auxiliary.text());
            case Edit.Properties properties -> true;
            case Edit.DeleteSurrounding deletion -> true;
            case Edit.ForwardKey forward -> true;
          });
    }
  }

  private static boolean isPlain(String text) {
    return text.codePoints()
        .noneMatch(
            point ->
                Character.isISOControl(point)
                    || (point >= 0x202A && point <= 0x202E)
                    || (point >= 0x2028 && point <= 0x2029));
  }

  private int one(int of) {
    return bytes.hasRemaining() ? Byte.toUnsignedInt(bytes.get()) % of : 0;
  }

  private byte[] next() {
    if (one(128) == 0) {
      int length = 16 + one(64);
      byte[] raw = new byte[Math.min(bytes.remaining(), length)];
      bytes.get(raw);
      return raw;
    }
    String member = MEMBERS.get(one(MEMBERS.size()));
    Message said =
        one(128) == 0
            ? Message.signal("/e", RemoteEngine.INTERFACE, member, any(), any())
            : Message.signal("/e", RemoteEngine.INTERFACE, member, body(member));
    return MessageCodec.write(said.numbered(1 + one(100)));
  }

  private Value[] body(String member) {
    return switch (member) {
      case "CommitText" -> new Value[] {text().toVariant()};
      case "UpdatePreeditText" ->
          new Value[] {text().toVariant(), number(), flag(), new Value.UInt32(one(3))};
      case "UpdateLookupTable" -> new Value[] {new Value.Variant(table().toValue()), flag()};
      case "UpdateAuxiliaryText" -> new Value[] {text().toVariant(), flag()};
      case "DeleteSurroundingText" -> new Value[] {new Value.Int32(int32()), number()};
      case "ForwardKeyEvent" -> new Value[] {number(), number(), number()};
      case "RegisterProperties" ->
          new Value[] {new Value.Variant(IbusProperty.listToValue(properties(0)))};
      case "UpdateProperty" -> new Value[] {new Value.Variant(property(0).toValue())};
      default -> new Value[0];
    };
  }

  private Value any() {
    return switch (one(5)) {
      case 0 -> number();
      case 1 -> flag();
      case 2 -> text().toVariant();
      case 3 -> new Value.Variant(new Value.Variant(number()));
      default -> new Value.Str("x");
    };
  }

  private int int32() {
    return switch (one(5)) {
      case 0 -> Integer.MIN_VALUE;
      case 1 -> Integer.MAX_VALUE;
      case 2 -> -1;
      default -> one(256) - 20;
    };
  }

  private Value number() {
    return new Value.UInt32(int32());
  }

  private Value flag() {
    return new Value.Bool(one(2) == 0);
  }

  private IbusText text() {
    List<IbusAttribute> attributes = new ArrayList<>();
    for (int i = one(40); i > 30; i--) {
      attributes.add(new IbusAttribute(one(6), one(6), int32(), int32()));
    }
    return new IbusText(TEXTS[one(TEXTS.length)], attributes);
  }

  private IbusLookupTable table() {
    List<IbusText> candidates = new ArrayList<>();
    for (int i = one(200); i > 0; i--) {
      candidates.add(IbusText.plain(TEXTS[i % TEXTS.length]));
    }
    List<IbusText> labels = new ArrayList<>();
    for (int i = one(20); i > 0; i--) {
      labels.add(IbusText.plain(TEXTS[i % TEXTS.length]));
    }
    return new IbusLookupTable(
        int32(), int32(), one(2) == 0, one(2) == 0, int32(), candidates, labels);
  }

  private List<IbusProperty> properties(int depth) {
    List<IbusProperty> properties = new ArrayList<>();
    for (int i = one(depth == 0 ? 80 : 3); i > 0; i--) {
      properties.add(property(depth));
    }
    return properties;
  }

  private IbusProperty property(int depth) {
    return new IbusProperty(
        TEXTS[one(TEXTS.length)] + one(3),
        one(6),
        text(),
        "",
        text(),
        one(2) == 0,
        one(2) == 0,
        one(4),
        depth < 6 && bytes.hasRemaining() ? properties(depth + 1) : List.of(),
        text());
  }
}
