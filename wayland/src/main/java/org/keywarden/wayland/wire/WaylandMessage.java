package org.keywarden.wayland.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that was read and holds what its member says.
 *
 * @param object to which it is sent, or from which it comes
 * @param opcode the member's place among its interface's requests or events
 * @param arguments numbers, objects and descriptors as {@link Integer}, {@link String}, {@code
 *     byte[]}; null for what is missing
 */
public record WaylandMessage(
    int object, int opcode, Member member, List<@Nullable Object> arguments) {
  /** A number, an object's id or a descriptor. */
  public int number(int index) {
    return arguments.get(index) instanceof Integer number ? number : 0;
  }

  /** A text, empty if it is missing. */
  public String text(int index) {
    return arguments.get(index) instanceof String text ? text : "";
  }

  /** Never what it holds, which may have been typed. */
  @Override
  public String toString() {
    return member + "@" + Integer.toUnsignedString(object);
  }
}
