package org.keywarden.ibus.object;

import java.util.ArrayList;
import java.util.List;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Type;
import org.keywarden.ibus.wire.Value;

/** The members of a serialised object, taken in order. */
final class Members {
  private static final Value.Array NO_ATTACHMENTS =
      new Value.Array(new Type.Entry(Type.Basic.STRING, Type.Variant.VARIANT), List.of());

  private static final Type ATTACHMENTS = NO_ATTACHMENTS.type();

  private final String name;
  private final List<Value> members;
  private int next = 2;

  private Members(String name, List<Value> members) {
    this.name = name;
    this.members = members;
  }

  /** Opens an object, which may be in at most two variants. */
  static Members of(String name, Value value) throws Malformed {
    Value inner = value;
    for (int i = 0; i < 2 && inner instanceof Value.Variant wrapped; i++) {
      inner = wrapped.value();
    }
    if (inner instanceof Value.Struct struct
        && struct.members().size() >= 2
        && struct.members().get(0) instanceof Value.Str actual
        && actual.value().equals(name)
        && struct.members().get(1).isOf(ATTACHMENTS)) {
      return new Members(name, struct.members());
    }
    throw new Malformed("not an " + name);
  }

  /** The start of an object to be written. */
  static List<Value> begin(String name) {
    List<Value> members = new ArrayList<>();
    members.add(new Value.Str(name));
    members.add(NO_ATTACHMENTS);
    return members;
  }

  /** A whole object to be written: its name, no attachments, these members. */
  static Value.Struct object(String name, Value... members) {
    Value[] all = new Value[2 + members.length];
    all[0] = new Value.Str(name);
    all[1] = NO_ATTACHMENTS;
    System.arraycopy(members, 0, all, 2, members.length);
    return Value.Struct.of(all);
  }

  boolean hasNext() {
    return next < members.size();
  }

  Value value() throws Malformed {
    if (!hasNext()) {
      throw new Malformed("an " + name + " is too short");
    }
    return members.get(next++);
  }

  String text() throws Malformed {
    if (value() instanceof Value.Str text) {
      return text.value();
    }
    throw wrong();
  }

  /** Empty if the object ends before, as older versions' objects do. */
  String textIfAny() throws Malformed {
    return hasNext() ? text() : "";
  }

  int unsigned() throws Malformed {
    if (value() instanceof Value.UInt32 number) {
      return number.value();
    }
    throw wrong();
  }

  int signed() throws Malformed {
    if (value() instanceof Value.Int32 number) {
      return number.value();
    }
    throw wrong();
  }

  boolean bool() throws Malformed {
    if (value() instanceof Value.Bool bool) {
      return bool.value();
    }
    throw wrong();
  }

  /** An array of variants. */
  List<Value> list() throws Malformed {
    if (value() instanceof Value.Array array && array.element().equals(Type.Variant.VARIANT)) {
      return array.elements();
    }
    throw wrong();
  }

  private Malformed wrong() {
    return new Malformed("member " + (next - 1) + " of an " + name + " has the wrong type");
  }
}
