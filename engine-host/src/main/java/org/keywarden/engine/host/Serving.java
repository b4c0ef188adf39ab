package org.keywarden.engine.host;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keywarden.engine.bus.EngineConnection;
import org.keywarden.engine.bus.EngineSocket;
import org.keywarden.ibus.component.Component;
import org.keywarden.ime.InputMethod;
import org.keywarden.proto.engine.v1.Profile;

/** One component being served: its thread, its socket, its engine. */
public final class Serving implements AutoCloseable {
  private static final int GUID_BYTES = 16;
  private static final long CLOSE_SECONDS = 5;

  private final EventLoopGroup group;
  private final EventLoop loop;
  private final EngineSocket socket;
  private final EngineHost host;
  private final Duration keyTime;

  private Serving(
      EventLoopGroup group,
      EventLoop loop,
      EngineSocket socket,
      EngineHost host,
      Duration keyTime) {
    this.keyTime = keyTime;
    this.group = group;
    this.loop = loop;
    this.socket = socket;
    this.host = host;
  }

  /** Set once, on the loop, before anybody can connect to any effect. */
  private static final class Door implements EngineSocket.Doorman {
    private EngineSocket.@Nullable Doorman behind;

    @Override
    public EngineConnection.@Nullable Party admit(int pid) {
      return behind == null ? null : behind.admit(pid);
    }

    @Override
    public void connected(EngineConnection connection) {
      if (behind != null) {
        behind.connected(connection);
      }
    }
  }

  /**
   * Starts the engine and serves it.
   *
   * @param home where the engine keeps its state
   * @param runtime for the socket; nobody else may enter it
   * @param keyTime how long the engine may take for a key; less than the broker waits for one
   * @param log for sentences that hold nothing typed
   */
  public static Serving start(
      Component component,
      Profile profile,
      Path home,
      Path runtime,
      Duration keyTime,
      PrintStream log)
      throws IOException {
    return start(component, profile, home, runtime, keyTime, log, launch -> launch::start);
  }

  /** As above, with something else in the engine's place. */
  static Serving start(
      Component component,
      Profile profile,
      Path home,
      Path runtime,
      Duration keyTime,
      PrintStream log,
      Function<Launch, EngineHost.Starter> starter)
      throws IOException {
    EventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("engine", true), EpollIoHandler.newFactory());
    EventLoop loop = group.next();
    byte[] random = new byte[GUID_BYTES];
    new SecureRandom().nextBytes(random);
    String guid = HexFormat.of().formatHex(random);
    Door door = new Door();
    EngineSocket socket = new EngineSocket(loop, runtime.resolve("ibus"), guid, door);
    Launch launch =
        new Launch(
            component,
            profile,
            Files.createDirectories(home),
            runtime,
            socket.address(),
            guid,
            keyTime);
    EngineHost host = new EngineHost(loop, launch, starter.apply(launch), log);
    loop.execute(
        () -> {
          door.behind = host;
          host.start();
        });
    return new Serving(group, loop, socket, host, keyTime);
  }

  /** The engine, for the SDK. */
  public InputMethod inputMethod() {
    return new HostedMethod(host, loop, keyTime);
  }

  /** Completed when an engine of this name can be used; of one that never can, never. */
  CompletableFuture<Void> ready(String engine) {
    CompletableFuture<Void> ready = new CompletableFuture<>();
    loop.execute(() -> host.whenReady(engine, () -> ready.complete(null)));
    return ready;
  }

  @Override
  public void close() throws IOException {
    loop.submit(host::close).awaitUninterruptibly();
    socket.close();
    group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
