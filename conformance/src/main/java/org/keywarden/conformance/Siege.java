package org.keywarden.conformance;

import java.time.Duration;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * The verdict on an attack that is after the service and not after a secret: what it costs others,
 * and what is left of it in the broker. A program that only computes takes processor time from all
 * others too, and no broker can keep it from that: so times are judged against those of the same
 * honest application just before, beside a process that does nothing but compute.
 */
final class Siege {
  /** Of a key, above what keys took before, alone and beside a process that only computes. */
  private static final double MORE_MILLIS = 20;

  /**
   * Of an input method, after which a key is answered without it; ms. Below that, what a key takes
   * on a machine with two processors is as much the machine's doing as the broker's.
   */
  private static final double KEY_DEADLINE = 150;

  /** Times the slowest of those: on a busy machine the slowest few differ as much by chance. */
  private static final double AS_SLOWEST = 2;

  /** As many as are needed that not the slowest alone decides about the slowest hundredth. */
  private static final int KEYS = 100;

  private static final double MILLIS = 1_000;
  private static final double MEDIAN_MILLIS = 3;
  private static final double TIMES_AS_BEFORE = 3;
  private static final double AS_BYSTANDER = 2;
  private static final double PART_MORE = 1.10;

  /** Of a processor, above what the broker used when idle before. */
  private static final double IDLE_MORE = 0.08;

  /** What the JVM compiles and loads meanwhile, MiB. */
  private static final double COMPILED = 12;

  private static final Duration WARMING = Duration.ofMillis(300);
  private static final Duration CONTROL = Duration.ofMillis(800);

  /** The stranger's own time, and what a slow machine adds. */
  private static final int TIMES_MOST = 4;

  private static final Duration SETTLING = Duration.ofSeconds(6);
  private static final Duration ENDING = Duration.ofSeconds(4);
  private static final long IDLE = Duration.ofMillis(250).toNanos();

  /** Somebody at it. */
  interface Attacker extends AutoCloseable {
    /** Whether all that was meant is done; what it holds it holds until it is closed. */
    boolean finished();

    /**
     * Whether it takes the focus, and plugins stand still for what it is thought to type. Whoever
     * has the focus back waits for the thaw, which has a pace; that is so by design.
     */
    default boolean takesFocus() {
      return false;
    }

    /** How much it got away with; 0 if nothing was tried in the end, which proves nothing. */
    long gotAwayWith();

    @Override
    void close();
  }

  private final Broker broker;
  private final Gauge gauge;
  private final Length length;
  private final Broker uninvolved;

  private Siege(Broker broker, Broker uninvolved, Length length) {
    this.uninvolved = uninvolved;
    this.broker = broker;
    this.gauge = new Gauge(broker);
    this.length = length;
  }

  /** Has somebody type before, during and after an attack. */
  static Outcome of(Fixture f, Supplier<Attacker> attack) throws Unsettled {
    return of(f, f.broker(), attack);
  }

  /** The same for a broker of the attack's own. */
  static Outcome of(Fixture f, Broker broker, Supplier<Attacker> attack) throws Unsettled {
    broker.a().behave(true, "pass", "");
    return new Siege(broker, f.uninvolved(), f.length()).run(attack);
  }

  private Outcome run(Supplier<Attacker> attack) throws Unsettled {
    try (Victim victim = new Victim(broker);
        Bystander bystander = new Bystander()) {
      victim.typeFor(WARMING);
      Toll idly = victim.typeFor(CONTROL);
      bystander.toll();
      Toll control = beside(victim);
      Toll othersBefore = bystander.toll();
      double slowest = Math.max(idly.worst(), control.worst());
      Gauge.Holding before = gauge.holding();
      double idle = gauge.share(IDLE);
      Toll during;
      double peak;
      long gain;
      Outcome held;
      Toll others;
      Toll elsewhere;
      Gauge.Served seat;
      double grace;
      try (Attacker attacker = attack.get()) {
        bystander.toll();
        Gauge.Served seatBefore = gauge.seat();
        try (Control beside = new Control(uninvolved)) {
          during = besieged(victim, attacker, beside::keys);
          elsewhere = beside.end();
          seat = gauge.seat().since(seatBefore);
        }
        others = bystander.toll();
        grace = attacker.takesFocus() ? KEY_DEADLINE : 0;
        gain = attacker.gotAwayWith();
        peak = gauge.resident();
        held = quiet(idle, "processor while they stay, part");
      }
      Outcome left = left(before, idle);
      bystander.toll();
      Toll after = victim.typeFor(CONTROL);
      Outcome times =
          time("during", slowest, during, others.high() - othersBefore.high())
              .and(near(during, Math.max(slowest, elsewhere.worst()), grace))
              .and(time("after", slowest, after, bystander.toll().high() - othersBefore.high()))
              .and(
                  Outcome.atMost(
                      "median after, ms",
                      Math.max(MEDIAN_MILLIS, TIMES_AS_BEFORE * idly.median()),
                      after.median()));
      return Outcome.of(gain > 0, "tried " + gain + " times")
          .and(told("before", idly))
          .and(told("beside a process that computes", control))
          .and(told("during", during))
          .and(told(seat, during))
          .and(told("meanwhile at a broker that nobody attacks", elsewhere))
          .and(times)
          .and(victim.served())
          .and(held)
          .and(left)
          .and(
              new Outcome(
                  true,
                  String.format("memory during: %.0f MiB", peak),
                  Map.of("resident during, MiB", peak)));
    }
  }

