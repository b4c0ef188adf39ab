package org.keywarden.broker.plugin.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.keywarden.broker.process.Confinement;
import org.keywarden.broker.process.Launch;
import org.keywarden.broker.process.ProcessStarter;

/** Whether this machine can isolate processes, found out by doing it. */
public sealed interface Isolation {
  /** The user processes get when the broker runs as root; in the range of systemd's DynamicUser. */
  int DROPPED_USER = 65_000;

  /** It can. */
  final class Possible implements Isolation {
    private final ProcessStarter starter;
    private final boolean ownProcessesOnly;
    private final Sweeper sweeper;

    private Possible(ProcessStarter starter, boolean ownProcessesOnly, Sweeper sweeper) {
      this.starter = starter;
      this.ownProcessesOnly = ownProcessesOnly;
      this.sweeper = sweeper;
    }

    public ProcessStarter starter() {
      return starter;
    }

    /**
     * Whether {@code /proc} inside shows nothing but the process's own; if not, it is a masked one.
     */
    public boolean ownProcessesOnly() {
      return ownProcessesOnly;
    }

    @Override
    public void end() {
      sweeper.sweep();
    }
  }

  /**
   * It cannot.
   *
   * @param reasons one for each way tried
   */
  record Impossible(List<String> reasons) implements Isolation {
    public Impossible {
      reasons = List.copyOf(reasons);
    }

    @Override
    public void end() {}
  }

  /** Ends every sandbox that is left; none can be made any more. So does the end of the broker. */
  void end();

  /**
   * Tries the ways there are, best first, each with a process that does nothing.
   *
   * @param directory private to this broker, empty; gone after {@link #end}
   * @param uid the broker's own
   * @param starter one thread that lives as long as the broker
   * @param seatThread where listeners are told
   */
  static Isolation find(Path directory, int uid, Executor starter, Executor seatThread)
      throws InterruptedException {
    SandboxPlan best = best(uid);
    return first(List.of(best, best.with(SandboxPlan.Proc.MASKED)), directory, starter, seatThread);
  }

  /** As {@link #find}, but only the way with a masked {@code /proc}: to measure what it leaves. */
  static Isolation masked(Path directory, int uid, Executor starter, Executor seatThread)
      throws InterruptedException {
    return first(List.of(best(uid).with(SandboxPlan.Proc.MASKED)), directory, starter, seatThread);
  }

  private static SandboxPlan best(int uid) {
    return new SandboxPlan(SandboxPlan.Proc.OWN_PROCESSES, uid == 0 ? DROPPED_USER : 0);
  }

  private static Isolation first(
      List<SandboxPlan> plans, Path directory, Executor starter, Executor seatThread)
      throws InterruptedException {
    List<String> reasons = new ArrayList<>();
    try {
      Libseccomp seccomp = Libseccomp.load();
      // First: a process beside the broker in its group would keep the group from being taken.
      Optional<ControlGroups> groups = groups();
      Sweeper sweeper = Sweeper.start(directory);
      for (SandboxPlan plan : plans) {
        Sandbox sandbox = new Sandbox(directory, plan, seccomp);
        String failure = attempt(sandbox, directory);
        if (failure.isEmpty()) {
          return new Possible(
              new Processes(sandbox, groups, starter, seatThread),
              plan.proc() == SandboxPlan.Proc.OWN_PROCESSES,
              sweeper);
        }
        reasons.add(plan.proc() + ": " + failure);
      }
      sweeper.sweep();
    } catch (IOException e) {
      reasons.add(String.valueOf(e.getMessage()));
    }
    return new Impossible(reasons);
  }

  private static Optional<ControlGroups> groups() {
    Optional<Path> delegated = ControlGroups.delegated(Path.of("/"));
    try {
      return delegated.isEmpty()
          ? Optional.empty()
          : Optional.of(ControlGroups.take(delegated.get()));
    } catch (IOException refused) {
      return Optional.empty();
    }
  }

  /** As {@link #attempt(Sandbox, Path)}, with a filter of its own. */
  static String attempt(Path directory, SandboxPlan plan) throws InterruptedException {
    try {
      return attempt(new Sandbox(directory, plan, Libseccomp.load()), directory);
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Runs {@code true} in a sandbox; returns why that failed, or nothing. */
  private static String attempt(Sandbox sandbox, Path directory)
      throws IOException, InterruptedException {
    Path socket = directory.resolve("trial");
    Files.deleteIfExists(socket);
    Files.createFile(socket);
    Launch launch =
        new Launch(
            "trial",
            List.of("/usr/bin/true"),
            Map.of(),
            Path.of("/"),
            directory.resolve("trial.log"),
            new Confinement(List.of(), null, socket, Confinement.Limits.DEFAULT, Set.of()));
    Preparation.Prepared prepared = sandbox.prepare(launch, 0);
    Process process = Processes.builder(prepared).start();
    try {
      release(process, sandbox);
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "no end within 10 s";
      }
      String said = new String(process.getErrorStream().readNBytes(400)).strip();
      return process.exitValue() == 0
          ? ""
          : said.isEmpty() ? "status " + process.exitValue() : said.lines().findFirst().orElse("");
    } finally {
      Files.deleteIfExists(socket);
      for (Path file : prepared.files()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static void release(Process process, Sandbox sandbox) {
    try (OutputStream input = process.getOutputStream()) {
      input.write(sandbox.release());
    } catch (IOException ended) {
      // It says itself why.
      return;
    }
  }
}
