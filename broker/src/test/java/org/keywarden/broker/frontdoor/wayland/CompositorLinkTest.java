package org.keywarden.broker.frontdoor.wayland;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.testbed.Await;
import org.keywarden.wayland.protocol.Interface;
import org.keywarden.wayland.protocol.Interfaces;
import org.keywarden.wayland.socket.DescriptorSocket;
import org.keywarden.wayland.wire.Outgoing;

/** A link and a compositor that is written by hand. */
final class CompositorLinkTest {
  private static final int REGISTRY = 2;
  private static final int CALLBACK = 3;
  private static final int INPUT_METHOD = 7;
  private static final int GRAB = 9;

  /** What the door is told, one thing after another. */
  private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();

  private final IoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final IoEventLoop loop = (IoEventLoop) loops.next();
  private ServerSocketChannel server;
  private SocketChannel compositor;
  private CompositorLink link;

  @BeforeEach
  void connect(@TempDir Path directory) throws Exception {
    Path socket = directory.resolve("wayland-1");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    DescriptorSocket connected = DescriptorSocket.connect(socket.toString());
    compositor = server.accept();
    link =
        new CompositorLink(
            connected,
            new CompositorLink.Fate() {
              @Override
              public void begun() {
                told.add("begun");
              }

              @Override
              public void unsupported() {
                told.add("unsupported");
              }

              @Override
              public void lost(String why) {
                told.add("lost");
              }
            },
            asked -> new Words());
    loop.submit(() -> link.begin(loop)).sync();
  }

  @AfterEach
  void close() throws Exception {
    loop.submit(link::close).sync();
    compositor.close();
    server.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  /** Writes down what the input method is told. */
  private final class Words implements CompositorWord {
    @Override
    public void activate() {}

    @Override
    public void deactivate() {}

    @Override
    public void surroundingText(String text, int cursor, int anchor) {}

    @Override
    public void contentType(int hints, int purpose) {
      told.add("type " + hints + " " + purpose);
    }

    @Override
    public void done() {
      told.add("done");
    }

    @Override
    public void unavailable() {
      told.add("unavailable");
    }

    @Override
    public void keymap(int format, int descriptor, int size) {
      told.add("keymap");
    }

    @Override
    public void key(int time, int code, boolean down) {
      told.add("key " + code);
    }

    @Override
    public void modifiers(Modifiers modifiers) {}

    @Override
    public void repeatInfo(int rate, int delay) {
      throw new IllegalStateException("a fault");
    }

    @Override
    public void batchEnded() {}
  }

  private void say(int object, Interface of, int event, Object... arguments) throws IOException {
    write(Outgoing.message(object, event, of.events().get(event), arguments));
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      compositor.write(bytes);
    }
  }

  private void expect(String what) throws InterruptedException {
    assertEquals(what, told.poll(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS));
  }

  /** Says that it has all an input method needs. */
  private void offer() throws Exception {
    say(REGISTRY, Interfaces.REGISTRY, 0, 1, "wl_seat", 7);
    say(REGISTRY, Interfaces.REGISTRY, 0, 2, "zwp_input_method_manager_v2", 1);
    say(REGISTRY, Interfaces.REGISTRY, 0, 3, "zwp_virtual_keyboard_manager_v1", 1);
    say(CALLBACK, Interfaces.CALLBACK, 0, 0);
    expect("begun");
  }

  @Test
  void anInputMethodIsAskedForWhereThereIsOne() throws Exception {
    offer();
    say(INPUT_METHOD, Interfaces.INPUT_METHOD, 4, 0xC0, 8);
    say(INPUT_METHOD, Interfaces.INPUT_METHOD, 5);
    expect("type 192 8");
    expect("done");
    say(INPUT_METHOD, Interfaces.INPUT_METHOD, 6);
    expect("unavailable");
  }

  @Test
  void aScreenThatIsUnpluggedChangesNothing() throws Exception {
    offer();
    say(REGISTRY, Interfaces.REGISTRY, 0, 4, "wl_output", 4);
    say(REGISTRY, Interfaces.REGISTRY, 1, 4);
    say(INPUT_METHOD, Interfaces.INPUT_METHOD, 5);
    expect("done");
  }

  @Test
  void aFaultInTheDoorEndsTheConnectionAndNotTheLoop() throws Exception {
    offer();
    loop.submit(link::grabKeyboard).sync();
    say(GRAB, Interfaces.KEYBOARD_GRAB, 3, 25, 600);
    expect("lost");
    loop.submit(() -> told.add("another")).sync();
    expect("another");
  }

  @Test
  void aCompositorWithoutInputMethodsIsLeftAlone() throws Exception {
    say(REGISTRY, Interfaces.REGISTRY, 0, 1, "wl_seat", 7);
    say(CALLBACK, Interfaces.CALLBACK, 0, 0);
    expect("unsupported");
  }

  @Test
  void keysOfAGrabGivenBackStillArrive() throws Exception {
    offer();
    loop.submit(
            () -> {
              link.grabKeyboard();
              link.releaseKeyboard();
            })
        .sync();
    say(GRAB, Interfaces.KEYBOARD_GRAB, 1, 1, 2, 30, 1);
    expect("key 30");
    say(1, Interfaces.DISPLAY, 1, GRAB);
    say(GRAB, Interfaces.KEYBOARD_GRAB, 1, 1, 2, 30, 1);
    expect("lost");
  }

  @Test
  void aKeymapWithoutDescriptorEndsTheConnection() throws Exception {
    offer();
    loop.submit(link::grabKeyboard).sync();
    say(GRAB, Interfaces.KEYBOARD_GRAB, 0, 1, 64);
    expect("lost");
  }

  @Test
  void anErrorOfTheProtocolEndsTheConnection() throws Exception {
    say(1, Interfaces.DISPLAY, 0, 1, 3, "said by the compositor");
    expect("lost");
  }

  @Test
  void itsEndIsNoticed() throws Exception {
    compositor.close();
    expect("lost");
  }

  @Test
  void aFloodIsTakenAndOthersHaveTheirTurn() throws Exception {
    offer();
    ByteBuffer done = Outgoing.message(INPUT_METHOD, 5, Interfaces.INPUT_METHOD.events().get(5));
    int all = 50_000;
    ByteBuffer flood = ByteBuffer.allocate(all * done.remaining());
    for (int i = 0; i < all; i++) {
      flood.put(done.duplicate());
    }
    write(flood.flip());
    loop.submit(() -> told.add("another")).sync();
    for (int i = 0; i <= all; i++) {
      assertTrue(told.poll(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS) != null, "message " + i);
    }
  }

  @Test
  void whatIsPausedIsTakenLater() throws Exception {
    offer();
    loop.submit(link::pause).sync();
    say(INPUT_METHOD, Interfaces.INPUT_METHOD, 5);
    loop.submit(() -> told.add("not yet")).sync();
    expect("not yet");
    loop.submit(link::resume).sync();
    expect("done");
  }

  @Test
  void aCompositorThatReadsNothingIsGivenUp() throws Exception {
    offer();
    Await.until(
        "end of the connection",
        () -> {
          loop.submit(() -> link.commitString("a".repeat(Outgoing.LONGEST_TEXT)))
              .syncUninterruptibly();
          loop.submit(link::flush).syncUninterruptibly();
          return "lost".equals(told.peek());
        },
        () -> "still there");
  }

  @Test
  void anyBytesEndTheConnectionAndNothingElse() throws Exception {
    offer();
    byte[] bytes = new byte[4096];
    new Random(3).nextBytes(bytes);
    write(ByteBuffer.wrap(bytes));
    expect("lost");
  }
}
