package org.keywarden.client.bus;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.MessageCodec;

/**
 * A connection to the IBus door or to a bus, over one blocking socket, for programs that do as they
 * like. Trusts whom it talks to: nothing but a message's size is bounded. One thread; another may
 * read meanwhile.
 */
public final class BusLine implements AutoCloseable {
  /** Small, since a flood has many of these. */
  private static final int FIRST_BYTES = 4096;

  private final SocketChannel socket;
  private ByteBuffer in = ByteBuffer.allocateDirect(FIRST_BYTES).limit(0);
  private int serial;
  private int strays;

  private BusLine(SocketChannel socket) {
    this.socket = socket;
  }

  /** Connects and says nothing. */
  public static BusLine silent(Path socket) throws IOException {
    return new BusLine(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
  }

  /** Connects, authenticates and says Hello. */
  public static BusLine greeted(Path socket) throws IOException {
    BusLine line = silent(socket);
    try {
      line.authenticate();
      line.call(Message.call(IbusCalls.BUS, IbusCalls.BUS_PATH, IbusCalls.BUS, "Hello"));
      return line;
    } catch (IOException refused) {
      line.close();
      throw refused;
    }
  }

  /**
   * Says who we are (D-Bus Specification 0.43, "Authentication Protocol").
   *
   * @throws IOException if that is refused; the message has the answer
   */
  public void authenticate() throws IOException {
    int uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    String hex = HexFormat.of().formatHex(ascii(Integer.toString(uid)));
    bytes(ascii("\0AUTH EXTERNAL " + hex + "\r\n"));
    StringBuilder answer = new StringBuilder();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (answer.indexOf("\n") < 0) {
      one.clear();
      if (socket.read(one) < 0) {
        throw new IOException("not let in: " + answer);
      }
      answer.append((char) one.get(0));
    }
    bytes(ascii("BEGIN\r\n"));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Sends bytes as they are. */
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

  /** Sends a call; returns its serial. */
  public int send(Message call) throws IOException {
    bytes(written(call));
    return serial;
  }

  /** The serial of the last call. */
  public int serial() {
    return serial;
  }

  /** Calls and waits for the answer; what comes before it is dropped. */
  public Message call(Message call) throws IOException {
    return answer(send(call));
  }

  /** Reads until the answer to a call; what comes before it is dropped. */
  public Message answer(int to) throws IOException {
    return answer(to, other -> {});
  }

  /**
   * Reads until the answer to a call.
   *
   * @param others takes what comes before it
   */
  public Message answer(int to, Consumer<Message> others) throws IOException {
    while (true) {
      Message next = next();
      if (next.replySerial() == to) {
        return next;
      }
      if (next.replySerial() != 0) {
        strays++;
      }
      others.accept(next);
    }
  }

  /** Answers that came while another was waited for. */
  public int strays() {
    return strays;
  }

  /** Waits for the next message. */
  public Message next() throws IOException {
    try {
      fill(MessageCodec.PREFIX);
      int length = MessageCodec.length(in.slice(in.position(), MessageCodec.PREFIX));
      fill(length);
      Message message = MessageCodec.read(in.slice(in.position(), length));
      in.position(in.position() + length);
      return message;
    } catch (Malformed e) {
      throw new IOException("no D-Bus: " + e.getMessage(), e);
    }
  }

  private void fill(int wanted) throws IOException {
    if (in.capacity() < wanted) {
      in = ByteBuffer.allocateDirect(wanted).put(in).flip();
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

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
