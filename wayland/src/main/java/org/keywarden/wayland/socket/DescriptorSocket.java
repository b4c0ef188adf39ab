package org.keywarden.wayland.socket;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.keywarden.wayland.wire.Incoming;

/** A connection to a unix socket in the file system; sends and receives without waiting. */
public final class DescriptorSocket implements Closeable {
  private static final int AF_UNIX = 1;

  /** SOCK_STREAM | SOCK_CLOEXEC. */
  private static final int STREAM = 1 | 0x80000;

  private static final int LONGEST_NAME = 107;
  private static final int SOL_SOCKET = 1;
  private static final int SCM_RIGHTS = 1;
  private static final int MSG_CTRUNC = 8;

  /** MSG_DONTWAIT | MSG_NOSIGNAL. */
  private static final int SENDING = 0x40 | 0x4000;

  /** MSG_DONTWAIT | MSG_CMSG_CLOEXEC. */
  private static final int RECEIVING = 0x40 | 0x40000000;

  private static final int BUFFER = 16 * 1024;

  /** Of a control message's header: length, level, type (cmsg(3)). */
  private static final int CONTROL_HEADER = 16;

  private static final int CONTROL = CONTROL_HEADER + Incoming.MOST_DESCRIPTORS * Integer.BYTES;

  /** Places in struct msghdr (recvmsg(2)). */
  private static final int VECTOR = 16;

  private static final int VECTORS = 24;
  private static final int CONTROL_AT = 32;
  private static final int CONTROL_LENGTH = 40;
  private static final int FLAGS = 48;
  private static final int MESSAGE_HEADER = 56;

  private final int descriptor;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment data = arena.allocate(BUFFER, Long.BYTES);
  private final MemorySegment control = arena.allocate(CONTROL, Long.BYTES);
  private final MemorySegment vector = arena.allocate(2L * Long.BYTES, Long.BYTES);
  private final MemorySegment header = arena.allocate(MESSAGE_HEADER, Long.BYTES);
  private final MemorySegment state = arena.allocate(CLibrary.state());

  private DescriptorSocket(int descriptor) {
    this.descriptor = descriptor;
    vector.set(ADDRESS, 0, data);
    header.set(ADDRESS, VECTOR, vector);
    header.set(JAVA_LONG, VECTORS, 1);
  }

  /**
   * Connects; waits if whoever listens has too many waiting.
   *
   * @throws IOException if nobody listens there
   */
  public static DescriptorSocket connect(String path) throws IOException {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    if (name.length == 0 || name.length > LONGEST_NAME) {
      throw new IOException("a socket's name has 1 to " + LONGEST_NAME + " bytes");
    }
    int made = CLibrary.socket(AF_UNIX, STREAM);
    if (made < 0) {
      throw new IOException("no socket can be made");
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment to = arena.allocate(Short.BYTES + LONGEST_NAME + 1);
      to.set(JAVA_SHORT, 0, (short) AF_UNIX);
      MemorySegment.copy(name, 0, to, JAVA_BYTE, Short.BYTES, name.length);
      if (CLibrary.connect(made, to, (int) to.byteSize()) != 0) {
        CLibrary.close(made);
        throw new IOException("nobody listens at " + path);
      }
    }
    return new DescriptorSocket(made);
  }

  /** One that is connected; it is closed with this. */
  static DescriptorSocket of(int connected) {
    return new DescriptorSocket(connected);
  }

  /** To be told when there is something to read or room to write. */
  public int descriptor() {
    return descriptor;
  }

  /**
   * Takes what is there, as far as there is room for it.
   *
   * @return whether anything was there
   * @throws IOException if the connection is over, or brought more descriptors than anybody sends
   */
  public boolean receive(Incoming into) throws IOException {
    int room = Math.min(BUFFER, into.room());
    if (room == 0) {
      return false;
    }
    vector.set(JAVA_LONG, Long.BYTES, room);
    header.set(ADDRESS, CONTROL_AT, control);
    header.set(JAVA_LONG, CONTROL_LENGTH, CONTROL);
    long count = CLibrary.recvmsg(state, descriptor, header, RECEIVING);
    if (count < 0 && CLibrary.notNow(state)) {
      return false;
    }
    if (count <= 0) {
      throw new IOException("the connection is over");
    }
    boolean tooMany = (header.get(JAVA_INT, FLAGS) & MSG_CTRUNC) != 0;
    for (int each : received()) {
      if (tooMany || !into.add(each)) {
        tooMany = true;
        Descriptors.close(each);
      }
    }
    if (tooMany) {
      throw new IOException("too many descriptors");
    }
    into.add(data.asSlice(0, count).asByteBuffer());
    return true;
  }

  private List<Integer> received() {
    List<Integer> all = new ArrayList<>();
    long length = header.get(JAVA_LONG, CONTROL_LENGTH);
    for (long at = 0; at + CONTROL_HEADER <= length; ) {
      long end = at + control.get(JAVA_LONG, at);
      boolean rights =
          control.get(JAVA_INT, at + 8) == SOL_SOCKET
              && control.get(JAVA_INT, at + 12) == SCM_RIGHTS;
      for (long each = at + CONTROL_HEADER; rights && each + 4 <= end; each += Integer.BYTES) {
        all.add(control.get(JAVA_INT, each));
      }
      at = Math.max(at + CONTROL_HEADER, end + 7 & ~7L);
    }
    return all;
  }

  /**
   * Sends as much as goes without waiting.
   *
   * @param beside a descriptor that goes with the first byte, -1 for none
   * @return whether anything was sent
   * @throws IOException if the connection is over
   */
  public boolean send(ByteBuffer from, int beside) throws IOException {
    int length = Math.min(BUFFER, from.remaining());
    MemorySegment.copy(MemorySegment.ofBuffer(from), JAVA_BYTE, 0, data, JAVA_BYTE, 0, length);
    vector.set(JAVA_LONG, Long.BYTES, length);
    if (beside < 0) {
      header.set(ADDRESS, CONTROL_AT, MemorySegment.NULL);
      header.set(JAVA_LONG, CONTROL_LENGTH, 0);
    } else {
      control.set(JAVA_LONG, 0, CONTROL_HEADER + Integer.BYTES);
      control.set(JAVA_INT, 8, SOL_SOCKET);
      control.set(JAVA_INT, 12, SCM_RIGHTS);
      control.set(JAVA_INT, CONTROL_HEADER, beside);
      header.set(ADDRESS, CONTROL_AT, control);
      header.set(JAVA_LONG, CONTROL_LENGTH, CONTROL_HEADER + Long.BYTES);
    }
    long count = CLibrary.sendmsg(state, descriptor, header, SENDING);
    if (count < 0 && !CLibrary.notNow(state)) {
      throw new IOException("the connection is over");
    }
    from.position(from.position() + (int) Math.max(0, count));
    return count > 0;
  }

  @Override
  public void close() {
    CLibrary.close(descriptor);
    arena.close();
  }
}
