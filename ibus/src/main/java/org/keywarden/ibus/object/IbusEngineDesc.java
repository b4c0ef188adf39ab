package org.keywarden.ibus.object;

import java.util.ArrayList;
import java.util.List;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Value;

/**
 * What an engine says of itself.
 *
 * @param leading name, longname, description, language, license, author, icon, layout
 * @param trailing hotkeys, symbol, setup, layout variant, layout option, version, text domain, icon
 *     property key; those an older version does not know are empty
 */
public record IbusEngineDesc(List<String> leading, int rank, List<String> trailing) {
  private static final String NAME = "IBusEngineDesc";
  private static final int LEADING = 8;
  private static final int TRAILING = 8;

  public IbusEngineDesc {
    leading = List.copyOf(leading);
    trailing = List.copyOf(trailing);
    if (leading.size() != LEADING || trailing.size() != TRAILING) {
      throw new IllegalArgumentException(
          "8 and 8 texts are needed, not " + leading.size() + " and " + trailing.size());
    }
  }

  /** An engine known by these and nothing else. */
  public static IbusEngineDesc of(String name, String longname, String language) {
    return new IbusEngineDesc(
        List.of(name, longname, "", language, "", "", "", ""),
        0,
        List.of("", "", "", "", "", "", "", ""));
  }

  public static IbusEngineDesc from(Value value) throws Malformed {
    Members members = Members.of(NAME, value);
    List<String> leading = new ArrayList<>();
    for (int i = 0; i < LEADING; i++) {
      leading.add(members.text());
    }
    int rank = members.unsigned();
    List<String> trailing = new ArrayList<>();
    for (int i = 0; i < TRAILING; i++) {
      trailing.add(members.textIfAny());
    }
    return new IbusEngineDesc(leading, rank, trailing);
  }

  public String name() {
    return leading.get(0);
  }

  public String language() {
    return leading.get(3);
  }

  public Value toValue() {
    List<Value> members = Members.begin(NAME);
    leading.forEach(each -> members.add(new Value.Str(each)));
    members.add(new Value.UInt32(rank));
    trailing.forEach(each -> members.add(new Value.Str(each)));
    return new Value.Struct(members);
  }
}
