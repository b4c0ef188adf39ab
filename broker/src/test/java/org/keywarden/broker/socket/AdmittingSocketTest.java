package org.keywarden.broker.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.PeerCredentials;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.broker.budget.Resource;
import org.keywarden.testbed.Await;

/** Whoever connects is looked at beside the loops, and served after that. */
final class AdmittingSocketTest {
  private static final String PROGRAM = "/usr/bin/app";
  private static final long PATIENCE = 30;

  @TempDir private Path directory;
  private final MultiThreadIoEventLoopGroup acceptors = loop();
  private final MultiThreadIoEventLoopGroup seat = loop();
  private final Admission admission = admission();
  private final BlockingQueue<Channel> served = new LinkedBlockingQueue<>();
  private final Set<Thread> lookers = ConcurrentHashMap.newKeySet();
  private final Queue<Predicate<PeerCredentials>> checks = new ConcurrentLinkedQueue<>();
  private Path socket = Path.of("");

  private static MultiThreadIoEventLoopGroup loop() {
    return new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  }

  private static Admission admission() {
    Admission everybody = Admissions.everybody();
    return new Admission(everybody.budget(), everybody.holders(), pid -> PROGRAM, everybody.uid());
  }

  @BeforeEach
  void listen() {
    socket = directory.resolve("s");
    new ServerBootstrap()
        .group(acceptors, seat)
        .channelFactory(AdmittingSocket.factory(admission, this::check))
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel accepted) {
                served.add(accepted);
              }
            })
        .bind(new DomainSocketAddress(socket.toString()))
        .syncUninterruptibly();
  }

  @AfterEach
  void end() {
    seat.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    acceptors.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private boolean check(PeerCredentials peer) {
    lookers.add(Thread.currentThread());
    Predicate<PeerCredentials> next = checks.poll();
    return next == null || next.test(peer);
  }

  private SocketChannel connect() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(socket));
  }

  private Channel next() throws InterruptedException {
    return Objects.requireNonNull(served.poll(PATIENCE, TimeUnit.SECONDS), "nobody");
  }

  private static boolean isClosed(SocketChannel connection) throws IOException {
    return connection.read(ByteBuffer.allocate(1)) < 0;
  }

  private void givenBack() {
    Await.until(
        "the share is given back", () -> admission.budget().held(Resource.CONNECTIONS) == 0);
  }

  @Test
  void whatIsSeenOfAPeerIsThereWhenItIsServed() throws Exception {
    try (SocketChannel connection = connect()) {
      assertEquals(PROGRAM, AdmittingSocket.programOf(next()));
      assertTrue(connection.isOpen());
      assertEquals(1, admission.budget().held(Resource.CONNECTIONS));
      Set<Thread> loops = ConcurrentHashMap.newKeySet();
      for (MultiThreadIoEventLoopGroup each : List.of(acceptors, seat)) {
        each.submit(() -> loops.add(Thread.currentThread())).sync();
      }
      loops.retainAll(lookers);
      assertEquals(Set.of(), loops, "neither loop looks");
    }
    givenBack();
  }

  @Test
  void aLookThatDoesNotEndKeepsOnlyItsPeerWaiting() throws Exception {
    CountDownLatch stalled = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    checks.add(
        peer -> {
          stalled.countDown();
          try {
            return !over.await(PATIENCE, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    try (SocketChannel one = connect()) {
      assertTrue(stalled.await(PATIENCE, TimeUnit.SECONDS));
      try (SocketChannel another = connect()) {
        Channel accepted = next();
        assertEquals(1, over.getCount(), "the first look goes on");
        // The seat's thread is free.
        accepted.eventLoop().submit(() -> {}).sync();
        over.countDown();
        assertTrue(isClosed(one), "refused in the end");
        assertTrue(another.isOpen());
      }
    }
    givenBack();
  }

  @Test
  void whoCannotBeLookedAtIsRefused() throws Exception {
    checks.add(
        peer -> {
          throw new IllegalStateException("unforeseen");
        });
    try (SocketChannel connection = connect()) {
      assertTrue(isClosed(connection));
    }
    givenBack();
  }

  @Test
  void aLookThatTakesTooLongIsWaitedForNoMore() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    checks.add(
        peer -> {
          try {
            return over.await(PATIENCE, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    try (SocketChannel connection = connect()) {
      assertTrue(isClosed(connection), "refused while the look goes on");
      assertEquals(1, over.getCount());
    } finally {
      over.countDown();
    }
    givenBack();
  }
}
