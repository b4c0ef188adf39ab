package org.keywarden.accessibility;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.keywarden.ibus.wire.BusAddress;

/**
 * A connection to a unix socket (unix(7)), with or without a place in the file system: Java's own
 * know no abstract names, which session buses have. Blocks; one thread at a time.
 */
final class UnixStream implements Closeable {
  private static final int AF_UNIX = 1;

  /** SOCK_STREAM | SOCK_CLOEXEC, as on x86-64 and arm64. */
  private static final int STREAM = 1 | 0x80000;

  private static final int LONGEST_NAME = 107;
  private static final int BUFFER = 16 * 1024;

  private static final MethodHandle READ =
      function("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle WRITE =
      function("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);

  private final Arena arena = Arena.ofShared();
  private final MemorySegment buffer = arena.allocate(BUFFER);
  private final int descriptor;

  private UnixStream(int descriptor) {
    this.descriptor = descriptor;
  }

  /** Connects. */
  static UnixStream connect(BusAddress address) throws IOException {
    byte[] name = address.name().getBytes(StandardCharsets.UTF_8);
    if (name.length == 0 || name.length > LONGEST_NAME) {
      throw new IOException("a socket's name has 1 to " + LONGEST_NAME + " bytes");
    }
    int descriptor = call("socket", AF_UNIX, STREAM, 0);
    if (descriptor < 0) {
      throw new IOException("no socket can be made");
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment to = arena.allocate(Short.BYTES + LONGEST_NAME + 1);
      to.set(JAVA_SHORT, 0, (short) AF_UNIX);
      MemorySegment.copy(name, 0, to, JAVA_BYTE, Short.BYTES, name.length);
      // An abstract name is as long as it is said to be; the other kind ends with a zero.
      int length = Short.BYTES + name.length + (name[0] == 0 ? 0 : 1);
      MethodHandle connect = function("connect", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
      int failed = (int) connect.invokeExact(descriptor, to, length);
      if (failed != 0) {
        close(descriptor);
        throw new IOException("nobody listens there");
      }
      return new UnixStream(descriptor);
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** The user this process runs as. */
  static int user() {
    return call("getuid");
  }

  /**
   * Reads what is there, and waits if nothing is.
   *
   * @throws IOException at the end
   */
  void read(ByteBuffer into) throws IOException {
    long most = Math.min(BUFFER, into.remaining());
    long count;
    try {
      count = (long) READ.invokeExact(descriptor, buffer, most);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    if (count <= 0) {
      throw new IOException("the connection has ended");
    }
    into.put(buffer.asSlice(0, count).asByteBuffer());
  }

  /** Writes all of it. */
  void write(byte[] bytes) throws IOException {
    for (int from = 0; from < bytes.length; ) {
      int length = Math.min(BUFFER, bytes.length - from);
      MemorySegment.copy(bytes, from, buffer, JAVA_BYTE, 0, length);
      long count;
      try {
        count = (long) WRITE.invokeExact(descriptor, buffer, (long) length);
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
      if (count <= 0) {
        throw new IOException("the connection has ended");
      }
      from += (int) count;
    }
  }

  @Override
  public void close() {
    close(descriptor);
    arena.close();
  }

  private static void close(int descriptor) {
    int ignored = call("close", descriptor);
  }

  private static int call(String name, int... arguments) {
    MemoryLayout[] layouts = new MemoryLayout[arguments.length];
    java.util.Arrays.fill(layouts, JAVA_INT);
    try {
      return (int)
          function(name, JAVA_INT, layouts)
              .invokeWithArguments(java.util.Arrays.stream(arguments).boxed().toArray());
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle function(String name, MemoryLayout result, MemoryLayout... of) {
    return Linker.nativeLinker()
        .downcallHandle(
            Linker.nativeLinker().defaultLookup().findOrThrow(name),
            FunctionDescriptor.of(result, of));
  }
}
