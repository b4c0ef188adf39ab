package org.keywarden.conformance;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** One connection to a socket of the broker's. */
final class Wire implements AutoCloseable {
  final ManagedChannel channel;
  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

  Wire(Path socket) {
    this.channel =
        NettyChannelBuilder.forAddress(new DomainSocketAddress(socket.toFile()))
            .channelType(EpollDomainSocketChannel.class, null)
            .eventLoopGroup(loop)
            // gRPC sets this on every channel; a Unix socket has none and Netty would warn.
            .withOption(ChannelOption.SO_KEEPALIVE, null)
            .directExecutor()
            .overrideAuthority("localhost")
            .usePlaintext()
            .build();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
