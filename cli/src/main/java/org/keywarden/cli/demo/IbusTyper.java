package org.keywarden.cli.demo;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.locks.LockSupport;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.MessageCodec;
import org.keywarden.ibus.wire.Value;

/**
 * An application that speaks IBus's protocol as GTK does, over one blocking socket: no toolkit, no
 * display. Not thread-safe.
 */
public final class IbusTyper implements AutoCloseable {
  private static final String BUS = "org.freedesktop.DBus";
  private static final String IBUS = "org.freedesktop.IBus";
  private static final String CONTEXT = "org.freedesktop.IBus.InputContext";

  /** Preedit and focus (IBusCapabilite). */
  private static final int CAPABILITIES = 9;

  private static final int RELEASE = 1 << 30;
  private static final int KEYCODE = 30;
  private static final int BUFFER = 1 << 20;

  private final SocketChannel socket;
  private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER).limit(0);
  private String context = "";
  private int serial;
  private long composed;

  private IbusTyper(SocketChannel socket) {
    this.socket = socket;
  }

  /**
   * Connects and says Hello.
   *
   * @param at the socket of the door or bus
   * @param uid the caller's
   * @throws IOException if it is refused; the message has the answer
   */
  public static IbusTyper connect(Path at, int uid) throws IOException {
    IbusTyper typer = new IbusTyper(SocketChannel.open(UnixDomainSocketAddress.of(at)));
    typer.authenticate(uid);
    typer.call(BUS, "/org/freedesktop/DBus", BUS, "Hello");
    return typer;
  }

  /** Makes an input context and focuses it. */
  public void focus() throws IOException {
    Message made =
        call(IBUS, "/org/freedesktop/IBus", IBUS, "CreateInputContext", text("gtk3-im:bench"));
    if (!(made.body().getFirst() instanceof Value.ObjectPath path)) {
      throw new IOException("no input context: " + made.errorName());
    }
    context = path.value();
    call(IBUS, context, CONTEXT, "SetCapabilities", new Value.UInt32(CAPABILITIES));
    call(
        IBUS,
        context,
        "org.freedesktop.DBus.Properties",
        "Set",
        text(CONTEXT),
        text("ContentType"),
        new Value.Variant(Value.Struct.of(new Value.UInt32(0), new Value.UInt32(0))));
    call(IBUS, context, CONTEXT, "FocusIn");
  }

  private static Value text(String text) {
    return new Value.Str(text);
  }

  private void authenticate(int uid) throws IOException {
    String hex = HexFormat.of().formatHex(Integer.toString(uid).getBytes(StandardCharsets.UTF_8));
    write(ByteBuffer.wrap(("\0AUTH EXTERNAL " + hex + "\r\n").getBytes(StandardCharsets.UTF_8)));
    StringBuilder answer = new StringBuilder();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (answer.indexOf("\r\n") < 0) {
      one.clear();
      if (socket.read(one) < 0) {
        throw new EOFException("refused: " + answer);
      }
      answer.append((char) one.get(0));
    }
    write(ByteBuffer.wrap("BEGIN\r\n".getBytes(StandardCharsets.UTF_8)));
  }

  /** Calls and waits for the answer. */
  public Message call(String to, String path, String interfaceName, String member, Value... body)
      throws IOException {
    Message call = Message.call(to, path, interfaceName, member, body).numbered(++serial);
    write(ByteBuffer.wrap(MessageCodec.write(call)));
    while (true) {
      Message message = read();
      if (message.replySerial() == serial) {
        return message;
      }
      count(message);
    }
  }

  private void count(Message message) {
    String member = message.member();
    if (member != null && (member.startsWith("UpdatePreeditText") || member.equals("CommitText"))) {
      composed++;
    }
  }

  /** Preedits and commits seen so far. */
  public long composed() {
    return composed;
  }

  /**
   * Types keys, one at a time.
   *
   * @param word key symbols, each pressed and released, over and over
   * @param events to send
   * @param gap between an answer and the next event, in ns
   * @return from each event's sending to its answer, in ns
   */
  public double[] type(int[] word, int events, long gap) throws IOException {
    double[] took = new double[events];
    for (int i = 0; i < events; i++) {
      int keysym = word[i / 2 % word.length];
      int state = i % 2 == 0 ? 0 : RELEASE;
      if (gap > 0) {
        LockSupport.parkNanos(gap);
      }
      long start = System.nanoTime();
      Message answer =
          call(
              IBUS,
              context,
              CONTEXT,
              "ProcessKeyEvent",
              new Value.UInt32(keysym),
              new Value.UInt32(KEYCODE),
              new Value.UInt32(state));
      took[i] = System.nanoTime() - start;
      if (answer.kind() != Message.Kind.RETURN) {
        throw new IOException("a key was answered with " + answer.errorName());
      }
    }
    return took;
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      int ignored = socket.write(bytes);
    }
  }

  private Message read() throws IOException {
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
    while (in.remaining() < wanted) {
      in.compact();
      int got = socket.read(in);
      in.flip();
      if (got < 0) {
        throw new EOFException("the connection ended");
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
