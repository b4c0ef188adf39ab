package org.keywarden.cli.cache;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.keywarden.client.bus.EngineLine;
import org.keywarden.ibus.object.IbusLookupTable;
import org.keywarden.ibus.object.IbusProperty;
import org.keywarden.ibus.object.IbusText;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/**
 * An engine that has its host do what any engine has it do, so that the host's start cache needs no
 * engine of a package's: letters are composed with candidates, Return commits.
 */
final class RehearsalEngine implements EngineLine.Script {
  static final String COMPONENT = "org.freedesktop.IBus.Rehearsal";

  private static final int RETURN = 0xFF0D;

  private final StringBuilder word = new StringBuilder();

  private RehearsalEngine() {}

  public static void main(String[] arguments) throws IOException {
    String address = System.getenv().getOrDefault("IBUS_ADDRESS", "");
    try (EngineLine line = EngineLine.connect(address, COMPONENT)) {
      line.serve(new RehearsalEngine());
    }
  }

  @Override
  public void key(EngineLine line, int keysym, Message call) throws IOException {
    boolean letter = keysym >= 'a' && keysym <= 'z';
    if (letter) {
      word.append((char) keysym);
      show(line);
    } else if (keysym == RETURN && !word.isEmpty()) {
      line.commit(word.toString());
      word.setLength(0);
      line.signal("HideLookupTable");
      line.signal("HideAuxiliaryText");
      line.preedit("");
    }
    line.answer(call, letter || keysym == RETURN);
  }

  private void show(EngineLine line) throws IOException {
    String text = word.toString();
    List<IbusText> candidates =
        Stream.of("1", "2", "3", "4", "5").map(each -> IbusText.plain(text + each)).toList();
    line.preedit(text);
    line.signal("UpdateAuxiliaryText", IbusText.plain(text).toVariant(), new Value.Bool(true));
    line.signal(
        "UpdateLookupTable",
        new Value.Variant(
            new IbusLookupTable(
                    candidates.size(),
                    0,
                    true,
                    true,
                    IbusLookupTable.HORIZONTAL,
                    candidates,
                    List.of())
                .toValue()),
        new Value.Bool(true));
  }

  @Override
  public void told(EngineLine line, Message call) throws IOException {
    if ("FocusIn".equals(call.member())) {
      IbusText none = IbusText.plain("");
      IbusProperty item =
          new IbusProperty(
              "mode",
              IbusProperty.TOGGLE,
              IbusText.plain("Mode"),
              "",
              none,
              true,
              true,
              IbusProperty.UNCHECKED,
              List.of(),
              none);
      line.signal("RegisterProperties", new Value.Variant(IbusProperty.listToValue(List.of(item))));
    }
  }
}
