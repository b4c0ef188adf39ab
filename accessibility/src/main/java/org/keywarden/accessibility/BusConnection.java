package org.keywarden.accessibility;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.keywarden.ibus.wire.BusAddress;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.MessageCodec;

/** A client of a bus: its bytes, its calls and their answers. Blocks; one thread. */
final class BusConnection implements Bus, Closeable {
  private static final int LONGEST_LINE = 256;

  /** Of a message; none that is for us is larger, and what is larger is skipped. */
  private static final int LARGEST = 64 * 1024;

  /** Whom a call was for: nobody else's answer counts. */
  private record Asked(String whom, Consumer<Message> answer) {}

  private final UnixStream stream;
  private final ByteBuffer in = ByteBuffer.allocate(LARGEST).flip();
  private final Map<Integer, Asked> asked = new HashMap<>();
  private int serial;

  private BusConnection(UnixStream stream) {
    this.stream = stream;
  }

  /** Connects and says who we are (D-Bus Specification 0.43, "Authentication Protocol"). */
  static BusConnection open(BusAddress address) throws IOException {
    BusConnection made = new BusConnection(UnixStream.connect(address));
    try {
      made.authenticate();
      made.call(Message.call(BUS, BUS_PATH, BUS, "Hello"), name -> {});
      return made;
    } catch (IOException | RuntimeException | Error e) {
      made.close();
      throw e;
    }
  }

  private void authenticate() throws IOException {
    String user = Integer.toString(UnixStream.user());
    String hex = HexFormat.of().formatHex(user.getBytes(StandardCharsets.US_ASCII));
    stream.write(("\0AUTH EXTERNAL " + hex + "\r\n").getBytes(StandardCharsets.US_ASCII));
    StringBuilder line = new StringBuilder();
    while (line.isEmpty() || line.charAt(line.length() - 1) != '\n') {
      need(1);
      line.append((char) (in.get() & 0xFF));
      if (line.length() > LONGEST_LINE) {
        throw new IOException("the bus does not speak D-Bus");
      }
    }
    if (!line.toString().startsWith("OK ")) {
      throw new IOException("the bus refused to authenticate us");
    }
    stream.write("BEGIN\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void call(Message call, Consumer<Message> answer) {
    asked.put(serial + 1, new Asked(String.valueOf(call.destination()), answer));
    send(call);
  }

  /**
   * Sends a message.
   *
   * @throws UncheckedIOException if the connection is over
   */
  void send(Message message) {
    serial++;
    try {
      stream.write(MessageCodec.write(message.numbered(serial)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void forget(String client) {
    asked.values().removeIf(each -> each.whom().equals(client));
  }

  /**
   * Waits for the next message that is no answer; answers are taken on the way.
   *
   * @return empty after each answer, and after what cannot be read
   */
  Optional<Message> next() throws IOException {
    need(MessageCodec.PREFIX);
    long length;
    try {
      length = MessageCodec.announced(in.slice());
    } catch (Malformed e) {
      throw new IOException("the bus does not speak D-Bus: " + e.getMessage(), e);
    }
    if (length > LARGEST) {
      skip(length);
      return Optional.empty();
    }
    need((int) length);
    ByteBuffer one = in.slice(in.position(), (int) length);
    in.position(in.position() + (int) length);
    Message message;
    try {
      message = MessageCodec.read(one);
    } catch (Malformed ofAnotherClient) {
      return Optional.empty();
    }
    if (message.replySerial() == 0) {
      return Optional.of(message);
    }
    Asked of = asked.get(message.replySerial());
    // A well-known name's answer comes from its owner's own.
    if (of != null && (!of.whom().startsWith(":") || of.whom().equals(message.sender()))) {
      asked.remove(message.replySerial());
      of.answer().accept(message);
    }
    return Optional.empty();
  }

  private void need(int count) throws IOException {
    while (in.remaining() < count) {
      in.compact();
      try {
        stream.read(in);
      } finally {
        in.flip();
      }
    }
  }

  private void skip(long count) throws IOException {
    for (long left = count; left > 0; ) {
      need(1);
      int now = (int) Math.min(left, in.remaining());
      in.position(in.position() + now);
      left -= now;
    }
  }

  @Override
  public void close() {
    stream.close();
  }
}
