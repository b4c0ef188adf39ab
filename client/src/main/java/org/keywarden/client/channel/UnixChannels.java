package org.keywarden.client.channel;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** gRPC channels to unix sockets, all on one thread of their own. Not thread-safe. */
public final class UnixChannels implements AutoCloseable {
  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, Thread.ofPlatform().daemon().name("channels").factory(), EpollIoHandler.newFactory());
  private final List<ManagedChannel> channels = new ArrayList<>();

  /** Returns a channel to a socket on a loop of the caller's, to be built and closed by it. */
  public static NettyChannelBuilder on(EventLoopGroup loop, Path socket) {
    return NettyChannelBuilder.forAddress(new DomainSocketAddress(socket.toFile()))
        .channelType(EpollDomainSocketChannel.class, DomainSocketAddress.class)
        .eventLoopGroup(loop)
        // gRPC sets this on every channel; a Unix socket has none and Netty would warn.
        .withOption(ChannelOption.SO_KEEPALIVE, null)
        .overrideAuthority("localhost")
        .usePlaintext();
  }

  /** Opens a channel; what comes is handled on the one thread, so nothing there may wait. */
  public ManagedChannel to(Path socket) {
    ManagedChannel channel = on(loop, socket).directExecutor().build();
    channels.add(channel);
    return channel;
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
