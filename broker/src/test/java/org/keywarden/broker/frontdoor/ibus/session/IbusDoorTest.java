package org.keywarden.broker.frontdoor.ibus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.broker.budget.Limits;
import org.keywarden.broker.budget.Limits.Bound;
import org.keywarden.broker.budget.Resource;
import org.keywarden.broker.frontdoor.Applications;
import org.keywarden.broker.frontdoor.accessibility.FocusedObjects;
import org.keywarden.broker.frontdoor.ibus.context.IbusObject;
import org.keywarden.broker.frontdoor.terminal.FakeTerminals;
import org.keywarden.broker.socket.Admission;
import org.keywarden.broker.socket.Admissions;
import org.keywarden.ibus.bus.BusObject;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.MessageCodec;
import org.keywarden.ibus.wire.Value;
import org.keywarden.testbed.Await;

/** What the door's socket lets a process hold. */
final class IbusDoorTest {
  private static final int CONNECTIONS = 5;
  private static final String GUID = HexFormat.of().formatHex(new SecureRandom().generateSeed(16));
  private static final int BYTES = 200_000;

  @TempDir private Path directory;
  private final MultiThreadIoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final Set<Runnable> timers = ConcurrentHashMap.newKeySet();
  private final int uid = Admissions.everybody().uid();
  private final Admission admission =
      Admissions.of(
          new Limits(
              new Bound(CONNECTIONS, CONNECTIONS),
              new Bound(3, 3),
              new Bound(0, 0),
              new Bound(BYTES, BYTES)),
          uid);
  private final List<SocketChannel> opened = new ArrayList<>();
  private IbusDoor door;

  @BeforeEach
  void begin() throws IOException {
    door =
        new IbusDoor(
            event -> {},
            Applications.read(directory),
            FakeTerminals.open(uid),
            new FocusedObjects(() -> 0),
            (pid, then) -> {},
            Panels.none(),
            (delay, action) -> {
              timers.add(action);
              return () -> timers.remove(action);
            },
            Admissions.looks(),
            admission,
            GUID);
    door.open(loop, loop, directory.resolve("ibus"));
  }

