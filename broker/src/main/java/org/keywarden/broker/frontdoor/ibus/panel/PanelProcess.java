package org.keywarden.broker.frontdoor.ibus.panel;

import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.process.Backoff;

/**
 * Keeps a panel of the broker's own running while the desktop has none. Used on the seat's thread.
 */
public final class PanelProcess {
  /** What it needs of its surroundings. */
  public interface Surroundings {
    /** Starts the program; called on a thread of its own. */
    Process start() throws IOException;

    /** The {@code Holder.Kin.number} of a process that runs, 0 if it does not any more. */
    long numberOf(Process process);

    Executor seatThread();

    /** Runs {@code later} on the seat's thread after {@code delay} ns. */
    void schedule(long delay, Runnable later);

    /** In ns of any clock. */
    long now();
  }

  private final Surroundings around;
  private final PanelTrust trust;
  private final Backoff backoff;
  private final Consumer<String> report;
  private boolean wanted;
  private @Nullable Process process;

  /** Of the run that counts. */
  private long run;

  /**
   * @param report takes a sentence for the user
   */
  public PanelProcess(
      Surroundings around, PanelTrust trust, Backoff backoff, Consumer<String> report) {
    this.around = around;
    this.trust = trust;
    this.backoff = backoff;
    this.report = report;
  }

  /** A panel of ours is wanted from now on, or none any more. */
  public void want(boolean is) {
    if (is == wanted) {
      return;
    }
    wanted = is;
    if (is) {
      backoff.forgive();
      launch();
    } else {
      end();
    }
  }

  private void end() {
    run++;
    trust.started(0);
    if (process != null) {
      process.destroyForcibly();
      process = null;
    }
  }

  private void launch() {
    long number = ++run;
    backoff.started(around.now());
    Thread.ofPlatform().daemon().name("panel").start(() -> begin(number));
  }

  /** On a thread of its own. */
  private void begin(long number) {
    try {
      Process started = around.start();
      long known = around.numberOf(started);
      around.seatThread().execute(() -> started(number, started, known));
      started
          .onExit()
          .thenRun(
              () ->
                  around
                      .seatThread()
                      .execute(() -> ended(number, "it ended with status " + started.exitValue())));
    } catch (IOException e) {
      around.seatThread().execute(() -> ended(number, "it cannot be started: " + e.getMessage()));
    }
  }

  private void started(long number, Process begun, long known) {
    if (number == run) {
      process = begun;
      trust.started(known);
    } else {
      begun.destroyForcibly();
    }
  }

  private void ended(long number, String how) {
    if (number != run) {
      return;
    }
    process = null;
    trust.started(0);
    OptionalLong delay = backoff.died(around.now());
    if (delay.isEmpty()) {
      report.accept("candidates are shown no more, the panel ended five times: " + how);
      return;
    }
    around.schedule(
        delay.getAsLong(),
        () -> {
          if (number == run && wanted) {
            launch();
          }
        });
  }
}
