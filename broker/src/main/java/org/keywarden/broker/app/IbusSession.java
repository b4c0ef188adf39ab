package org.keywarden.broker.app;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.frontdoor.ibus.session.AddressFiles;
import org.keywarden.broker.frontdoor.ibus.session.AddressKeeper;
import org.keywarden.broker.frontdoor.ibus.session.AddressWatch;
import org.keywarden.broker.frontdoor.ibus.session.IbusDoor;
import org.keywarden.broker.frontdoor.ibus.session.LivingDaemons;
import org.keywarden.broker.frontdoor.ibus.session.Notices;
import org.keywarden.broker.frontdoor.ibus.session.Rival;
import org.keywarden.broker.frontdoor.ibus.session.Rivals;
import org.keywarden.broker.frontdoor.ibus.session.SessionBus;
import org.keywarden.broker.frontdoor.ibus.session.SessionStanding;
import org.keywarden.broker.plugin.sandbox.Companion;
import org.keywarden.broker.process.Backoff;
import org.keywarden.ibus.wire.Message;

/**
 * Makes the broker the session's input method: address files first, then IBus's names on the
 * session bus, as clients read the one when they see the other. What fails is said, and the broker
 * goes on.
 */
final class IbusSession {
  /** Whose owner says where the accessibility bus is. */
  private static final String ACCESSIBILITY_BUS = "org.a11y.Bus";

  /** Whose owner may be GNOME Shell. */
  private static final String SHELL = "org.gnome.Shell";

  /** In s, between two looks at the address files. */
  private static final long LOOK = 1;

