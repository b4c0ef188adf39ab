package org.keywarden.broker.app;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells a service manager that the broker serves applications (sd_notify(3)). */
final class ReadyNotice {
  /** The variable with the manager's socket: a path, or {@code @} and an abstract name. */
  static final String SOCKET = "NOTIFY_SOCKET";

  private static final String READY = "READY=1\nSTATUS=Input methods are served.\n";

  private ReadyNotice() {}

  /**
   * Sends it, if somebody asked for it. Returns at once.
   *
   * @param socket value of {@link #SOCKET}, null or empty if nobody did
   * @param problem takes a sentence, on the loop's thread, if it could not be sent
   */
  static void send(@Nullable String socket, EventLoop loop, Consumer<String> problem) {
    if (socket == null || socket.isEmpty()) {
      return;
    }
    String path = socket.startsWith("@") ? "\0" + socket.substring(1) : socket;
    ChannelFuture connected =
        new Bootstrap()
            .group(loop)
            .channel(EpollDomainDatagramChannel.class)
            .handler(new ChannelInboundHandlerAdapter())
            .connect(new DomainSocketAddress(path));
    connected.addListener(
        (ChannelFutureListener)
            open -> {
              if (!open.isSuccess()) {
                problem.accept("the service manager cannot be told: " + open.cause().getMessage());
                return;
              }
              var unused =
                  open.channel()
                      .writeAndFlush(Unpooled.copiedBuffer(READY, StandardCharsets.US_ASCII))
                      .addListener(
                          sent -> {
                            if (!sent.isSuccess()) {
                              problem.accept(
                                  "the service manager was not told: " + sent.cause().getMessage());
                            }
                          })
                      .addListener(ChannelFutureListener.CLOSE);
            });
  }
}
