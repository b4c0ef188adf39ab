package org.keywarden.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs the attacks against an installed broker. One run at a time on one thread. */
public final class Conformance implements AutoCloseable {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Path dist;
  private final Path work;
  private final Length length;
  private @Nullable Broker broker;
  private @Nullable Broker uninvolved;
  private int brokers;
  private int rooms;

  /**
   * @param dist the installation to attack: {@code broker/lib} and {@code conformance} below it
   * @param work an empty or new directory for what the run leaves
   */
  public Conformance(Path dist, Path work, Length length) {
    this.length = length;
    this.dist = dist.toAbsolutePath();
    this.work = work.toAbsolutePath();
  }

  /** Every attack there is, in the order they run. */
  public static List<Attack> catalogue() {
    return Stream.of(
            TokenAttacks.all(),
            StreamAttacks.all(),
            FocusAttacks.all(),
            FenceAttacks.all(),
            EchoAttacks.all(),
            SurroundingAttacks.all(),
            StayAttacks.all(),
            InjectionAttacks.all(),
            AvailabilityAttacks.all(),
            WireAttacks.all(),
            DoorAttacks.all(),
            PanelAttacks.all(),
            EngineAttacks.all(),
            FocusStorm.all(),
            SiegeAttacks.all(),
            RecordAttacks.all(),
            PortalAttacks.all(),
            InstallationAttacks.all(),
            ProcessAttacks.all())
        .flatMap(List::stream)
        .toList();
  }

  /** Carries out one attack, with a broker started if none fit for it runs. */
  public Result run(Attack attack) throws IOException {
    long start = System.nanoTime();
    Outcome outcome;
    try {
      Fixture fixture = fixture(attack);
      start = System.nanoTime();
      try (fixture) {
        outcome = attack.trial().run(fixture);
      }
    } catch (Unsettled | RuntimeException failure) {
      outcome = Outcome.of(false, String.valueOf(failure.getMessage()));
    }
    if (attack.room() == Attack.Room.LAST
        || (attack.room() == Attack.Room.SHARED && !outcome.passed())) {
      end();
    }
    return Result.of(attack, outcome, (System.nanoTime() - start) / NANOS_PER_MILLI);
  }

  private Fixture fixture(Attack attack) throws IOException, Unsettled {
    return switch (attack.room()) {
      case SHARED, LAST -> new Fixture(running(), length, this::uninvolved);
      case OWN -> {
        rooms++;
        yield Fixture.alone(
            dist, Files.createDirectories(work.resolve("own" + rooms)), length, this::uninvolved);
      }
    };
  }

  private Broker running() throws IOException, Unsettled {
    Broker running = broker;
    if (running == null || !running.alive()) {
      brokers++;
      running =
          Broker.start(dist, Files.createDirectories(work.resolve(Integer.toString(brokers))));
      broker = running;
    }
    return running;
  }

  private Broker uninvolved() throws IOException, Unsettled {
    Broker running = uninvolved;
    if (running == null || !running.alive()) {
      running = Broker.start(dist, Files.createDirectories(work.resolve("uninvolved")));
      running.a().behave(true, "pass", "");
      uninvolved = running;
    }
    return running;
  }

  private void end() {
    Broker running = broker;
    broker = null;
    if (running != null) {
      running.close();
    }
  }

  /** Stops the brokers that run. */
  @Override
  public void close() {
    end();
    Broker running = uninvolved;
    uninvolved = null;
    if (running != null) {
      running.close();
    }
  }
}
