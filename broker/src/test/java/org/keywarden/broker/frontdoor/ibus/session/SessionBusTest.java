package org.keywarden.broker.frontdoor.ibus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.ibus.bus.BusObject;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.MessageCodec;
import org.keywarden.ibus.wire.Value;

/** What other clients of the session bus send does not cost the name. */
@Timeout(30)
final class SessionBusTest {
  /** Of RequestName, the second call. */
  private static final int REQUEST = 2;

  private static final String OWNED = "applications of this session type through Keywarden";

  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  @TempDir private Path directory;

  private interface Script {
    void to(SocketChannel client) throws Exception;
  }

  /** Plays a bus that lets the client in, then says these things. */
  private String firstReport(Script script) throws Exception {
    Path path = directory.resolve("bus");
    MultiThreadIoEventLoopGroup loop =
        new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    try (ServerSocketChannel bus = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      bus.bind(UnixDomainSocketAddress.of(path));
      SessionBus ours =
          new SessionBus(
              0, new PortalFixture(directory.resolve("proc")).portal, () -> false, said::add);
      ours.claim();
      ours.own("unix:path=" + path, loop);
      try (SocketChannel client = bus.accept()) {
        var in = Channels.newInputStream(client);
        while (in.read() != '\n') {
          // The client's AUTH.
        }
        send(client, "OK 0\r\n".getBytes(StandardCharsets.US_ASCII));
        script.to(client);
        String report = said.poll(10, TimeUnit.SECONDS);
        return report == null ? "nothing" : report;
      } finally {
        ours.close();
      }
    } finally {
      loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  private static void send(SocketChannel client, byte[] bytes) throws Exception {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    while (left.hasRemaining()) {
      client.write(left);
    }
  }

  private static void answer(SocketChannel client, String sender, int code) throws Exception {
    Message call = Message.call(sender, "/", "a.b", "RequestName").from(":1.1").numbered(REQUEST);
    Message answer = call.reply(new Value.UInt32(code)).from(sender).numbered(9);
    send(client, MessageCodec.write(answer));
  }

  @Test
  void theNameIsOurs() throws Exception {
    assertEquals(OWNED, firstReport(client -> answer(client, BusObject.NAME, 1)));
  }

  @Test
  void anAnswerOfAnotherClientIsNone() throws Exception {
    assertEquals(
        OWNED,
        firstReport(
            client -> {
              answer(client, ":1.7", 3);
              answer(client, BusObject.NAME, 1);
            }));
  }

  @Test
  void aMessageLargerThanAnyForUsIsSkipped() throws Exception {
    int body = 3 * MessageCodec.LARGEST;
    ByteBuffer large =
        ByteBuffer.allocate(MessageCodec.PREFIX + body).order(ByteOrder.LITTLE_ENDIAN);
    large.put(new byte[] {'l', 1, 0, 1}).putInt(body).putInt(5).putInt(0);
    assertEquals(
        OWNED,
        firstReport(
            client -> {
              send(client, large.array());
              answer(client, BusObject.NAME, 1);
            }));
  }

  @Test
  void aMessageWeCannotReadIsSkipped() throws Exception {
    ByteBuffer empty = ByteBuffer.allocate(MessageCodec.PREFIX).order(ByteOrder.LITTLE_ENDIAN);
    empty.put(new byte[] {'l', 1, 0, 1}).putInt(0).putInt(5).putInt(0);
    assertEquals(
        OWNED,
        firstReport(
            client -> {
              send(client, empty.array());
              answer(client, BusObject.NAME, 1);
            }));
  }
}
