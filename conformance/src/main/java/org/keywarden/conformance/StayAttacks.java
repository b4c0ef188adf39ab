package org.keywarden.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.keywarden.client.bus.BusLine;
import org.keywarden.client.bus.IbusCalls;
import org.keywarden.conformance.probe.Terminal;
import org.keywarden.proto.admin.v1.GetStatusRequest;
import org.keywarden.proto.host.v1.Route;

/** Attacks on how long a field stays secret, and an input method stopped. */
final class StayAttacks {
  /** Longer than after any toggle a field is taken for what it says. */
  private static final long LOOKED_AT = Duration.ofMillis(600).toNanos();

  private static final double NANOS = 1e9;
  private static final int TERMINAL = 10;
  private static final int PASSWORD = 8;
  private static final int PEERS = 100;
  private static final int KEYS = 200;

  /** Of those a look may be expected to bear: 16,384 in all of an application's processes. */
  private static final int DESCRIPTORS = 15_000;

  /** So long must one look at each connection's process take for it to be a stall, in s. */
  private static final double STALL = 0.5;

  private static final int TIMES = 5;
  private static final long TYPED_LATER = Duration.ofMillis(2_500).toNanos();

  private StayAttacks() {}

  static List<Attack> all() {
    return List.of(
        Attack.of(
            "G3",
            "password read at leisure",
            "A password is shown by its \"eye\", 600 ms pass, more is typed: none before the focus"
                + " moved.",
            StayAttacks::eye),
        Attack.of(
            "G7",
            "thawed by a stranger over IBus",
            "Another program says FocusIn while a password is typed: plugins stay stopped.",
            f -> thawed(f, true)),
        Attack.of(
            "G7",
            "thawed by a stranger at the host door",
            "Another program says FocusIn while a password is typed: plugins stay stopped.",
            f -> thawed(f, false)),
        Attack.of(
            "G3",
            "password in a terminal while nobody can look",
            "100 connections with 15,000 descriptors stall who looks for terminals: none of its"
                + " keys at a plugin.",
            StayAttacks::slowLooks),
        Attack.of(
            "G3",
            "password in a terminal beside a root that never answers",
            "A look at another program's terminals never ends (FUSE): no key of a password typed"
                + " meanwhile at a plugin.",
            StayAttacks::endlessLook));
  }

  private static Outcome eye(Fixture f) throws Unsettled {
    Application application = f.live().application();
    application.type(1, "a");
    application.focus(2, Application.password());
    application.type(2, FocusAttacks.SECRET);
    application.awaitAnswers();
    application.declare(2, Application.plain());
    LockSupport.parkNanos(LOOKED_AT);
    application.type(2, FocusAttacks.SECRET);
    Outcome answers = application.awaitAnswers();
    application.focus(1, Application.plain());
    application.awaitRoute(Route.ROUTE_COMPOSING);
    application.type(1, "b");
    return answers
        .and(application.awaitAnswers())
        .and(FocusAttacks.unseen(f))
        .and(FocusAttacks.seen(f, 'b'));
  }

  private static Outcome thawed(Fixture f, boolean door) throws Unsettled {
    f.a().behave(true, "pass", "");
    DoorVisitor person = f.keep(DoorVisitor.greeted(f.broker().ibusSocket()));
    String password = person.context("gtk3-im:kit");
    person.focus(password, PASSWORD, 0);
    person.type(password, FocusAttacks.SECRET);
    Await.until("stopped plugins", Await.PATIENCE, () -> stopped(f), () -> "they run");
    if (door) {
      DoorVisitor stranger = f.keep(DoorVisitor.greeted(f.broker().ibusSocket()));
      String context = stranger.context("gtk3-im:bad");
      stranger.focus(context, 0, 0);
    } else {
      Application stranger = f.application("stranger");
      stranger.open(1);
      stranger.focus(1, Application.plain());
    }
    boolean stopped = true;
    for (int i = 0; i < 10; i++) {
      person.type(password, FocusAttacks.SECRET);
      stopped &= stopped(f);
      LockSupport.parkNanos(LOOKED_AT / 10);
    }
    boolean last = stopped;
    // Reports need a puppet that runs: the person goes to a field of their own.
    String plain = person.context("gtk3-im:kit");
    long grant = FocusAttacks.grant(f);
    person.focus(plain, 0, 0);
    FocusAttacks.composing(f, grant);
    person.type(plain, "a");
    Outcome outcome =
        Outcome.of(last, last ? "stopped all along" : "plugins ran while the password was typed")
            .and(FocusAttacks.unseen(f))
            .and(FocusAttacks.seen(f, 'a'));
    person.on(plain, "FocusOut");
    return outcome;
  }

