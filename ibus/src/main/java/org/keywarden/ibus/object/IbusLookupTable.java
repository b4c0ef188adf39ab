package org.keywarden.ibus.object;

import java.util.List;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Value;

/**
 * Candidates to choose from. {@code toString} leaves them out.
 *
 * @param pageSize candidates on one page
 * @param cursor index of the chosen one among all
 * @param orientation {@link #HORIZONTAL}, {@link #VERTICAL}, {@link #AS_THE_SYSTEM_LIKES}
 * @param labels what stands before each candidate of a page
 */
public record IbusLookupTable(
    int pageSize,
    int cursor,
    boolean cursorVisible,
    boolean round,
    int orientation,
    List<IbusText> candidates,
    List<IbusText> labels) {
  public static final int HORIZONTAL = 0;
  public static final int VERTICAL = 1;
  public static final int AS_THE_SYSTEM_LIKES = 2;

  private static final String NAME = "IBusLookupTable";

  public IbusLookupTable {
    candidates = List.copyOf(candidates);
    labels = List.copyOf(labels);
  }

  public static IbusLookupTable from(Value value) throws Malformed {
    Members members = Members.of(NAME, value);
    return new IbusLookupTable(
        members.unsigned(),
        members.unsigned(),
        members.bool(),
        members.bool(),
        members.signed(),
        IbusText.list(members.list()),
        IbusText.list(members.list()));
  }

  public Value toValue() {
    List<Value> members = Members.begin(NAME);
    members.add(new Value.UInt32(pageSize));
    members.add(new Value.UInt32(cursor));
    members.add(new Value.Bool(cursorVisible));
    members.add(new Value.Bool(round));
    members.add(new Value.Int32(orientation));
    members.add(IbusText.array(candidates));
    members.add(IbusText.array(labels));
    return new Value.Struct(members);
  }

  @Override
  public String toString() {
    return "IbusLookupTable[]";
  }
}
