package org.keywarden.conformance.door;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.MessageCodec;
import org.keywarden.ibus.wire.Value;

/** A connection to the IBus door, for programs that do as they like. One thread, blocking. */
public final class DoorLine implements AutoCloseable {
  public static final String PORTAL = "org.freedesktop.portal.IBus";
  public static final String BUS = "org.freedesktop.DBus";
  public static final String IBUS = "org.freedesktop.IBus";
  public static final String IBUS_PATH = "/org/freedesktop/IBus";
  public static final String CONTEXT = "org.freedesktop.IBus.InputContext";

  /** Preedit, focus and surrounding text (IBusCapabilite). */
  private static final int CAPABILITIES = 9 | 32;

  /** Small, since a flood has many of these. */
  private static final int FIRST_BYTES = 4096;

  private final SocketChannel socket;
  private ByteBuffer in = ByteBuffer.allocate(FIRST_BYTES).limit(0);
  private int serial;
  private int strays;

  private DoorLine(SocketChannel socket) {
    this.socket = socket;
  }

  /** Connects and authenticates. */
  public static DoorLine at(Path door) throws IOException {
    DoorLine line = new DoorLine(SocketChannel.open(UnixDomainSocketAddress.of(door)));
    int uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    String hex = HexFormat.of().formatHex(Integer.toString(uid).getBytes(StandardCharsets.UTF_8));
    line.bytes(("\0AUTH EXTERNAL " + hex + "\r\n").getBytes(StandardCharsets.UTF_8));
    ByteBuffer one = ByteBuffer.allocate(1);
    do {
      one.clear();
      if (line.socket.read(one) < 0) {
        throw new IOException("not let in");
      }
    } while (one.get(0) != '\n');
    line.bytes("BEGIN\r\n".getBytes(StandardCharsets.UTF_8));
    return line;
  }

  /** The same, and says Hello. */
  public static DoorLine greeted(Path door) throws IOException {
    DoorLine line = at(door);
    line.call(Message.call(BUS, "/org/freedesktop/DBus", BUS, "Hello"));
    return line;
  }

  public void bytes(byte... bytes) throws IOException {
    ByteBuffer out = ByteBuffer.wrap(bytes);
    while (out.hasRemaining()) {
      int ignored = socket.write(out);
    }
  }

  /** The bytes of a call, with the next serial. */
  public byte[] written(Message call) {
    return MessageCodec.write(call.numbered(++serial));
  }

  public int send(Message call) throws IOException {
    bytes(written(call));
    return serial;
  }

  public Message call(Message call) throws IOException {
    return answer(send(call));
  }

  /** Reads until the answer to a call; what comes before it is dropped. */
  public Message answer(int to) throws IOException {
    while (true) {
      Message next = next();
      if (next.replySerial() == to) {
        return next;
      }
      if (next.replySerial() != 0) {
        strays++;
      }
    }
  }

  /** Answers that came while another was waited for. */
  public int strays() {
    return strays;
  }

  private Message next() throws IOException {
    try {
      fill(MessageCodec.PREFIX);
      int length = MessageCodec.length(in.slice(in.position(), MessageCodec.PREFIX));
      fill(length);
      Message message = MessageCodec.read(in.slice(in.position(), length));
      in.position(in.position() + length);
      return message;
    } catch (org.keywarden.ibus.wire.Malformed e) {
      throw new IOException(e);
    }
  }

  private void fill(int wanted) throws IOException {
    if (in.capacity() < wanted) {
      in = ByteBuffer.allocate(wanted).put(in).flip();
    }
    while (in.remaining() < wanted) {
      in.compact();
      int got = socket.read(in);
      in.flip();
      if (got < 0) {
        throw new IOException("closed");
      }
    }
  }

  /** Whether the other side has closed it; what it sent is dropped. */
  public boolean closed() {
    try {
      socket.configureBlocking(false);
      ByteBuffer any = ByteBuffer.allocate(1 << 16);
      int got;
      do {
        any.clear();
        got = socket.read(any);
      } while (got > 0);
      socket.configureBlocking(true);
      return got < 0;
    } catch (IOException reset) {
      return true;
    }
  }

  // As an application.

  public String context(String name) throws IOException {
    Message made =
        call(Message.call(IBUS, IBUS_PATH, IBUS, "CreateInputContext", new Value.Str(name)));
    if (made.body().isEmpty() || !(made.body().getFirst() instanceof Value.ObjectPath path)) {
      throw new IOException("no input context: " + made.errorName());
    }
    call(on(path.value(), "SetCapabilities", new Value.UInt32(CAPABILITIES)));
    return path.value();
  }

  /** A call for an input context, over the session bus. */
  public static Message portalContext(String name) {
    return Message.call(
        PORTAL,
        IBUS_PATH,
        "org.freedesktop.IBus.Portal",
        "CreateInputContext",
        new Value.Str(name));
  }

  /** The same call to an object of the portal's. */
  public static Message toPortal(Message call) {
    return Message.call(
        PORTAL,
        String.valueOf(call.path()),
        String.valueOf(call.interfaceName()),
        String.valueOf(call.member()),
        call.body().toArray(Value[]::new));
  }

  public static Message on(String context, String member, Value... body) {
    return Message.call(IBUS, context, CONTEXT, member, body);
  }

  public static Message key(String context, int keysym) {
    return on(
        context,
        "ProcessKeyEvent",
        new Value.UInt32(keysym),
        new Value.UInt32(30),
        new Value.UInt32(0));
  }

  public static Message type(String context, int purpose, int hints) {
    return Message.call(
        IBUS,
        context,
        "org.freedesktop.DBus.Properties",
        "Set",
        new Value.Str(CONTEXT),
        new Value.Str("ContentType"),
        new Value.Variant(Value.Struct.of(new Value.UInt32(purpose), new Value.UInt32(hints))));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** As many as it gets. */
  public static List<DoorLine> many(Path door, int count) {
    List<DoorLine> all = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        all.add(greeted(door));
      }
    } catch (IOException refused) {
      return all;
    }
    return all;
  }
}
