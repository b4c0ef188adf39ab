package org.keywarden.ibus.wire;

import java.util.Arrays;
import java.util.List;

/**
 * A value of the D-Bus type system. Constructors throw {@link IllegalArgumentException} for what
 * cannot be on the wire. {@code toString} gives the type only, since contents may be typed text.
 */
public sealed interface Value {
  Type type();

  /** Whether {@link #type} is this one. */
  default boolean isOf(Type type) {
    return type() == type;
  }

  /** The code of {@link #type}, as in a signature. */
  default String code() {
    return type().code();
  }

  record Byte(byte value) implements Value {
    @Override
    public Type type() {
      return Type.Basic.BYTE;
    }

    @Override
    public String toString() {
      return "y";
    }
  }

  record Bool(boolean value) implements Value {
    @Override
    public Type type() {
      return Type.Basic.BOOLEAN;
    }

    @Override
    public String toString() {
      return "b";
    }
  }

  record Int16(short value) implements Value {
    @Override
    public Type type() {
      return Type.Basic.INT16;
    }

    @Override
    public String toString() {
      return "n";
    }
  }

  /**
   * @param value its bits; {@link Short#toUnsignedInt} gives the number
   */
  record UInt16(short value) implements Value {
    @Override
    public Type type() {
      return Type.Basic.UINT16;
    }

    @Override
    public String toString() {
      return "q";
    }
  }

  record Int32(int value) implements Value {
    @Override
    public Type type() {
      return Type.Basic.INT32;
    }

    @Override
    public String toString() {
      return "i";
    }
  }

  /**
   * @param value its bits; {@link Integer#toUnsignedLong} gives the number
   */
  record UInt32(int value) implements Value {
    @Override
    public Type type() {
      return Type.Basic.UINT32;
    }

    @Override
    public String toString() {
      return "u";
    }
  }

  record Int64(long value) implements Value {
    @Override
    public Type type() {
      return Type.Basic.INT64;
    }

    @Override
    public String toString() {
      return "x";
    }
  }

  /**
   * @param value its bits; {@link Long#toUnsignedString} gives the number
   */
  record UInt64(long value) implements Value {
    @Override
    public Type type() {
      return Type.Basic.UINT64;
    }

    @Override
    public String toString() {
      return "t";
    }
  }

  record Float64(double value) implements Value {
    @Override
    public Type type() {
      return Type.Basic.DOUBLE;
    }

    @Override
    public String toString() {
      return "d";
    }
  }

  record Str(String value) implements Value {
    public Str {
      if (!Names.isText(value)) {
        throw new IllegalArgumentException("a string holds NUL or a lone surrogate");
      }
    }

    @Override
    public Type type() {
      return Type.Basic.STRING;
    }

    @Override
    public String toString() {
      return "s";
    }
  }

  record ObjectPath(String value) implements Value {
    public ObjectPath {
      if (!Names.isPath(value)) {
        throw new IllegalArgumentException("not an object path");
      }
    }

    @Override
    public Type type() {
      return Type.Basic.OBJECT_PATH;
    }

    @Override
    public String toString() {
      return "o";
    }
  }

  record Sig(List<Type> types) implements Value {
    public Sig {
      types = List.copyOf(types);
    }

    @Override
    public Type type() {
      return Type.Basic.SIGNATURE;
    }

    @Override
    public String toString() {
      return "g";
    }
  }

  record Variant(Value value) implements Value {
    @Override
    public Type type() {
      return Type.Variant.VARIANT;
    }

    @Override
    public String toString() {
      return "v";
    }
  }

  record Array(Type element, List<Value> elements) implements Value {
    public Array {
      elements = List.copyOf(elements);
      for (Value each : elements) {
        if (!each.isOf(element)) {
          throw new IllegalArgumentException(
              "an element of type " + each.code() + " in an array of " + element.code());
        }
      }
    }

    @Override
    public Type type() {
      return new Type.Array(element);
    }

    @Override
    public boolean isOf(Type type) {
      return type instanceof Type.Array array && array.element().equals(element);
    }

    @Override
    public String toString() {
      return code();
    }
  }

  record Struct(List<Value> members) implements Value {
    public Struct {
      members = List.copyOf(members);
      if (members.isEmpty()) {
        throw new IllegalArgumentException("a struct has at least one member");
      }
    }

    /** A struct of these members. */
    public static Struct of(Value... members) {
      return new Struct(Arrays.asList(members));
    }

    @Override
    public Type type() {
      return new Type.Struct(members.stream().map(Value::type).toList());
    }

    @Override
    public boolean isOf(Type type) {
      if (!(type instanceof Type.Struct struct) || struct.members().size() != members.size()) {
        return false;
      }
      for (int i = 0; i < members.size(); i++) {
        if (!members.get(i).isOf(struct.members().get(i))) {
          return false;
        }
      }
      return true;
    }

    @Override
    public String code() {
      return "(" + codes(members) + ")";
    }

    @Override
    public String toString() {
      return code();
    }
  }

  /**
   * @param key of a basic type
   */
  record Entry(Value key, Value value) implements Value {
    public Entry {
      if (!(key.type() instanceof Type.Basic)) {
        throw new IllegalArgumentException("a dictionary's key is of a basic type");
      }
    }

    @Override
    public Type type() {
      return key.type() instanceof Type.Basic basic
          ? new Type.Entry(basic, value.type())
          : throwNoKey();
    }

    @Override
    public boolean isOf(Type type) {
      return type instanceof Type.Entry entry && key.isOf(entry.key()) && value.isOf(entry.value());
    }

    @Override
    public String code() {
      return "{" + key.code() + value.code() + "}";
    }

    private static Type throwNoKey() {
      throw new IllegalStateException("the constructor lets no other key through");
    }

    @Override
    public String toString() {
      return code();
    }
  }

  /** The signature of a row of values. */
  static String codes(List<Value> values) {
    StringBuilder codes = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      codes.append(values.get(i).code());
    }
    return codes.toString();
  }
}
