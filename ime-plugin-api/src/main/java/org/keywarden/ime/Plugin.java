package org.keywarden.ime;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.keywarden.proto.error.Refusals;
import org.keywarden.proto.plugin.v1.PluginServiceGrpc;

/** Runs an input method as a plugin of the broker that started this process. */
public final class Plugin {
  private static final String SOCKET = "KEYWARDEN_SOCKET";
  private static final String PLUGIN_ID = "KEYWARDEN_PLUGIN_ID";

  /** Surrounding text, the longest message, is 4,096 code points. */
  private static final int LONGEST_MESSAGE = 64 * 1024;

  private static final long SHUTDOWN_SECONDS = 2;

  /** Kept, or the level would be forgotten with the logger. */
  private static final Logger NETTY = Logger.getLogger("io.netty.util");

  private Plugin() {}

  /**
   * Serves until the broker ends the session, then ends the process; does not return. Status 0:
   * served; 64: not started by a broker; 69: the broker's socket is not served; 77: the broker did
   * not register this plugin. Whatever is not 0 is explained on standard error.
   *
   * <p>A plugin does not reconnect: the broker that started it is its only one, and starts it again
   * when needed.
   */
  @SuppressWarnings("SystemOut") // Standard error is the plugin's log; the broker keeps it.
  public static void run(InputMethod inputMethod) {
    // It warns, with a stack trace, that there is no network. A plugin's sandbox has none.
    NETTY.setLevel(Level.SEVERE);
    Ending ending = serve(inputMethod, System.getenv(), System.err);
    if (!ending.sentence().isEmpty()) {
      System.err.println("keywarden: " + ending.sentence());
    }
    System.exit(ending.status());
  }

  /** As {@link #run}, but returns how it ended. */
  static Ending serve(InputMethod inputMethod, Map<String, String> environment, PrintStream log) {
    String socket = environment.get(SOCKET);
    String id = environment.get(PLUGIN_ID);
    if (socket == null || socket.isEmpty()) {
      return Ending.notStartedByBroker(SOCKET);
    }
    if (id == null || id.isEmpty()) {
      return Ending.notStartedByBroker(PLUGIN_ID);
    }
    EventLoopGroup loop =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("keywarden", true), EpollIoHandler.newFactory());
    ManagedChannel channel = channel(socket, loop);
    try {
      BrokerSession session =
          new BrokerSession(
              inputMethod,
              id,
              PluginServiceGrpc.newStub(channel),
              loop,
              new HolderKey(),
              new FaultLog(log),
              error -> neverRegistered(id, socket, error));
      return session.start().join();
    } finally {
      channel.shutdownNow();
      loop.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  /**
   * One connection over the socket. Retries are off: a retried call would buffer what was typed and
   * could say it twice. Keep-alive stays off: the kernel reports the end of a unix socket at once,
   * and a process the broker has stopped could not answer. The idle timeout never runs, since the
   * session's call is open as long as the connection.
   */
  private static ManagedChannel channel(String socket, EventLoopGroup loop) {
    return NettyChannelBuilder.forAddress(new DomainSocketAddress(socket))
        .channelType(EpollDomainSocketChannel.class, DomainSocketAddress.class)
        .eventLoopGroup(loop)
        .overrideAuthority("keywarden")
        .usePlaintext()
        .directExecutor()
        .disableRetry()
        .disableServiceConfigLookUp()
        .maxInboundMessageSize(LONGEST_MESSAGE)
        // gRPC asks for TCP's keep-alive on every channel; a unix socket has none.
        .withOption(ChannelOption.SO_KEEPALIVE, null)
        .build();
  }

  private static Ending neverRegistered(String id, String socket, Throwable error) {
    return Refusals.reasonOf(error).isPresent()
        ? Ending.refused(id, Failure.nameOf(error))
        : Ending.unreachable(socket, Failure.nameOf(error));
  }
}
