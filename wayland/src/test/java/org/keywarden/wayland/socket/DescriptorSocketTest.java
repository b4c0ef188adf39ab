package org.keywarden.wayland.socket;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.wayland.wire.Incoming;

final class DescriptorSocketTest {
  private static final int READ_ONLY = 0;

  private static MethodHandle function(String name, MemoryLayout... of) {
    return Linker.nativeLinker()
        .downcallHandle(
            Linker.nativeLinker().defaultLookup().findOrThrow(name),
            FunctionDescriptor.of(JAVA_INT, of));
  }

  /** Two ends of a connection. */
  private static int[] pair(String call, MemoryLayout... of) throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment both = arena.allocate(JAVA_INT, 2);
      MethodHandle handle = function(call, of);
      int made = of.length == 1 ? (int) handle.invoke(both) : (int) handle.invoke(1, 1, 0, both);
      assertEquals(0, made);
      return both.toArray(JAVA_INT);
    }
  }

  private static int[] sockets() throws Throwable {
    return pair("socketpair", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
  }

  private static int open(Path file) throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      return (int)
          function("open", ADDRESS, JAVA_INT)
              .invoke(arena.allocateFrom(file.toString()), READ_ONLY);
    }
  }

  @Test
  void aDescriptorArrivesBesideItsBytes(@TempDir Path directory) throws Throwable {
    byte[] content = "a keymap".getBytes(StandardCharsets.UTF_8);
    int file = open(Files.write(directory.resolve("file"), content));
    int[] ends = sockets();
    try (DescriptorSocket one = DescriptorSocket.of(ends[0]);
        DescriptorSocket other = DescriptorSocket.of(ends[1])) {
      Incoming incoming = new Incoming();
      assertFalse(other.receive(incoming), "nothing is there");
      assertTrue(one.send(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), file));
      assertTrue(other.receive(incoming));
      List<Integer> came = incoming.takeDescriptors();
      assertEquals(1, came.size());
      assertArrayEquals(content, Descriptors.read(came.getFirst(), content.length));
      assertThrows(IOException.class, () -> Descriptors.read(came.getFirst(), content.length + 1));
      Descriptors.close(came.getFirst());
    } finally {
      Descriptors.close(file);
    }
  }

  @Test
  void moreDescriptorsThanAnybodySendsEndTheConnection() throws Throwable {
    int[] ends = sockets();
    try (DescriptorSocket one = DescriptorSocket.of(ends[0]);
        DescriptorSocket other = DescriptorSocket.of(ends[1])) {
      for (int i = 0; i <= Incoming.MOST_DESCRIPTORS; i++) {
        assertTrue(one.send(ByteBuffer.wrap(new byte[] {0}), one.descriptor()));
      }
      Incoming incoming = new Incoming();
      assertThrows(
          IOException.class,
          () -> {
            while (other.receive(incoming)) {
              // Up to the one too many.
            }
          });
      incoming.takeDescriptors().forEach(Descriptors::close);
    }
  }

  @Test
  void whatIsNotReadIsNotWaitedFor() throws Throwable {
    int[] ends = sockets();
    try (DescriptorSocket one = DescriptorSocket.of(ends[0]);
        DescriptorSocket other = DescriptorSocket.of(ends[1])) {
      ByteBuffer much = ByteBuffer.allocate(8 << 20);
      while (one.send(much, -1)) {
        // Until there is no more room.
      }
      assertTrue(much.hasRemaining());
      assertTrue(other.receive(new Incoming()));
    }
  }

  @Test
  void theEndOfTheOtherSideIsAnError() throws Throwable {
    int[] ends = sockets();
    try (DescriptorSocket one = DescriptorSocket.of(ends[0])) {
      Descriptors.close(ends[1]);
      assertThrows(IOException.class, () -> one.receive(new Incoming()));
      assertThrows(IOException.class, () -> one.send(ByteBuffer.wrap(new byte[] {1}), -1));
    }
  }

  @Test
  void whatIsNoFileIsNotRead() throws Throwable {
    int[] ends = pair("pipe", ADDRESS);
    assertThrows(IOException.class, () -> Descriptors.read(ends[0], 4));
    Descriptors.close(ends[0]);
    Descriptors.close(ends[1]);
  }

  @Test
  void whereNobodyListensIsSaid(@TempDir Path directory) {
    assertThrows(
        IOException.class, () -> DescriptorSocket.connect(directory.resolve("none").toString()));
    assertThrows(IOException.class, () -> DescriptorSocket.connect("/" + "a".repeat(200)));
  }
}
