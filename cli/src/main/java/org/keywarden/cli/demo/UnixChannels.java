package org.keywarden.cli.demo;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Channels to unix sockets, all on one thread. */
final class UnixChannels implements AutoCloseable {
  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, Thread.ofPlatform().daemon().name("demo").factory(), EpollIoHandler.newFactory());
  private final List<ManagedChannel> channels = new ArrayList<>();

  ManagedChannel to(Path socket) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(new DomainSocketAddress(socket.toFile()))
            .channelType(EpollDomainSocketChannel.class, DomainSocketAddress.class)
            .withOption(io.netty.channel.ChannelOption.SO_KEEPALIVE, null)
            .eventLoopGroup(loop)
            .overrideAuthority("keywarden")
            .usePlaintext()
            .directExecutor()
            .build();
    channels.add(channel);
    return channel;
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