  private final Map<String, String> environment;
  private final int uid;
  private final IbusDoor door;
  private final boolean replace;
  private final XimBridge bridge;
  private final Consumer<Boolean> accessibility;
  private final LongConsumer shell;
  private final Consumer<String> report;
  private final Backoff pace;
  private final LongSupplier clock;
  private final Notices notices = new Notices(this::order);
  private final Rivals rivals;
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("address-files").factory());
  private @Nullable AddressFiles files;
  private @Nullable SessionBus bus;
  private @Nullable Process keeper;
  private String address = "";
  private boolean claimed;
  private AddressWatch.Look last = new AddressWatch.Look(0, false, "");

  /**
   * @param replace whether what a rival has is taken from it while it lives
   * @param bridge for programs of X
   * @param accessibility told whether the session has an accessibility bus, whenever that changes
   * @param shell told which process is GNOME Shell, whenever that changes; 0 for none
   * @param report takes a sentence for the user
   * @param pace of what is taken from rivals, so that two that both replace come to an end
   * @param clock in ns
   */
  IbusSession(
      Map<String, String> environment,
      int uid,
      IbusDoor door,
      boolean replace,
      XimBridge bridge,
      Consumer<Boolean> accessibility,
      LongConsumer shell,
      Consumer<String> report,
      Backoff pace,
      LongSupplier clock) {
    this.environment = Map.copyOf(environment);
    this.uid = uid;
    this.door = door;
    this.replace = replace;
    this.bridge = bridge;
    this.accessibility = accessibility;
    this.shell = shell;
    this.report = report;
    this.pace = pace;
    this.clock = clock;
    this.rivals = new Rivals(ProcessHandle.current().pid(), IbusSession::nameOf, listener());
  }

  /** Once the door is open. */
  void begin(EventLoop loop) {
    address = door.address();
    SessionBus own = new SessionBus(uid, door, this::mayReplace, report);
    bus = own;
    own.follow(ACCESSIBILITY_BUS, accessibility);
    own.followProcess(SHELL, shell);
    own.follow(rivals);
    String busAddress = environment.getOrDefault("DBUS_SESSION_BUS_ADDRESS", "");
    try {
      AddressFiles found =
          AddressFiles.of(
              environment, machineId(), new LivingDaemons(Path.of("/proc"), busAddress));
      files = found;
      AddressWatch watch =
          new AddressWatch(found, address, ProcessHandle.current().pid(), this::mayReplace);
      found(watch.look());
      keep(found);
      bridge.begin(address);
      looking.scheduleWithFixedDelay(
          () -> {
            AddressWatch.Look look = watch.look();
            loop.execute(() -> found(look));
          },
          LOOK,
          LOOK,
          TimeUnit.SECONDS);
    } catch (IOException e) {
      report.accept(String.valueOf(e.getMessage()));
    }
    own.own(busAddress, loop);
  }

  /** Takes what a look found; the seat's thread. */
  private void found(AddressWatch.Look look) {
    AddressWatch.Look before = last;
    last = look;
    rivals.holds(Rivals.ADDRESS_FILE, look.rival());
    if (!look.problem().equals(before.problem()) && !look.problem().isEmpty()) {
      report.accept(look.problem());
    }
    if (look.ours() && !claimed && bus != null) {
      bus.claim();
    }
    claimed = look.ours();
  }

  private synchronized boolean mayReplace() {
    return replace && pace.died(clock.getAsLong()).isPresent();
  }

  private Rivals.Listener listener() {
    return new Rivals.Listener() {
      @Override
      public void appeared(Rival rival) {
        String held = " (" + String.join(", ", rival.holds()) + "): ";
        String sentence =
            rival.takesOurs()
                ? rival.who()
                    + " serves this session's applications in Keywarden's place"
                    + held
                    + "what you type goes through it, outside every sandbox. Keywarden is back when"
                    + " it ends"
                    + (replace ? "" : "; take the session back at once: keywarden run --replace")
                : rival.who()
                    + " runs beside Keywarden"
                    + held
                    + "what is set to type through it does, outside every sandbox";
        report.accept(sentence);
        tell(rival.takesOurs() ? Notices.Kind.BYPASSED : Notices.Kind.BESIDE, sentence);
      }

      @Override
      public void left(Rival rival) {
        report.accept(rival.who() + " serves this session's applications no more");
      }
    };
  }

  private static String nameOf(long pid) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "comm")).strip();
    } catch (IOException gone) {
      return "";
    }
  }

  /** Tells a person on their screen; the seat's thread. */
  void tell(Notices.Kind kind, String sentence) {
    notices.tell(kind, sentence, clock.getAsLong());
  }

  private void order(Message notice) {
    if (bus != null) {
      bus.order(notice);
    }
  }

  /** Whether applications find the broker; the seat's thread. */
  SessionStanding standing() {
    return files == null
        ? SessionStanding.NONE
        : new SessionStanding(
            files.paths(),
            last.ours(),
            last.problem(),
            bus != null && bus.hasName(),
            bus != null && bus.hasPortal(),
            rivals.now());
  }

  private void keep(AddressFiles written) {
    try {
      keeper = Companion.start(AddressKeeper.command(written.paths(), address));
    } catch (IOException e) {
      report.accept(
          "cannot start /bin/sh ("
              + e.getMessage()
              + "); should this broker be killed, Qt applications take no keys until it runs again");
    }
  }

  private static String machineId() throws IOException {
    for (Path file : List.of(Path.of("/var/lib/dbus/machine-id"), Path.of("/etc/machine-id"))) {
      if (Files.isReadable(file)) {
        return Files.readString(file);
      }
    }
    return "";
  }

  /**
   * Tells applications that nobody serves them any more; those that are connected may need some
   * time to see it.
   *
   * @return whether any was told
   */
  boolean end() {
    looking.shutdownNow();
    bridge.end();
    if (bus != null) {
      bus.close();
    }
    if (files == null) {
      return false;
    }
    try {
      files.withdraw(address);
      if (keeper != null) {
        keeper.getOutputStream().close();
      }
    } catch (IOException e) {
      report.accept("cannot take the address back from applications: " + e);
    }
    return true;
  }
}
