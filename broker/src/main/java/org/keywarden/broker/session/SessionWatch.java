package org.keywarden.broker.session;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.keywarden.broker.bus.BusClient;
import org.keywarden.broker.process.Backoff;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.seat.SeatInbox;
import org.keywarden.ibus.wire.Message;

/**
 * Tells the seat whether the screen is locked, and that the machine was suspended and is awake.
 * Thread: {@link #begin} the seat's; all else is done on that of {@code loop}.
 */
public final class SessionWatch {
  private static final String LOGIND = "logind";

  /** Screen savers, and the object of each. */
  private static final Map<String, String> SAVERS =
      Map.of(
          "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver",
          "org.gnome.ScreenSaver", "/org/gnome/ScreenSaver",
          "org.mate.ScreenSaver", "/org/mate/ScreenSaver",
          "org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver",
          "org.xfce.ScreenSaver", "/org/xfce/ScreenSaver");

  /** Where a system bus is unless told otherwise (D-Bus Specification, "System message bus"). */
  private static final String SYSTEM_BUS =
      "unix:path=/run/dbus/system_bus_socket;unix:path=/var/run/dbus/system_bus_socket";

  /**
   * What is around it.
   *
   * @param environment of the broker
   * @param leftOut names of sources that are not asked
   * @param loop of the buses
   * @param clock in ns
   * @param backoffs make the delays of one connection
   * @param seatThread where the seat is told
   */
  public record Place(
      Map<String, String> environment,
      int uid,
      Set<String> leftOut,
      EventLoop loop,
      LongSupplier clock,
      Supplier<Backoff> backoffs,
      Executor seatThread) {}

  private final Place place;
  private final SeatInbox seat;
  private final SessionLock lock;
  private final List<BusClient> buses = new ArrayList<>();
  private final List<ScreenSaver> savers = new ArrayList<>();
  private final List<LockSource> saverSources = new ArrayList<>();
  private final List<LockSource> leftOut = new ArrayList<>();
  private final LockSource logindSource;
  private final Logind logind;

  /** Connects to nothing yet. */
  public SessionWatch(Place place, SeatInbox seat) {
    this.place = place;
    this.seat = seat;
    this.lock =
        new SessionLock(
            new SessionLock.Seat() {
              @Override
              public void lock(boolean locked) {
                tell(new SeatEvent.SessionLockChanged(locked));
              }

              @Override
              public void resumed() {
                tell(new SeatEvent.Resumed());
              }
            },
            (delay, action) -> place.loop().schedule(action, delay, TimeUnit.MILLISECONDS),
            place.clock());
    this.logindSource = lock.source(LOGIND);
    BusClient system = bus("the system bus", "DBUS_SYSTEM_BUS_ADDRESS", SYSTEM_BUS, new OfSystem());
    this.logind =
        new Logind(
            system,
            logindSource,
            new OwnSession(
                place.environment().getOrDefault("XDG_SESSION_ID", ""),
                place.uid(),
                ProcessHandle.current().pid()),
            this::resumed,
            () -> saverSources.forEach(LockSource::lockIsOver));
    BusClient session = bus("the session bus", "DBUS_SESSION_BUS_ADDRESS", "", new OfSession());
    for (String name : SAVERS.keySet().stream().sorted().toList()) {
      LockSource source = lock.source(name);
      if (!place.leftOut().contains(name)) {
        saverSources.add(source);
        savers.add(
            new ScreenSaver(
                name,
                SAVERS.getOrDefault(name, ""),
                session,
                source,
                () -> logind.requestIsOver()));
      } else {
        leftOut.add(source);
      }
    }
    if (place.leftOut().contains(LOGIND)) {
      leftOut.add(logindSource);
    } else {
      buses.add(system);
    }
    if (!savers.isEmpty()) {
      buses.add(session);
    }
  }

  /** The names a user may leave out. */
  public static List<String> names() {
    return Stream.concat(Stream.of(LOGIND), SAVERS.keySet().stream().sorted()).toList();
  }

  private BusClient bus(String name, String variable, String otherwise, BusClient.User user) {
    return new BusClient(
        place.uid(),
        name,
        place.environment().getOrDefault(variable, otherwise),
        place.loop(),
        place.clock(),
        place.backoffs().get(),
        user);
  }

  /** Locks until it is known what is so; before any application is let in. */
  public void begin() {
    seat.post(new SeatEvent.SessionLockChanged(true));
    place
        .loop()
        .execute(
            () -> {
              leftOut.forEach(LockSource::leaveOut);
              buses.forEach(BusClient::start);
            });
  }

  /** The seat is told nothing any more. */
  public void end() {
    place.loop().execute(() -> buses.forEach(BusClient::close));
  }

  /** What each source says now; on any thread. */
  public List<SourceReport> sources() {
    return lock.reports();
  }

  private void tell(SeatEvent event) {
    place.seatThread().execute(() -> seat.post(event));
  }

  private void resumed() {
    lock.resumed();
    savers.forEach(ScreenSaver::askAnew);
  }

  private final class OfSystem implements BusClient.User {
    @Override
    public void found() {
      logindSource.found();
    }

    @Override
    public void begun() {
      logind.begun();
    }

    @Override
    public void signalled(Message signal) {
      logind.signalled(signal);
    }

    @Override
    public void gone() {
      logind.gone();
    }
  }

  private final class OfSession implements BusClient.User {
    @Override
    public void found() {
      saverSources.forEach(LockSource::found);
    }

    @Override
    public void begun() {
      savers.forEach(ScreenSaver::begun);
    }

    @Override
    public void signalled(Message signal) {
      savers.forEach(saver -> saver.signalled(signal));
    }

    @Override
    public void gone() {
      savers.forEach(ScreenSaver::gone);
    }
  }
}
