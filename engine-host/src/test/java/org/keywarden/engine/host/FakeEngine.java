package org.keywarden.engine.host;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.keywarden.ibus.bus.BusObject;
import org.keywarden.ibus.object.IbusText;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.MessageCodec;
import org.keywarden.ibus.wire.Type;
import org.keywarden.ibus.wire.Value;

/**
 * An engine on a thread, which does with each key what its script says. It stands for a process.
 */
final class FakeEngine implements EngineProcess {
  static final String COMPONENT = "org.test.Engine";
  static final String PATH = "/engine/1";

  private static final long PATIENCE_SECONDS = 20;

  /** Everything that it was called for, names only, and what its own calls were answered. */
  final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  final BlockingQueue<Message> answers = new LinkedBlockingQueue<>();

  /** What it does before it answers another call than a key. */
  volatile Consumer<String> onOther = member -> {};

  private final Path socket;
  private final BiConsumer<FakeEngine, Message> onKey;
  private final Executor executor;
  private final Runnable whenOver;
  private final SocketChannel channel;
  private int serial;
  private volatile boolean killed;

  /**
   * @param onKey takes the call of a key
   */
  FakeEngine(
      Path socket, BiConsumer<FakeEngine, Message> onKey, Executor executor, Runnable whenOver)
      throws IOException {
    this.socket = socket;
    this.onKey = onKey;
    this.executor = executor;
    this.whenOver = whenOver;
    this.channel = SocketChannel.open(java.net.StandardProtocolFamily.UNIX);
    Thread.ofPlatform().daemon().start(this::run);
  }

  private void run() {
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      raw("\0AUTH EXTERNAL 30\r\nBEGIN\r\n".getBytes(StandardCharsets.US_ASCII));
      line();
      callBus("Hello");
      callBus("RequestName", new Value.Str(COMPONENT), new Value.UInt32(0));
      while (true) {
        take(message());
      }
    } catch (IOException | Malformed e) {
      over();
    }
  }

  private void over() {
    try {
      executor.execute(whenOver);
    } catch (RejectedExecutionException atTheEnd) {
      // The host is gone too.
    }
  }

  private void take(Message message) {
    if (message.kind() == Message.Kind.RETURN || message.kind() == Message.Kind.ERROR) {
      answers.add(message);
    }
    if (message.kind() != Message.Kind.CALL) {
      return;
    }
    heard.add(String.valueOf(message.member()));
    switch (String.valueOf(message.member())) {
      case "CreateEngine" -> send(message.reply(new Value.ObjectPath(PATH)));
      case "GetAll" ->
          send(
              message.reply(
                  new Value.Array(
                      new Type.Entry(Type.Basic.STRING, Type.Variant.VARIANT), List.of())));
      case "ProcessKeyEvent" -> onKey.accept(this, message);
      default -> {
        onOther.accept(String.valueOf(message.member()));
        if (message.wantsReply()) {
          send(message.reply());
        }
      }
    }
  }

  /** The character that a key call is of. */
  static int keysym(Message call) {
    return call.body().getFirst() instanceof Value.UInt32 number ? number.value() : 0;
  }

  void answer(Message call, boolean used) {
    send(call.reply(new Value.Bool(used)));
  }

  void preedit(String text) {
    signal(
        "UpdatePreeditText",
        IbusText.plain(text).toVariant(),
        new Value.UInt32(text.length()),
        new Value.Bool(!text.isEmpty()),
        new Value.UInt32(1));
  }

  void commit(String text) {
    signal("CommitText", IbusText.plain(text).toVariant());
  }

  void signal(String member, Value... body) {
    send(Message.signal(PATH, RemoteEngine.INTERFACE, member, body));
  }

  void callBus(String member, Value... body) {
    send(
        new Message(
            Message.Kind.CALL,
            0,
            0,
            BusObject.PATH,
            BusObject.NAME,
            member,
            null,
            0,
            BusObject.NAME,
            ":9.9",
            List.of(body)));
  }

  void call(String destination, String path, String interfaceName, String member, Value... body) {
    send(Message.call(destination, path, interfaceName, member, body));
  }

  synchronized void send(Message message) {
    raw(MessageCodec.write(message.numbered(++serial)));
  }

  synchronized void raw(byte[] bytes) {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    try {
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    } catch (IOException closed) {
      // The host has ended the connection.
    }
  }

  private void line() throws IOException {
    while (bytes(1).get(0) != '\n') {}
  }

  private Message message() throws IOException, Malformed {
    ByteBuffer prefix = bytes(MessageCodec.PREFIX);
    int length = MessageCodec.length(prefix);
    ByteBuffer whole = ByteBuffer.allocate(length);
    whole.put(prefix).put(bytes(length - MessageCodec.PREFIX)).flip();
    return MessageCodec.read(whole);
  }

  private ByteBuffer bytes(int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new IOException("the host has ended the connection");
      }
    }
    return bytes.flip();
  }

  /** Dies as a process does. */
  void die() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  Message nextAnswer() throws InterruptedException {
    Message next = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("the host answers nothing");
    }
    return next;
  }

  /** Waits until it is called for this. */
  void awaitCall(String member) throws InterruptedException {
    String next;
    do {
      next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("the host never calls " + member);
      }
    } while (!next.equals(member));
  }

  boolean isKilled() {
    return killed;
  }

  @Override
  public boolean owns(long pid) {
    return pid == ProcessHandle.current().pid();
  }

  @Override
  public void kill() {
    killed = true;
    die();
  }
}
