package org.keywarden.broker.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service manager of the test's own is told. */
final class ReadyNoticeTest {
  private static final long SECONDS = 60;

  @TempDir Path directory;

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> problems = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() {
    group.shutdownGracefully(0, SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private void listen(String path) {
    new Bootstrap()
        .group(group)
        .channel(EpollDomainDatagramChannel.class)
        .handler(
            new SimpleChannelInboundHandler<DomainDatagramPacket>() {
              @Override
              protected void channelRead0(ChannelHandlerContext context, DomainDatagramPacket one) {
                told.add(one.content().toString(StandardCharsets.US_ASCII));
              }
            })
        .bind(new DomainSocketAddress(path))
        .syncUninterruptibly();
  }

  @Test
  void theManagerIsTold() throws InterruptedException {
    String path = directory.resolve("notify").toString();
    listen(path);
    ReadyNotice.send(path, group.next(), problems::add);
    String notice = told.poll(SECONDS, TimeUnit.SECONDS);
    assertEquals("READY=1", String.valueOf(notice).lines().findFirst().orElse(""), "of " + notice);
    assertTrue(problems.isEmpty(), problems::toString);
  }

  @Test
  void anAbstractNameIsOneToo() throws InterruptedException {
    String name = "keywarden-test-" + ProcessHandle.current().pid();
    listen("\0" + name);
    ReadyNotice.send("@" + name, group.next(), problems::add);
    assertTrue(String.valueOf(told.poll(SECONDS, TimeUnit.SECONDS)).startsWith("READY=1\n"));
  }

  @Test
  void aManagerThatIsGoneIsAProblemAndNoMore() throws InterruptedException {
    ReadyNotice.send(directory.resolve("gone").toString(), group.next(), problems::add);
    assertTrue(
        String.valueOf(problems.poll(SECONDS, TimeUnit.SECONDS)).contains("service manager"));
  }

  @Test
  void whoeverDidNotAskIsNotTold() {
    ReadyNotice.send(null, group.next(), problems::add);
    ReadyNotice.send("", group.next(), problems::add);
    assertTrue(problems.isEmpty());
  }
}