  @AfterEach
  void end() throws IOException {
    for (SocketChannel each : opened) {
      each.close();
    }
    door.close();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private SocketChannel connect() throws IOException {
    SocketChannel connection =
        SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve("ibus")));
    opened.add(connection);
    return connection;
  }

  private SocketChannel greeted() throws IOException {
    SocketChannel connection = connect();
    String hex = HexFormat.of().formatHex(("" + uid).getBytes(StandardCharsets.US_ASCII));
    write(connection, ("\0AUTH EXTERNAL " + hex + "\r\n").getBytes(StandardCharsets.US_ASCII));
    assertTrue(read(connection) > 0);
    write(connection, "BEGIN\r\n".getBytes(StandardCharsets.US_ASCII));
    write(connection, bytes(BusObject.NAME, "/org/freedesktop/DBus", "Hello"));
    assertTrue(read(connection) > 0);
    return connection;
  }

  private static byte[] bytes(String to, String path, String member, Value... body) {
    return MessageCodec.write(Message.call(to, path, to, member, body).numbered(1));
  }

  private static void write(SocketChannel to, byte[] bytes) throws IOException {
    ByteBuffer all = ByteBuffer.wrap(bytes);
    while (all.hasRemaining()) {
      to.write(all);
    }
  }

  private static int read(SocketChannel from) throws IOException {
    return from.read(ByteBuffer.allocate(4_096));
  }

  private void awaitHeld(Resource what, long amount) {
    Await.until(
        amount + " of " + what + " to be held", () -> admission.budget().held(what) == amount);
  }

  @Test
  void whoSeesNoFileReachesTheName() throws IOException {
    assertTrue(
        door.address().endsWith(";unix:abstract=keywarden-ibus-" + GUID + ",guid=" + GUID),
        door.address());
    Files.delete(directory.resolve("ibus"));
    EpollDomainSocketChannel channel = new EpollDomainSocketChannel();
    loop.register(channel).syncUninterruptibly();
    channel.connect(new DomainSocketAddress("\0keywarden-ibus-" + GUID)).syncUninterruptibly();
    awaitHeld(Resource.CONNECTIONS, 1);
    channel.close().syncUninterruptibly();
  }

  @Test
  void connectionsBeyondTheBoundAreClosedAndTheFirstGoesOn() throws IOException {
    SocketChannel first = greeted();
    for (int i = 1; i < CONNECTIONS; i++) {
      connect();
    }
    awaitHeld(Resource.CONNECTIONS, CONNECTIONS);
    for (int i = 0; i < 300; i++) {
      try (SocketChannel more = connect()) {
        assertEquals(-1, read(more));
      }
    }
    write(first, bytes(BusObject.IBUS, IbusObject.PATH, "Ping"));
    assertTrue(read(first) > 0);
  }

  @Test
  void whatIsClosedLeavesNoTimerAndNoShare() throws IOException {
    for (int i = 0; i < 20; i++) {
      try (SocketChannel one = greeted()) {
        write(one, bytes(BusObject.IBUS, IbusObject.PATH, "CreateInputContext", Fixture.text("x")));
        assertTrue(read(one) > 0);
      }
      awaitHeld(Resource.CONNECTIONS, 0);
    }
    assertEquals(0, admission.budget().held(Resource.CONTEXTS));
    Await.until("the last timer to go", timers::isEmpty);
  }

  @Test
  void contextsOfAllConnectionsOfAProcessAreBoundedTogether() throws IOException {
    SocketChannel one = greeted();
    SocketChannel two = greeted();
    for (SocketChannel each : List.of(one, two)) {
      for (int i = 0; i < 10; i++) {
        write(
            each, bytes(BusObject.IBUS, IbusObject.PATH, "CreateInputContext", Fixture.text("x")));
        assertTrue(read(each) > 0);
      }
    }
    assertEquals(3, admission.budget().held(Resource.CONTEXTS));
  }

  @Test
  void unfinishedMessagesAreChargedAndWhoHoldsTooMuchIsClosed() throws IOException {
    SocketChannel honest = greeted();
    byte[] large =
        bytes(BusObject.IBUS, IbusObject.PATH, "Ping", Fixture.text("x".repeat(900_000)));
    SocketChannel greedy = greeted();
    try {
      write(greedy, java.util.Arrays.copyOf(large, 800_000));
    } catch (IOException closedMeanwhile) {
      assertTrue(greedy.isOpen());
    }
    awaitHeld(Resource.CONNECTIONS, 1);
    assertEquals(0, admission.budget().held(Resource.BYTES));
    write(honest, bytes(BusObject.IBUS, IbusObject.PATH, "Ping"));
    assertTrue(read(honest) > 0);
  }

  @Test
  void anUnfinishedMessageIsPaidBackWhenItIsWhole() throws IOException {
    SocketChannel one = greeted();
    byte[] message =
        bytes(BusObject.IBUS, IbusObject.PATH, "Ping", Fixture.text("x".repeat(50_000)));
    write(one, java.util.Arrays.copyOf(message, 40_000));
    Await.until(
        "the first part to be held", () -> admission.budget().held(Resource.BYTES) >= 40_000);
    write(one, java.util.Arrays.copyOfRange(message, 40_000, message.length));
    assertTrue(read(one) > 0);
    awaitHeld(Resource.BYTES, 0);
  }

  @Test
  void whoDoesNotReadIsChargedAndThenClosed() throws IOException {
    SocketChannel deaf = greeted();
    byte[] ask = bytes(BusObject.IBUS, IbusObject.PATH, "Ping");
    SocketChannel honest = greeted();
    try {
      for (int i = 0; i < 100_000; i++) {
        write(deaf, ask);
      }
    } catch (IOException closed) {
      assertTrue(deaf.isOpen());
    }
    awaitHeld(Resource.CONNECTIONS, 1);
    assertEquals(0, admission.budget().held(Resource.BYTES));
    write(honest, ask);
    assertTrue(read(honest) > 0);
  }
}
