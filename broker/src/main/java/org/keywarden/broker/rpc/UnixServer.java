package org.keywarden.broker.rpc;

import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.keywarden.broker.socket.Admission;
import org.keywarden.broker.socket.AdmittingSocket;

/** A gRPC server on a unix socket, its callbacks on the event loop given. */
public final class UnixServer implements AutoCloseable {
  /** Larger than any honest message, which carries 4 KiB of text at most. */
  private static final int MESSAGE_BYTES = 64 * 1024;

  /** What is even larger is not read to its end: gRPC resets the stream. */
  private static final int RESET_BYTES = 96 * 1024;

  private static final int METADATA_BYTES = 8 * 1024;
  private static final int WINDOW_BYTES = 64 * 1024;

  /** A unix socket's path is 107 bytes at most (unix(7)). */
  public static final int PATH_BYTES = 107;

  private final Path socket;
  private final Server server;

  private UnixServer(Path socket, Server server) {
    this.socket = socket;
    this.server = server;
  }

  /**
   * Everything several servers share.
   *
   * @param acceptors binds and accepts; another thread than the loop's, since grpc-java waits for
   *     the bind
   * @param loop everything else
   * @param admission whose connections are accepted
   */
  public record Environment(
      EventLoopGroup acceptors,
      EventLoopGroup loop,
      SecureRandom random,
      SchemaCheck schema,
      Admission admission) {
    /** The same for servers of other peers. */
    public Environment admitting(Admission others) {
      return new Environment(acceptors, loop, random, schema, others);
    }
  }

  /**
   * Binds and serves. A socket file left over is replaced: the caller holds the directory's lock.
   *
   * @throws IOException if the path is too long or cannot be bound; the message says which
   */
  public static UnixServer start(
      Environment environment, Path socket, PeerCheck check, List<ServerServiceDefinition> services)
      throws IOException {
    if (socket.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length > PATH_BYTES) {
      throw new IOException(
          "socket path is longer than "
              + PATH_BYTES
              + " bytes: "
              + socket
              + "; choose a shorter --runtime-dir");
    }
    Files.deleteIfExists(socket);
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new DomainSocketAddress(socket.toFile()))
            .channelFactory(
                AdmittingSocket.factory(
                    environment.admission(), peer -> check.admits(Peer.of(peer))))
            .withOption(ChannelOption.SO_BACKLOG, AdmittingSocket.BACKLOG)
            .bossEventLoopGroup(environment.acceptors())
            .workerEventLoopGroup(environment.loop())
            .directExecutor()
            // gRPC sets this on every channel; a Unix socket has none and Netty would warn.
            .withChildOption(ChannelOption.SO_KEEPALIVE, null)
            .withChildOption(ChannelOption.RECVBUF_ALLOCATOR, AdmittingSocket.TURN)
            .protocolNegotiator(new PeerNegotiator(environment.random()))
            .maxInboundMessageSize(RESET_BYTES)
            .maxInboundMetadataSize(METADATA_BYTES)
            .flowControlWindow(WINDOW_BYTES)
            .maxConcurrentCallsPerConnection(32)
            .maxRstFramesPerWindow(200, 1)
            .permitKeepAliveTime(10, TimeUnit.SECONDS)
            .fallbackHandlerRegistry(new NoSuchMethod());
    for (ServerServiceDefinition service : services) {
      builder.addService(
          ServerInterceptors.intercept(
              CarefulMarshaller.guard(service, MESSAGE_BYTES),
              new SchemaInterceptor(environment.schema()),
              new ContractInterceptor(),
              new CallBudget()));
    }
    Server server = builder.build().start();
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
    return new UnixServer(socket, server);
  }

  /** Where it listens. */
  public Path socket() {
    return socket;
  }

  /** Ends every call and connection at once and removes the socket. */
  @Override
  public void close() {
    server.shutdownNow();
    try {
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("cannot remove " + socket, e);
    }
  }
}
