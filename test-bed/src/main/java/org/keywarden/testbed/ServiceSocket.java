package org.keywarden.testbed;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A gRPC service on a unix socket, for a test that plays the broker. */
public final class ServiceSocket implements AutoCloseable {
  private static final long SECONDS = 20;

  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final Server server;

  /** Serves; calls are handled on one thread. */
  public ServiceSocket(Path socket, BindableService service, ServerInterceptor... interceptors)
      throws IOException {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new DomainSocketAddress(socket.toFile()))
            .channelType(EpollServerDomainSocketChannel.class)
            .bossEventLoopGroup(loop)
            .workerEventLoopGroup(loop)
            .directExecutor()
            .withChildOption(ChannelOption.SO_KEEPALIVE, null)
            .addService(service);
    for (ServerInterceptor each : interceptors) {
      builder.intercept(each);
    }
    server = builder.build().start();
  }

  /** Goes away as a broker that is killed. */
  public void vanish() {
    server.shutdownNow();
  }

  @Override
  public void close() {
    vanish();
    loop.shutdownGracefully(0, SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
