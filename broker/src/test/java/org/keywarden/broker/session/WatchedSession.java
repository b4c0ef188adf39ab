package org.keywarden.broker.session;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.broker.bus.BusPeer;
import org.keywarden.broker.bus.PrivateBus;
import org.keywarden.broker.process.Backoff;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;
import org.keywarden.testbed.Await;

/** A watch of a session that has two real buses, and what the seat was told. */
@Timeout(20)
abstract class WatchedSession {
  final List<SeatEvent> told = new CopyOnWriteArrayList<>();
  final Map<String, String> environment = new HashMap<>();
  private final MultiThreadIoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  @TempDir Path directory;
  int uid;
  PrivateBus system;
  PrivateBus session;
  private @Nullable SessionWatch watch;

  @BeforeEach
  void startBuses() throws IOException {
    uid = (Integer) Files.getAttribute(directory, "unix:uid");
    system = PrivateBus.start(directory, "system");
    session = PrivateBus.start(directory, "session");
    environment.put("DBUS_SYSTEM_BUS_ADDRESS", system.address());
    environment.put("DBUS_SESSION_BUS_ADDRESS", session.address());
    environment.put("XDG_SESSION_ID", "1");
  }

  void begin(String... leftOut) {
    SessionWatch begun =
        new SessionWatch(
            new SessionWatch.Place(
                Map.copyOf(environment),
                uid,
                Set.of(leftOut),
                loop.next(),
                System::nanoTime,
                () -> new Backoff(Backoff.Patience.ENDLESS, new Random(1)),
                Runnable::run),
            told::add);
    watch = begun;
    begun.begin();
  }

  @AfterEach
  void end() {
    if (watch != null) {
      watch.end();
    }
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    system.close();
    session.close();
  }

  /** Whether the seat takes the screen for locked. */
  boolean locked() {
    return told.stream()
        .filter(SeatEvent.SessionLockChanged.class::isInstance)
        .map(SeatEvent.SessionLockChanged.class::cast)
        .toList()
        .getLast()
        .locked();
  }

  void awaitLocked(boolean locked) {
    Await.until((locked ? "lock" : "unlock"), () -> locked() == locked);
  }

  SourceState state(String source) {
    return Objects.requireNonNull(watch).sources().stream()
        .filter(each -> each.name().equals(source))
        .findFirst()
        .orElseThrow()
        .state();
  }

  void await(String source, SourceState state) {
    Await.until(source + " " + state, () -> state(source) == state);
  }

  /** Has a program that owns no name send a signal to everybody on the bus, each by name. */
  void impostorSays(PrivateBus bus, Message signal) throws IOException {
    try (BusPeer impostor = BusPeer.connect(bus.socket(), uid)) {
      Value names = impostor.askBus("ListNames").body().getFirst();
      for (Value each : ((Value.Array) names).elements()) {
        String name = ((Value.Str) each).value();
        if (name.startsWith(":")) {
          impostor.send(signal.to(name));
        }
      }
      // The bus has passed all of them on before it answers this.
      impostor.askBus("GetId");
    }
  }
}
