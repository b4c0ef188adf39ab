package org.keywarden.wayland.wire;

import java.util.ArrayList;
import java.util.List;

/** One request or event of an interface: its name and its arguments. */
public final class Member {
  private final String name;
  private final List<Argument> arguments;

  /** One argument; only strings and objects may be missing. */
  record Argument(ArgumentType type, boolean optional) {}

  private Member(String name, List<Argument> arguments) {
    this.name = name;
    this.arguments = List.copyOf(arguments);
  }

  /**
   * @param signature a letter for each argument as in libwayland: i, u, f, s, o, n, a, h; a
   *     question mark before one that may be missing
   */
  public static Member of(String name, String signature) {
    List<Argument> arguments = new ArrayList<>();
    boolean optional = false;
    for (int i = 0; i < signature.length(); i++) {
      char each = signature.charAt(i);
      if (each == '?') {
        optional = true;
      } else {
        arguments.add(new Argument(ArgumentType.of(each), optional));
        optional = false;
      }
    }
    return new Member(name, arguments);
  }

  public String name() {
    return name;
  }

  List<Argument> arguments() {
    return arguments;
  }

  @Override
  public String toString() {
    return name;
  }
}
