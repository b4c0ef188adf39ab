package org.keywarden.wayland.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IncomingTest {
  private static final Member ALL = Member.of("all", "iufsonah");
  private static final Member TEXT = Member.of("text", "s");
  private static final Member PERHAPS = Member.of("perhaps", "?s");

  /** Words of 32 bits as a message from object 1. */
  private static ByteBuffer message(int opcode, int... words) {
    ByteBuffer made = ByteBuffer.allocate(8 + 4 * words.length).order(ByteOrder.nativeOrder());
    made.putInt(1).putInt(made.capacity() << 16 | opcode);
    for (int word : words) {
      made.putInt(word);
    }
    return made.flip();
  }

  private static @Nullable WaylandMessage read(Incoming incoming, Member member)
      throws MalformedMessage {
    return incoming.next((object, opcode) -> object == 1 && opcode == 0 ? member : null);
  }

  private static void refuses(ByteBuffer bytes, Member member) {
    Incoming incoming = new Incoming();
    incoming.add(bytes);
    assertThrows(MalformedMessage.class, () -> read(incoming, member));
  }

  @Test
  void aMessageArrivesAsItWasSent() throws MalformedMessage {
    Incoming incoming = new Incoming();
    byte[] bytes = {1, 2, 3, 4, 5};
    ByteBuffer sent = Outgoing.message(1, 0, ALL, -1, 2, 256, "かな", 7, 8, bytes);
    incoming.add(20);
    while (sent.hasRemaining()) {
      assertNull(read(incoming, ALL), "as long as a byte is missing");
      incoming.add(sent.slice(sent.position(), 1));
      sent.get();
    }
    WaylandMessage read = Objects.requireNonNull(read(incoming, ALL));
    assertEquals(List.of(-1, 2, 256, "かな", 7, 8), read.arguments().subList(0, 6));
    assertEquals(ByteBuffer.wrap(bytes), ByteBuffer.wrap((byte[]) read.arguments().get(6)));
    assertEquals(20, read.number(7));
    assertEquals(List.of(), incoming.takeDescriptors());
    assertEquals("all@1", read.toString(), "nothing of what it holds");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 7, 10, 0xFFFF})
  void aLengthThatCannotBeIsRefused(int length) {
    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
    refuses(bytes.putInt(1).putInt(length << 16).flip(), TEXT);
  }

  @Test
  void whatNoObjectSaysIsRefused() {
    refuses(message(1), TEXT);
    refuses(message(0, 1, 0, 0), TEXT);
  }

  @Test
  void aStringThatIsNoneIsRefused() {
    int endless = 0x61616161;
    refuses(message(0), TEXT);
    refuses(message(0, 0), TEXT);
    refuses(message(0, -1), TEXT);
    refuses(message(0, Integer.MAX_VALUE, 0), TEXT);
    refuses(message(0, 4, endless), TEXT);
    refuses(message(0, 3, 0x00000061 & ~0xFF00), TEXT);
    refuses(message(0, 2, 0x000000FF), TEXT);
    refuses(message(0, 5, endless), TEXT);
  }

  @Test
  void onlyWhatMayBeMissingIs() throws MalformedMessage {
    Incoming incoming = new Incoming();
    incoming.add(message(0, 0));
    assertEquals("", Objects.requireNonNull(read(incoming, PERHAPS)).text(0));
  }

  @Test
  void aDescriptorThatDidNotComeIsMissed() {
    refuses(message(0), Member.of("descriptor", "h"));
  }

  @Test
  void aRefusedMessageTakesNoDescriptor() {
    Incoming incoming = new Incoming();
    incoming.add(9);
    incoming.add(message(0, 1));
    assertThrows(MalformedMessage.class, () -> read(incoming, Member.of("descriptor", "h")));
    assertEquals(List.of(9), incoming.takeDescriptors());
  }

  @Test
  void descriptorsNobodyAskedForAreBounded() {
    Incoming incoming = new Incoming();
    int taken = 0;
    while (incoming.add(taken)) {
      taken++;
    }
    assertEquals(Incoming.MOST_DESCRIPTORS, taken);
  }

  @Test
  void textThatFitsIntoNoMessageIsNotWritten() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Outgoing.message(1, 0, TEXT, "a".repeat(Outgoing.LONGEST_MESSAGE)));
    assertThrows(IllegalArgumentException.class, () -> Outgoing.message(1, 0, TEXT, "a\0b"));
    assertThrows(IllegalArgumentException.class, () -> Outgoing.message(1, 0, TEXT));
    assertThrows(IllegalArgumentException.class, () -> Outgoing.message(1, 0, TEXT, "a", 1));
  }

  @Test
  void randomBytesAreReadOrRefused() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      if (bytes.length >= 8 && random.nextBoolean()) {
        ByteBuffer.wrap(bytes)
            .order(ByteOrder.nativeOrder())
            .putInt(1)
            .putInt((bytes.length & ~3) << 16 | random.nextInt(9));
      }
      HostileBytes.read(bytes);
    }
  }
}
