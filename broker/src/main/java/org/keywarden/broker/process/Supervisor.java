package org.keywarden.broker.process;

import io.grpc.ServerServiceDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.rpc.PeerCheck;
import org.keywarden.broker.rpc.UnixServer;

/**
 * Keeps one process running: each run is an instance with a socket and a number of its own, and
 * only that process (or a descendant) may connect to the socket.
 *
 * <pre>
 *              start               process ends           delay over  restart  quarantine           rest                stop
 * STOPPED      RUNNING             -                      -           -        -                    -                   -
 * RUNNING      -                   WAITING | QUARANTINED  -           (kill)   QUARANTINED (kill)   STOPPED (kill)      STOPPED (kill)
 * WAITING      -                   -                      RUNNING     -        -                    STOPPED             STOPPED
 * QUARANTINED  RUNNING (forgiven)  -                      -           -        -                    STOPPED (forgiven)  STOPPED
 * </pre>
 *
 * <p>Deaths quarantine only what is not {@link Charge#indispensable}.
 */
public final class Supervisor {
  /** Where a supervised process is in its life. */
  public enum State {
    STOPPED,
    RUNNING,
    /** Waits to be started again. */
    WAITING,
    /** Died too often; stays down until started by the user. */
    QUARANTINED
  }

  /** What is run, and what listens to it. */
  public interface Charge {
    String label();

    /** Whether it is started again however often it dies. */
    boolean indispensable();

    Launch launch(long instance, Path socket);

    List<ServerServiceDefinition> services(long instance, Path socket);

    /** The instance's process runs; it cannot have connected yet. */
    void started(long instance, ProcessStarter.Identity identity);

    /** The instance's process is gone; its socket is closed. */
    void ended(long instance);

    /** A process of it has ended, also one that was stopped. */
    default void gone() {}
  }

  /** What a supervisor needs of its surroundings. */
  public interface Surroundings {
    ProcessStarter starter();

    UnixServer.Environment servers();

    /** Directory of the instances' sockets; mode 0700. */
    Path socketDirectory();

    /** A number no instance had before. */
    long nextInstance();

    /** In ns of CLOCK_BOOTTIME. */
    long now();

    /** For the jitter of delays. */
    RandomGenerator random();

    /** Runs {@code later} on the seat's thread after {@code delay} ns. */
    void schedule(long delay, Runnable later);

    /** A line for the operator. */
    void report(String line);
  }

  private final Charge charge;
  private final Surroundings surroundings;
  private final Backoff backoff;
  private State state = State.STOPPED;
  private long instance;
  private String problem = "";
  private ProcessStarter.@Nullable Running process;
  private @Nullable UnixServer server;

  /** Processes that have not ended yet, those that were killed among them. */
  private int alive;

  private Runnable whenNone = () -> {};

  public Supervisor(Charge charge, Surroundings surroundings) {
    this.charge = charge;
    this.surroundings = surroundings;
    this.backoff =
        new Backoff(
            charge.indispensable() ? Backoff.Patience.ENDLESS : Backoff.Patience.LIMITED,
            surroundings.random());
  }

  public State state() {
    return state;
  }

  /** The instance that runs, 0 if none. */
  public long instance() {
    return state == State.RUNNING ? instance : 0;
  }

  /** The process that runs, null if none. */
  public ProcessStarter.@Nullable Running process() {
    return process;
  }

  /** Starts the process unless it runs or is about to; lifts a quarantine. */
  public void start() {
    switch (state) {
      case STOPPED -> launch();
      case QUARANTINED -> {
        backoff.forgive();
        launch();
      }
      case RUNNING, WAITING -> {}
    }
  }

  /** Ends the instance, if it is the one that runs; it is started again as after any death. */
  public void restart(long number) {
    if (state == State.RUNNING && instance == number && process != null) {
      process.kill();
    }
  }

  /**
   * Ends the instance, if it is the one that runs, and keeps it down until the user starts it.
   *
   * @param why for people
   */
  public void quarantine(long number, String why) {
    if (isCurrent(number)) {
      state = State.QUARANTINED;
      problem = why;
      if (process != null) {
        process.kill();
      }
      release();
      charge.ended(number);
      surroundings.report(charge.label() + " is ended and stays down: it " + why);
    }
  }

  /** Why it is in quarantine, empty if it is not. */
  public String problem() {
    return state == State.QUARANTINED ? problem : "";
  }

  /** Ends the process until it is started again, and lifts a quarantine. */
  public void rest() {
    boolean ran = state == State.RUNNING;
    if (state == State.QUARANTINED) {
      backoff.forgive();
    }
    stop();
    if (ran) {
      charge.ended(instance);
    }
  }

  /** Like {@link #rest()}; {@code then} is run once, when no process of it is left. */
  public void rest(Runnable then) {
    rest();
    if (alive == 0) {
      then.run();
    } else {
      Runnable before = whenNone;
      whenNone =
          () -> {
            before.run();
            then.run();
          };
    }
  }

  private void died() {
    alive--;
    charge.gone();
    if (alive == 0) {
      Runnable waiting = whenNone;
      whenNone = () -> {};
      waiting.run();
    }
  }

  /** Ends the process for good; nobody is told. */
  public void stop() {
    state = State.STOPPED;
    if (process != null) {
      process.kill();
      release();
    }
  }

  private void launch() {
    state = State.RUNNING;
    instance = surroundings.nextInstance();
    long number = instance;
    backoff.started(surroundings.now());
    Path socket = surroundings.socketDirectory().resolve(number + ".sock");
    AtomicReference<ProcessStarter.@Nullable Running> own = new AtomicReference<>();
    PeerCheck check =
        peer -> {
          ProcessStarter.Running running = own.get();
          return running != null && running.owns(peer.pid());
        };
    try {
      server =
          UnixServer.start(surroundings.servers(), socket, check, charge.services(number, socket));
    } catch (IOException e) {
      surroundings.schedule(0, () -> ended(number, e.getMessage()));
      return;
    }
    alive++;
    process =
        surroundings
            .starter()
            .start(
                charge.launch(number, socket),
                new ProcessStarter.Listener() {
                  @Override
                  public void started(ProcessStarter.Identity identity) {
                    if (isCurrent(number)) {
                      charge.started(number, identity);
                    }
                  }

                  @Override
                  public void ended(String how) {
                    died();
                    Supervisor.this.ended(number, how);
                  }
                });
    own.set(process);
  }

  private boolean isCurrent(long number) {
    return number == instance && state == State.RUNNING;
  }

  private void ended(long number, @Nullable String how) {
    if (!isCurrent(number)) {
      return;
    }
    release();
    charge.ended(number);
    OptionalLong delay = backoff.died(surroundings.now());
    if (delay.isEmpty()) {
      state = State.QUARANTINED;
      problem = "died five times within a minute; last: " + how;
      surroundings.report(
          charge.label()
              + " died five times within a minute and stays down until it is selected again; last: "
              + how);
      return;
    }
    state = State.WAITING;
    surroundings.report(charge.label() + " is started again: " + how);
    surroundings.schedule(
        delay.getAsLong(),
        () -> {
          if (state == State.WAITING && instance == number) {
            launch();
          }
        });
  }

  private void release() {
    process = null;
    if (server != null) {
      server.close();
      server = null;
    }
  }
}
