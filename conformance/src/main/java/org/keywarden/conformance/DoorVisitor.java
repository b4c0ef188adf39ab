package org.keywarden.conformance;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.keywarden.ibus.object.IbusText;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.MessageCodec;
import org.keywarden.ibus.wire.Value;

/** A hostile or honest program at the broker's IBus door. What it receives is kept. */
final class DoorVisitor implements AutoCloseable {
  static final String BUS = "org.freedesktop.DBus";
  static final String BUS_PATH = "/org/freedesktop/DBus";
  static final String IBUS = "org.freedesktop.IBus";
  static final String IBUS_PATH = "/org/freedesktop/IBus";
  static final String CONTEXT = "org.freedesktop.IBus.InputContext";

  /** Preedit and focus (IBusCapabilite). */
  private static final int CAPABILITIES = 9;

  /** Those, and surrounding text. */
  static final int WITH_SURROUNDING = 41;

  private static final int KEYCODE = 30;
  private static final int KEYS = 128;

  private final SocketChannel socket;
  private final List<Message> received = new CopyOnWriteArrayList<>();
  private volatile boolean ended;
  private int serial;

  private DoorVisitor(SocketChannel socket) {
    this.socket = socket;
  }

  /** Connects and says nothing. */
  static DoorVisitor silent(Path door) {
    try {
      return new DoorVisitor(SocketChannel.open(UnixDomainSocketAddress.of(door)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Connects, authenticates and says Hello. */
  static DoorVisitor greeted(Path door) throws Unsettled {
    DoorVisitor visitor = letIn(door);
    visitor.listen();
    visitor.call(BUS, BUS_PATH, BUS, "Hello");
    return visitor;
  }

  /**
   * Connects and authenticates. What was closed just before still takes its room for a moment, so
   * who is refused comes again.
   */
  private static DoorVisitor letIn(Path door) throws Unsettled {
    List<DoorVisitor> in = new ArrayList<>(1);
    Await.until(
        "place for another connection",
        Await.PATIENCE,
        () -> {
          DoorVisitor visitor = silent(door);
          try {
            visitor.authenticateOnly();
            return in.add(visitor);
          } catch (Unsettled | UncheckedIOException refused) {
            visitor.close();
            return false;
          }
        },
        () -> "refused");
    return in.getFirst();
  }

  /** Authenticates; nothing of what comes after is read. */
  void authenticateOnly() throws Unsettled {
    try {
      int uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      String hex = HexFormat.of().formatHex(Integer.toString(uid).getBytes(StandardCharsets.UTF_8));
      bytes(("\0AUTH EXTERNAL " + hex + "\r\n").getBytes(StandardCharsets.UTF_8));
      ByteBuffer one = ByteBuffer.allocate(1);
      StringBuilder line = new StringBuilder();
      while (line.indexOf("\n") < 0) {
        one.clear();
        if (socket.read(one) < 0) {
          throw new Unsettled("the door let nobody in: " + line);
        }
        line.append((char) one.get(0));
      }
      bytes("BEGIN\r\n".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on what comes is kept. */
  void listen() {
    Thread.ofVirtual().start(this::receive);
  }

  private void receive() {
    ByteBuffer in = ByteBuffer.allocate(2 * MessageCodec.LARGEST).limit(0);
    try {
      while (true) {
        fill(in, MessageCodec.PREFIX);
        int length = MessageCodec.length(in.slice(in.position(), MessageCodec.PREFIX));
        fill(in, length);
        received.add(MessageCodec.read(in.slice(in.position(), length)));
        in.position(in.position() + length);
      }
    } catch (IOException | Malformed e) {
      ended = true;
    }
  }

  private void fill(ByteBuffer in, int wanted) throws IOException {
    while (in.remaining() < wanted) {
      in.compact();
      int got = socket.read(in);
      in.flip();
      if (got < 0) {
        throw new EOFException();
      }
    }
  }

  /** Sends bytes as they are; a connection closed meanwhile takes none. */
  void bytes(byte[] bytes) {
    ByteBuffer out = ByteBuffer.wrap(bytes);
    try {
      while (out.hasRemaining()) {
        int ignored = socket.write(out);
      }
    } catch (IOException closed) {
      ended = true;
    }
  }

  /** Sends a call; gives its serial. */
  int send(String to, String path, String interfaceName, String member, Value... body) {
    bytes(
        MessageCodec.write(Message.call(to, path, interfaceName, member, body).numbered(++serial)));
    return serial;
  }

  /** Sends a call and waits for its answer. */
  Message call(String to, String path, String interfaceName, String member, Value... body)
      throws Unsettled {
    return answer(send(to, path, interfaceName, member, body));
  }

  Message answer(int to) throws Unsettled {
    awaitMessage("answer", message -> message.replySerial() == to);
    return received.stream()
        .filter(message -> message.replySerial() == to)
        .findFirst()
        .orElseThrow();
  }

  void awaitMessage(String what, Predicate<Message> wanted) throws Unsettled {
    Await.until(
        what,
        Await.PATIENCE,
        () -> received.stream().anyMatch(wanted),
        () -> ended ? "the connection ended" : received.size() + " other messages");
  }

  /** Waits for the broker to close the connection. */
  void awaitEnd() throws Unsettled {
    Await.until("end of the connection", Await.PATIENCE, () -> ended, () -> "it is open");
  }

  boolean ended() {
    return ended;
  }

  List<Message> received() {
    return List.copyOf(received);
  }

  /** The last part of an error's name, or "ok". */
  static String outcome(Message answer) {
    String error = answer.errorName();
    return error == null ? "ok" : error.substring(error.lastIndexOf('.') + 1);
  }

  // As an application.

  /** Makes an input context; gives its path. */
  String context(String client) throws Unsettled {
    Message made = call(IBUS, IBUS_PATH, IBUS, "CreateInputContext", new Value.Str(client));
    if (!(made.body().getFirst() instanceof Value.ObjectPath path)) {
      throw new Unsettled("no input context: " + made.errorName());
    }
    on(path.value(), "SetCapabilities", new Value.UInt32(CAPABILITIES));
    return path.value();
  }

  Message on(String context, String member, Value... body) throws Unsettled {
    return call(IBUS, context, CONTEXT, member, body);
  }

  /** Says what the field is, then focuses it. */
  void focus(String context, int purpose, int hints) throws Unsettled {
    answer(declare(context, purpose, hints));
    on(context, "FocusIn");
  }

  /** Says what the field is; gives the call's serial. */
  int declare(String context, int purpose, int hints) {
    return send(
        IBUS,
        context,
        "org.freedesktop.DBus.Properties",
        "Set",
        new Value.Str(CONTEXT),
        new Value.Str("ContentType"),
        new Value.Variant(Value.Struct.of(new Value.UInt32(purpose), new Value.UInt32(hints))));
  }

  /** Reports text with the cursor at its end; gives the call's serial. */
  int report(String context, String text) {
    Value cursor = new Value.UInt32(text.codePointCount(0, text.length()));
    return send(
        IBUS,
        context,
        CONTEXT,
        "SetSurroundingText",
        new Value.Variant(IbusText.plain(text).toValue()),
        cursor,
        cursor);
  }

  /** Presses a key; gives the call's serial. */
  int press(String context, int keysym) {
    return send(
        IBUS,
        context,
        CONTEXT,
        "ProcessKeyEvent",
        new Value.UInt32(keysym),
        // Each letter has a key of its own: a key that is down already would only repeat.
        new Value.UInt32(KEYCODE + keysym % KEYS),
        new Value.UInt32(0));
  }

  /** Types a text, key by key; gives the outcome of the last. */
  Message type(String context, String text) throws Unsettled {
    int last = 0;
    for (int i = 0; i < text.length(); i++) {
      last = press(context, text.charAt(i));
    }
    return answer(last);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
