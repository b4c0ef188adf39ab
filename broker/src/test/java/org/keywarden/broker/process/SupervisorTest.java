package org.keywarden.broker.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ServerServiceDefinition;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.broker.process.Supervisor.State;
import org.keywarden.broker.rpc.SchemaCheck;
import org.keywarden.broker.rpc.UnixServer;
import org.keywarden.broker.socket.Admissions;

/** Every pair of state and event of the supervisor's table, with a starter made by hand. */
final class SupervisorTest {
  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, EpollIoHandler.newFactory());
  private final List<FakeProcess> started = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final List<Long> delays = new ArrayList<>();
  private final List<Runnable> later = new ArrayList<>();
  private long now;
  private boolean indispensable;
  private long lastInstance;

  @TempDir Path directory;
  private @Nullable Supervisor made;

  private static final class FakeProcess implements ProcessStarter.Running {
    final ProcessStarter.Listener listener;
    boolean killed;

    FakeProcess(ProcessStarter.Listener listener) {
      this.listener = listener;
    }

    void begin() {
      listener.started(new ProcessStarter.Identity(7, 7, 7));
    }

    void die() {
      listener.ended("it died");
    }

    @Override
    public Optional<ProcessStarter.Identity> identity() {
      return Optional.empty();
    }

    @Override
    public boolean owns(long pid) {
      return false;
    }

    @Override
    public void freeze(Consumer<Boolean> done) {}

    @Override
    public void thaw() {}

    @Override
    public void inspect(Consumer<Finding> violation) {}

    @Override
    public void kill() {
      killed = true;
    }
  }

  private final class FakeCharge implements Supervisor.Charge {
    @Override
    public String label() {
      return "charge";
    }

    @Override
    public boolean indispensable() {
      return indispensable;
    }

    @Override
    public Launch launch(long instance, Path socket) {
      Confinement confinement =
          new Confinement(List.of(), null, socket, Confinement.Limits.DEFAULT, Set.of());
      return new Launch(label(), List.of("/x"), Map.of(), directory, directory, confinement);
    }

    @Override
    public List<ServerServiceDefinition> services(long instance, Path socket) {
      return List.of();
    }

    @Override
    public void started(long instance, ProcessStarter.Identity identity) {
      told.add("started " + instance);
    }

    @Override
    public void ended(long instance) {
      told.add("ended " + instance);
    }
  }

  private final class FakeSurroundings implements Supervisor.Surroundings {
    @Override
    public ProcessStarter starter() {
      return (launch, listener) -> {
        FakeProcess process = new FakeProcess(listener);
        started.add(process);
        return process;
      };
    }

    @Override
    public UnixServer.Environment servers() {
      return new UnixServer.Environment(
          loops, loops.next(), new SecureRandom(), new SchemaCheck(), Admissions.everybody());
    }

    @Override
    public Path socketDirectory() {
      return directory;
    }

    @Override
    public long nextInstance() {
      return ++lastInstance;
    }

    @Override
    public long now() {
      return now;
    }

    @Override
    public RandomGenerator random() {
      return () -> 0;
    }

    @Override
    public void schedule(long delay, Runnable run) {
      delays.add(delay);
      later.add(run);
    }

    @Override
    public void report(String line) {
      told.add(line);
    }
  }

  @BeforeEach
  void make() {
    made = new Supervisor(new FakeCharge(), new FakeSurroundings());
  }

  @AfterEach
  void close() {
    supervisor().stop();
    loops.shutdownGracefully();
  }

  private Supervisor supervisor() {
    return Objects.requireNonNull(made);
  }

  private FakeProcess newest() {
    return started.getLast();
  }

  private void passDelay() {
    later.removeLast().run();
  }

  private void dieUntilQuarantined() {
    supervisor().start();
    for (int i = 0; i < 4; i++) {
      newest().die();
      passDelay();
    }
    newest().die();
  }

  private boolean socketExists(long instance) {
    return Files.exists(directory.resolve(instance + ".sock"));
  }

  @Test
  void aStoppedOneIsStarted() {
    assertEquals(State.STOPPED, supervisor().state());
    supervisor().restart(1);
    supervisor().quarantine(1, "did wrong");
    supervisor().stop();
    assertEquals(State.STOPPED, supervisor().state());
    supervisor().start();
    assertEquals(State.RUNNING, supervisor().state());
    assertEquals(1, supervisor().instance());
    assertTrue(socketExists(1));
    newest().begin();
    assertEquals(List.of("started 1"), told);
  }

  @Test
  void aRunningOneIsNotStartedTwice() {
    supervisor().start();
    supervisor().start();
    assertEquals(1, started.size());
  }

  @Test
  void aDeadOneWaitsAndIsStartedAnewAsAnotherInstance() {
    supervisor().start();
    FakeProcess first = newest();
    first.die();
    assertEquals(State.WAITING, supervisor().state());
    assertEquals(0, supervisor().instance());
    assertFalse(socketExists(1));
    supervisor().start();
    supervisor().restart(1);
    supervisor().quarantine(1, "did wrong");
    assertEquals(State.WAITING, supervisor().state());
    passDelay();
    assertEquals(State.RUNNING, supervisor().state());
    assertEquals(2, supervisor().instance());
    assertTrue(socketExists(2));
    first.begin();
    first.die();
    assertEquals(State.RUNNING, supervisor().state());
    assertFalse(told.contains("started 1"));
  }

  @Test
  void aWaitingOneThatIsStoppedStaysStopped() {
    supervisor().start();
    newest().die();
    supervisor().stop();
    passDelay();
    assertEquals(State.STOPPED, supervisor().state());
    assertEquals(1, started.size());
  }

  @Test
  void restartKillsTheInstanceItNamesOnly() {
    supervisor().start();
    supervisor().restart(2);
    assertFalse(newest().killed);
    supervisor().restart(1);
    assertTrue(newest().killed);
    assertEquals(State.RUNNING, supervisor().state());
  }

  @Test
  void stopKillsAndClosesTheSocketAtOnce() {
    supervisor().start();
    supervisor().stop();
    assertTrue(newest().killed);
    assertFalse(socketExists(1));
    newest().die();
    assertEquals(State.STOPPED, supervisor().state());
    assertEquals(List.of(), delays);
  }

  @Test
  void oneThatRestsIsGoneForAllAndIsStartedAsAnotherInstance() {
    supervisor().rest();
    assertEquals(List.of(), told);
    supervisor().start();
    newest().begin();
    supervisor().rest();
    assertTrue(newest().killed);
    assertFalse(socketExists(1));
    assertEquals(State.STOPPED, supervisor().state());
    assertEquals(List.of("started 1", "ended 1"), told);
    newest().die();
    supervisor().rest();
    assertEquals(2, told.size());
    supervisor().start();
    assertEquals(2, supervisor().instance());
  }

  @Test
  void oneThatWaitsOrIsInQuarantineCanRestAndBeginsAnew() {
    supervisor().start();
    newest().die();
    supervisor().rest();
    passDelay();
    assertEquals(State.STOPPED, supervisor().state());
    make();
    dieUntilQuarantined();
    supervisor().rest();
    assertEquals(State.STOPPED, supervisor().state());
    assertEquals("", supervisor().problem());
    supervisor().start();
    newest().die();
    assertEquals(State.WAITING, supervisor().state());
  }

  @Test
  void fiveDeathsWithinAMinuteQuarantineUntilStarted() {
    dieUntilQuarantined();
    assertEquals(State.QUARANTINED, supervisor().state());
    assertEquals(List.of(0L, 250_000_000L, 1_000_000_000L, 4_000_000_000L), delays);
    assertTrue(supervisor().problem().contains("it died"), supervisor().problem());
    newest().die();
    supervisor().restart(5);
    supervisor().quarantine(5, "did wrong");
    assertEquals(State.QUARANTINED, supervisor().state());
    supervisor().start();
    assertEquals(State.RUNNING, supervisor().state());
    assertEquals("", supervisor().problem());
    newest().die();
    assertEquals(State.WAITING, supervisor().state());
  }

  @Test
  void theIndispensableIsNeverGivenUp() {
    indispensable = true;
    make();
    supervisor().start();
    for (int i = 0; i < 100; i++) {
      newest().die();
      assertEquals(State.WAITING, supervisor().state());
      passDelay();
    }
    assertEquals(State.RUNNING, supervisor().state());
    assertEquals(0, delays.getFirst());
    assertEquals(1_000_000_000L, delays.stream().mapToLong(Long::longValue).max().orElseThrow());
  }

  @Test
  void aDelayBegunBeforeAStopDoesNotCutALaterOneShort() {
    supervisor().start();
    newest().die();
    supervisor().stop();
    supervisor().start();
    newest().die();
    later.removeFirst().run();
    assertEquals(State.WAITING, supervisor().state());
    passDelay();
    assertEquals(State.RUNNING, supervisor().state());
    assertEquals(3, started.size());
  }

  @Test
  void deathsMoreThanAMinuteApartDoNotAddUp() {
    supervisor().start();
    for (int i = 0; i < 20; i++) {
      newest().die();
      passDelay();
      now += Duration.ofSeconds(61).toNanos();
    }
    assertEquals(State.RUNNING, supervisor().state());
    assertTrue(delays.stream().allMatch(delay -> delay == 0), delays.toString());
  }

  @Test
  void aViolationEndsAndKeepsDown() {
    supervisor().start();
    newest().begin();
    supervisor().quarantine(2, "did nothing");
    assertEquals(State.RUNNING, supervisor().state());
    supervisor().quarantine(1, "has a named socket");
    assertEquals(State.QUARANTINED, supervisor().state());
    assertTrue(newest().killed);
    assertFalse(socketExists(1));
    assertEquals("has a named socket", supervisor().problem());
    newest().die();
    assertEquals(List.of(), delays);
    assertEquals(
        List.of("started 1", "ended 1", "charge is ended and stays down: it has a named socket"),
        told);
    supervisor().stop();
    assertEquals(State.STOPPED, supervisor().state());
  }
}
