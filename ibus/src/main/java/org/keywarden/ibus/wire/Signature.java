package org.keywarden.ibus.wire;

import java.util.ArrayList;
import java.util.List;

/** Reads signatures: zero or more complete types, at most 255 bytes. */
public final class Signature {
  private static final int MOST_BYTES = 255;
  private static final int DEEPEST = 32;
  private static final Type.Basic[] BASIC = Type.Basic.values();

  private final String text;
  private int at;

  private Signature(String text) {
    this.text = text;
  }

  /**
   * The types a signature names.
   *
   * @throws Malformed if it is too long, nests deeper than 32 arrays or 32 structs, names a file
   *     descriptor or is otherwise none
   */
  public static List<Type> parse(String text) throws Malformed {
    if (text.length() > MOST_BYTES) {
      throw new Malformed("a signature is longer than " + MOST_BYTES + " bytes");
    }
    Signature signature = new Signature(text);
    List<Type> types = new ArrayList<>();
    while (signature.at < text.length()) {
      types.add(signature.next(0, 0));
    }
    return List.copyOf(types);
  }

  /** The one type a signature names, as variants need. */
  public static Type single(String text) throws Malformed {
    if (text.length() == 1) {
      return new Signature(text).next(0, 0);
    }
    List<Type> types = parse(text);
    if (types.size() != 1) {
      throw new Malformed("a variant's signature names not exactly one type");
    }
    return types.getFirst();
  }

  private Type next(int arrays, int structs) throws Malformed {
    char code = take();
    return switch (code) {
      case 'v' -> Type.Variant.VARIANT;
      case 'a' -> array(arrays, structs);
      case '(' -> struct(arrays, structs);
      default -> basic(code);
    };
  }

  private Type array(int arrays, int structs) throws Malformed {
    if (arrays == DEEPEST) {
      throw new Malformed("a signature nests more than " + DEEPEST + " arrays");
    }
    if (at < text.length() && text.charAt(at) == '{') {
      at++;
      return new Type.Array(entry(arrays + 1, structs));
    }
    return new Type.Array(next(arrays + 1, structs));
  }

  private Type struct(int arrays, int structs) throws Malformed {
    requireShallow(structs);
    List<Type> members = new ArrayList<>();
    while (at < text.length() && text.charAt(at) != ')') {
      members.add(next(arrays, structs + 1));
    }
    expect(')');
    if (members.isEmpty()) {
      throw new Malformed("a signature holds a struct without members");
    }
    return new Type.Struct(members);
  }

  private Type.Entry entry(int arrays, int structs) throws Malformed {
    requireShallow(structs);
    Type.Basic key = basic(take());
    Type value = next(arrays, structs + 1);
    expect('}');
    return new Type.Entry(key, value);
  }

  private static void requireShallow(int structs) throws Malformed {
    if (structs == DEEPEST) {
      throw new Malformed("a signature nests more than " + DEEPEST + " structs");
    }
  }

  private static Type.Basic basic(char code) throws Malformed {
    for (Type.Basic type : BASIC) {
      if (type.code().charAt(0) == code) {
        return type;
      }
    }
    throw new Malformed(
        code == 'h' ? "file descriptors are not accepted" : "a signature names an unknown type");
  }

  private char take() throws Malformed {
    if (at == text.length()) {
      throw new Malformed("a signature ends too early");
    }
    return text.charAt(at++);
  }

  private void expect(char closing) throws Malformed {
    if (take() != closing) {
      throw new Malformed("a signature's brackets do not match");
    }
  }
}
