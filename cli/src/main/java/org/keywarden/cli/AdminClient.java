package org.keywarden.cli;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.keywarden.proto.admin.v1.AdminServiceGrpc;
import picocli.CommandLine.Option;

/** Where the broker listens, and calls to it. */
final class AdminClient {
  private static final long CALL_SECONDS = 10;

  @Option(
      names = "--runtime-dir",
      description = "The broker's runtime directory (default: $XDG_RUNTIME_DIR/keywarden).")
  private @Nullable Path runtimeDirectory;

  /** One call to the broker. */
  interface Call<T> {
    T on(AdminServiceGrpc.AdminServiceBlockingStub broker);
  }

  <T> T ask(Call<T> call) {
    EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    Path socket = directory(runtimeDirectory, System.getenv()).resolve("admin.sock");
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(new DomainSocketAddress(socket.toFile()))
            .channelType(EpollDomainSocketChannel.class, null)
            .eventLoopGroup(loop)
            .overrideAuthority("localhost")
            .usePlaintext()
            .build();
    try {
      return call.on(
          AdminServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS));
    } finally {
      channel.shutdownNow();
      loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }
  }

  static Path directory(@Nullable Path given, Map<String, String> environment) {
    if (given != null) {
      return given;
    }
    String runtime = environment.get("XDG_RUNTIME_DIR");
    return runtime == null || runtime.isEmpty()
        ? Path.of("/tmp", "keywarden-" + userId())
        : Path.of(runtime, "keywarden");
  }

  private static Object userId() {
    try {
      return java.nio.file.Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (java.io.IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }
}
