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
import org.keywarden.broker.frontdoor.accessibility.FocusedObjects;
import org.keywarden.broker.frontdoor.terminal.TerminalWatch;
import org.keywarden.broker.look.Looks;
import org.keywarden.broker.process.Backoff;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.testbed.Await;
import org.keywarden.wayland.protocol.Interface;
import org.keywarden.wayland.protocol.Interfaces;
import org.keywarden.wayland.wire.Outgoing;

/** A door, and compositors that come, refuse and go. */
final class WaylandDoorTest {
  private static final int REGISTRY = 2;
  private static final int CALLBACK = 3;
  private static final int INPUT_METHOD = 7;

  private final LinkedBlockingQueue<String> said = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<SeatEvent> events = new LinkedBlockingQueue<>();
  private final IoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final IoEventLoop loop = (IoEventLoop) loops.next();
  private ServerSocketChannel server;
  private WaylandDoor door;

  @BeforeEach
  void open(@TempDir Path directory) throws Exception {
    Path socket = directory.resolve("wayland-1");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    // Nothing has to be waited for: what is to happen later happens at once.
    door =
        new WaylandDoor(
            new WaylandDoor.Place(
                events::add,
                TerminalWatch.none(),
                new FocusedObjects(() -> 0),
                (field, key) -> false,
                (delay, action) -> {
                  var scheduled = loop.submit(action);
                  return () -> scheduled.cancel(false);
                },
                new Looks(new Looks.Place(Runnable::run, loop, () -> 0, (delay, action) -> {})),
                Looks.threads("compositor"),
                loop,
                () -> 0,
                () -> new Backoff(Backoff.Patience.UNHURRIED, new Random(1)),
                said::add));
    loop.submit(() -> door.begin(socket.toString())).sync();
  }

  @AfterEach
  void close() throws Exception {
    loop.submit(door::end).sync();
    server.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private static void say(
      SocketChannel compositor, int object, Interface of, int event, Object... arguments)
      throws IOException {
    ByteBuffer bytes = Outgoing.message(object, event, of.events().get(event), arguments);
    while (bytes.hasRemaining()) {
      compositor.write(bytes);
    }
  }

  private SocketChannel accept() throws Exception {
    SocketChannel compositor = server.accept();
    say(compositor, REGISTRY, Interfaces.REGISTRY, 0, 1, "wl_seat", 7);
    say(compositor, REGISTRY, Interfaces.REGISTRY, 0, 2, "zwp_input_method_manager_v2", 1);
    say(compositor, REGISTRY, Interfaces.REGISTRY, 0, 3, "zwp_virtual_keyboard_manager_v1", 1);
    say(compositor, CALLBACK, Interfaces.CALLBACK, 0, 0);
    expect("come in");
    return compositor;
  }

  private void expect(String part) throws InterruptedException {
    String sentence = said.poll(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertTrue(sentence != null && sentence.contains(part), sentence);
  }

  private void expectEvent(Class<? extends SeatEvent> kind) throws InterruptedException {
    SeatEvent event = events.poll(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertEquals(kind, event == null ? null : event.getClass());
  }

  @Test
  void aFieldEndsWithItsCompositorAndTheNextOneIsFound() throws Exception {
    try (SocketChannel compositor = accept()) {
      say(compositor, INPUT_METHOD, Interfaces.INPUT_METHOD, 0);
      say(compositor, INPUT_METHOD, Interfaces.INPUT_METHOD, 5);
      expectEvent(SeatEvent.FieldOpened.class);
      expectEvent(SeatEvent.FocusGained.class);
    }
    expectEvent(SeatEvent.FieldClosed.class);
    expect("over");
    accept().close();
    expect("over");
  }

  @Test
  void theSeatIsTakenWhenTheOtherInputMethodLeavesIt() throws Exception {
    try (SocketChannel compositor = accept()) {
      say(compositor, INPUT_METHOD, Interfaces.INPUT_METHOD, 6);
      expect("another input method has the seat");
      assertEquals(WaylandDoor.State.TAKEN, loop.submit(door::state).get());
    }
    try (SocketChannel compositor = accept()) {
      assertEquals(WaylandDoor.State.OPEN, loop.submit(door::state).get());
    }
  }

  @Test
  void aCompositorWithoutInputMethodsIsNotAskedAgain() throws Exception {
    try (SocketChannel compositor = server.accept()) {
      say(compositor, REGISTRY, Interfaces.REGISTRY, 0, 1, "wl_seat", 7);
      say(compositor, CALLBACK, Interfaces.CALLBACK, 0, 0);
      Await.until(
          "end of the connection",
          () -> {
            try {
              return compositor.read(ByteBuffer.allocate(1024)) < 0;
            } catch (IOException over) {
              return true;
            }
          },
          () -> said.toString());
      assertEquals(WaylandDoor.State.NONE, loop.submit(door::state).get());
    }
  }
}
