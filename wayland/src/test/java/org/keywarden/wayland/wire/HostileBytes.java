package org.keywarden.wayland.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must hold of any bytes. */
final class HostileBytes {
  /** One member of each kind of argument, and one of all. */
  private static final List<Member> MEMBERS =
      List.of(
          Member.of("none", ""),
          Member.of("numbers", "iuf"),
          Member.of("text", "s"),
          Member.of("perhaps", "?s?o"),
          Member.of("objects", "on"),
          Member.of("bytes", "a"),
          Member.of("descriptor", "h"),
          Member.of("all", "iufsonah"));

  private HostileBytes() {}

  static @Nullable Member member(int object, int opcode) {
    return object == 1 && opcode < MEMBERS.size() ? MEMBERS.get(opcode) : null;
  }

  /**
   * Any bytes are refused with {@link MalformedMessage}, or are messages that survive a round trip;
   * no descriptor is lost.
   */
  static void read(byte[] bytes) {
    Incoming incoming = new Incoming();
    incoming.add(10);
    incoming.add(11);
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    List<Integer> taken = new ArrayList<>();
    try {
      boolean more = true;
      while (more) {
        ByteBuffer part = rest.slice(rest.position(), Math.min(incoming.room(), rest.remaining()));
        rest.position(rest.position() + part.remaining());
        incoming.add(part);
        WaylandMessage message = incoming.next(HostileBytes::member);
        more = message != null || rest.hasRemaining();
        if (message != null) {
          taken.addAll(descriptors(message));
          again(message);
        }
      }
    } catch (MalformedMessage refused) {
      // As it should be.
    }
    assertEquals(2, taken.size() + incoming.takeDescriptors().size());
  }

  private static List<Integer> descriptors(WaylandMessage message) {
    return message.opcode() == 6
        ? List.of(message.number(0))
        : message.opcode() == 7 ? List.of(message.number(7)) : List.of();
  }

  private static void again(WaylandMessage message) {
    boolean missing = message.arguments().contains(null);
    if (missing || message.arguments().isEmpty() || message.opcode() >= 6 || tooLong(message)) {
      return;
    }
    Incoming incoming = new Incoming();
    incoming.add(
        Outgoing.message(
            message.object(), message.opcode(), message.member(), message.arguments().toArray()));
    try {
      WaylandMessage read = incoming.next(HostileBytes::member);
      assertEquals(message.member(), read == null ? null : read.member());
      assertEquals(message.text(0), read == null ? "" : read.text(0));
      assertEquals(message.number(0), read == null ? 0 : read.number(0));
    } catch (MalformedMessage e) {
      throw new AssertionError("what was written cannot be read", e);
    }
  }

  private static boolean tooLong(WaylandMessage message) {
    return message.arguments().stream()
        .anyMatch(
            each ->
                (each instanceof String text && text.length() > Outgoing.LONGEST_TEXT / 4)
                    || (each instanceof byte[] all && all.length > Outgoing.LONGEST_TEXT));
  }
}