  /** Whether every process of both puppets is stopped, by a signal or by its control group. */
  private static boolean stopped(Fixture f) {
    List<ProcessHandle> all = f.broker().javaProcesses("conformance.puppet.Puppet");
    return !all.isEmpty() && all.stream().allMatch(each -> stopped(each.pid()));
  }

  private static boolean stopped(long pid) {
    try {
      Path process = Path.of("/proc", Long.toString(pid));
      String stat = Files.readString(process.resolve("stat"));
      if (stat.charAt(stat.lastIndexOf(')') + 2) == 'T') {
        return true;
      }
      String group = Files.readString(process.resolve("cgroup")).strip();
      Path events =
          Path.of("/sys/fs/cgroup" + group.substring(group.lastIndexOf(':') + 1), "cgroup.events");
      return Files.exists(events) && Files.readString(events).contains("frozen 1");
    } catch (IOException gone) {
      return true;
    }
  }

  private static Outcome slowLooks(Fixture f) throws Unsettled {
    return stalled(
        f,
        stranger ->
            Outcome.atLeast(
                "a look for each of their connections, s",
                STALL,
                stranger.gotAwayWith() * secondsToLookAt(stranger.pid())),
        "descriptors",
        PEERS,
        DESCRIPTORS);
  }

  private static Outcome endlessLook(Fixture f) throws Unsettled {
    return stalled(
        f,
        stranger ->
            Outcome.of(stranger.gotAwayWith() > 0, "tried " + stranger.gotAwayWith() + " times"),
        "stalled-root",
        PEERS,
        KEYS);
  }

  /** What somebody got away with who keeps those busy that look for terminals. */
  private interface Stall {
    Outcome of(StrangerProcess stranger) throws IOException;
  }

  private static Outcome stalled(Fixture f, Stall stall, String misdeed, int... numbers)
      throws Unsettled {
    f.a().behave(true, "pass", "");
    Terminal shown = Terminal.open();
    shown.echo(true);
    Terminal hidden = null;
    Outcome tried;
    try (BusLine line = BusLine.greeted(f.broker().ibusSocket())) {
      String first = terminal(line);
      awaitMistake(f);
      type(line, first, "ab");
      line.call(IbusCalls.on(first, "FocusOut"));
      try (StrangerProcess stranger =
          StrangerProcess.start(f, misdeed, f.broker().ibusSocket(), numbers)) {
        Await.until("stranger", Await.PATIENCE, stranger::finished, () -> "not there yet");
        tried = stall.of(stranger);
        hidden = Terminal.open();
        hidden.echo(false);
        String second = terminal(line);
        awaitMistake(f);
        type(line, second, FocusAttacks.SECRET.repeat(TIMES));
        line.call(IbusCalls.on(second, "FocusOut"));
      }
    } catch (IOException e) {
      throw new Unsettled("the terminal lost the broker: " + e.getMessage(), e);
    } finally {
      shown.close();
      if (hidden != null) {
        hidden.close();
      }
    }
    Await.until("running plugins", Await.PATIENCE, () -> !stopped(f), () -> "they are stopped");
    return tried.and(FocusAttacks.unseen(f)).and(FocusAttacks.seen(f, 'a'));
  }

  /** What whoever looks for a process's terminals has to do, done here and now. */
  private static double secondsToLookAt(long pid) throws IOException {
    long start = System.nanoTime();
    try (var all = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
      for (Path each : all) {
        var unused = Files.readSymbolicLink(each);
      }
    }
    return (System.nanoTime() - start) / NANOS;
  }

  /** Gives a broker that takes the terminal for harmless the time to say so. */
  private static void awaitMistake(Fixture f) {
    long end = System.nanoTime() + TYPED_LATER;
    while (System.nanoTime() - end < 0
        && f.broker().admin().getStatus(GetStatusRequest.getDefaultInstance()).getRoute()
            != Route.ROUTE_COMPOSING) {
      LockSupport.parkNanos(LOOKED_AT / 100);
    }
  }

  private static String terminal(BusLine line) throws IOException {
    String context = IbusCalls.context(line, "gtk3-im:gnome-terminal");
    line.call(IbusCalls.type(context, TERMINAL, 0));
    line.call(IbusCalls.on(context, "FocusIn"));
    return context;
  }

  /** At the pace of a person, since each key's terminal is looked at. */
  private static void type(BusLine line, String context, String text) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      line.call(IbusCalls.key(context, text.charAt(i)));
      LockSupport.parkNanos(LOOKED_AT / 10);
    }
  }
}
