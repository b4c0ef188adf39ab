package org.keywarden.ibus.wire;

import java.util.List;

/** A single complete type. File descriptors ({@code h}) are left out on purpose. */
public sealed interface Type {
  /** As in a signature. */
  String code();

  /** To how many bytes its values are aligned. */
  int alignment();

  /** Types without inner structure; only these may be keys of dictionaries. */
  enum Basic implements Type {
    BYTE("y", 1),
    BOOLEAN("b", 4),
    INT16("n", 2),
    UINT16("q", 2),
    INT32("i", 4),
    UINT32("u", 4),
    INT64("x", 8),
    UINT64("t", 8),
    DOUBLE("d", 8),
    STRING("s", 4),
    OBJECT_PATH("o", 4),
    SIGNATURE("g", 1);

    private final String code;
    private final int alignment;

    Basic(String code, int alignment) {
      this.code = code;
      this.alignment = alignment;
    }

    @Override
    public String code() {
      return code;
    }

    @Override
    public int alignment() {
      return alignment;
    }
  }

  /** A value that carries its own type. */
  enum Variant implements Type {
    VARIANT;

    @Override
    public String code() {
      return "v";
    }

    @Override
    public int alignment() {
      return 1;
    }
  }

  /** Any number of values of one type. */
  record Array(Type element) implements Type {
    @Override
    public String code() {
      return "a" + element.code();
    }

    @Override
    public int alignment() {
      return 4;
    }
  }

  /** A fixed row of values; at least one. */
  record Struct(List<Type> members) implements Type {
    public Struct {
      members = List.copyOf(members);
      if (members.isEmpty()) {
        throw new IllegalArgumentException("a struct has at least one member");
      }
    }

    @Override
    public String code() {
      return "(" + codes(members) + ")";
    }

    @Override
    public int alignment() {
      return 8;
    }
  }

  /** Key and value; occurs as the element of an array only. */
  record Entry(Basic key, Type value) implements Type {
    @Override
    public String code() {
      return "{" + key.code() + value.code() + "}";
    }

    @Override
    public int alignment() {
      return 8;
    }
  }

  /** The signature of a row of types. */
  static String codes(List<Type> types) {
    StringBuilder codes = new StringBuilder();
    types.forEach(type -> codes.append(type.code()));
    return codes.toString();
  }
}