  private static Outcome told(String when, Toll toll) {
    return new Outcome(true, when + ": " + toll, Map.of("p99 " + when + ", ms", toll.high()));
  }

  /** Where the time went: in the thread that serves all keys, before it had a processor, or not. */
  private static Outcome told(Gauge.Served seat, Toll during) {
    double keys = Math.max(1, during.keys()) / MILLIS;
    return new Outcome(
        true,
        String.format(
            "the seat's thread, for each key: ran %.1f ms, waited for a processor %.1f ms",
            seat.ran() / keys, seat.waited() / keys),
        Map.of("the seat ran, s", seat.ran(), "the seat waited for a processor, s", seat.waited()));
  }

  /** Types beside a process that takes a processor, as an attacker does. */
  private Toll beside(Victim victim) throws Unsettled {
    try (Attacker busy = StrangerProcess.start(broker.dist(), length, "compute")) {
      return besieged(victim, busy, () -> KEYS);
    }
  }

  /**
   * @param control how many keys were typed elsewhere
   */
  private Toll besieged(Victim victim, Attacker attacker, IntSupplier control) throws Unsettled {
    long start = System.nanoTime();
    Toll during =
        victim.typeUntil(
            keys -> {
              long passed = System.nanoTime() - start;
              boolean typed = keys >= KEYS && control.getAsInt() >= KEYS;
              return (attacker.finished() && typed && passed > length.least().toNanos())
                  || passed > TIMES_MOST * length.most().toNanos();
            });
    if (!attacker.finished()) {
      throw new Unsettled("the attack does not come to its end; meanwhile " + during);
    }
    return during;
  }

  /**
   * A key passes four times from process to process, what a bystander sends twice.
   *
   * @param slowest of the keys before the attack, in ms
   * @param others what a bystander's byte takes more than it did, in ms
   */
  private Outcome time(String when, double slowest, Toll toll, double others) {
    double meant = AS_SLOWEST * slowest + MORE_MILLIS + AS_BYSTANDER * Math.max(0, others);
    return Outcome.atMost("p99 " + when + ", ms", Math.max(KEY_DEADLINE, meant), toll.high())
        .and(
            new Outcome(
                true,
                toll.high() <= meant ? "as meant" : String.format("meant: %.0f ms", meant),
                Map.of()))
        .and(
            new Outcome(
                true,
                "a bystander's, more: " + String.format("%.1f", others),
                Map.of("p99 of a bystander " + when + ", ms more", others)));
  }

  /**
   * What the attack costs whoever types at this broker and not whoever types at another one.
   *
   * @param slowest of the other's keys meanwhile and of all keys before the attack, in ms
   * @param grace what is allowed in any case, in ms
   */
  private static Outcome near(Toll during, double slowest, double grace) {
    return Outcome.atMost(
        "p99 during, as elsewhere, ms",
        Math.max(grace, AS_SLOWEST * slowest + MORE_MILLIS),
        during.high());
  }

  /** That nothing is done while nobody asks for anything; what was begun may come to its end. */
  private Outcome quiet(double idle, String name) {
    long end = System.nanoTime() + ENDING.toNanos();
    Outcome quiet;
    do {
      quiet = Outcome.atMost(name, idle + IDLE_MORE, gauge.share(IDLE));
    } while (!quiet.passed() && System.nanoTime() - end < 0);
    return quiet;
  }

  /** What is held must come back; until when is not judged, since another does the work. */
  private Outcome left(Gauge.Holding before, double idle) throws Unsettled {
    long end = System.nanoTime() + SETTLING.toNanos();
    Outcome left;
    do {
      Gauge.Holding after = gauge.holding();
      left =
          quiet(idle, "processor when they are gone, part")
              .and(Outcome.atMost("descriptors", before.descriptors(), after.descriptors()))
              .and(
                  Outcome.atMost(
                      "resident, MiB", PART_MORE * before.resident() + COMPILED, after.resident()));
    } while (!left.passed() && System.nanoTime() - end < 0);
    return left;
  }
}
