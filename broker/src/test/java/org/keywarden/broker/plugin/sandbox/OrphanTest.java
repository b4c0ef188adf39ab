package org.keywarden.broker.plugin.sandbox;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.broker.process.Confinement;
import org.keywarden.broker.process.Launch;
import org.keywarden.broker.process.ProcessStarter;
import org.keywarden.broker.process.ProcessStarter.Identity;
import org.keywarden.testbed.Await;

/**
 * Bubblewrap outside is killed when it has made the process inside and not yet said which. It is
 * kept in that moment by a pipe for its report that is full.
 */
@Timeout(60)
final class OrphanTest {
  private final ExecutorService starter = Executors.newSingleThreadExecutor();
  private final ExecutorService seat = Executors.newSingleThreadExecutor();
  @TempDir private Path work;

  @AfterEach
  void stop() {
    starter.shutdownNow();
    seat.shutdownNow();
  }

  /** $1... become a process whose standard output takes nothing more. */
  private static final String FULL =
      "dd if=/dev/zero of=/proc/self/fd/1 bs=4096 oflag=nonblock 2>/dev/null; exec \"$@\"";

  /** A sandbox whose outer process dies in that moment. */
  private record Interrupted(Preparation sandbox, CompletableFuture<Long> inner)
      implements Preparation {
    @Override
    public Prepared prepare(Launch launch, long number) throws IOException {
      Prepared prepared = sandbox.prepare(launch, number);
      List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", FULL, "sh"));
      command.addAll(prepared.command());
      return new Prepared(command, prepared.programs(), prepared.files(), prepared.shown());
    }

    @Override
    public Identity identify(long pid, BufferedReader report) throws IOException {
      ProcessHandle outer = ProcessHandle.of(pid).orElseThrow();
      Await.until(
          "bubblewrap's child",
          () -> {
            Optional<ProcessHandle> made =
                outer.children().filter(child -> isBubblewrap(outer)).findAny();
            made.ifPresent(child -> inner.complete(child.pid()));
            return made.isPresent() || !outer.isAlive();
          });
      outer.destroyForcibly();
      throw new IOException("it never reported");
    }

    private static boolean isBubblewrap(ProcessHandle process) {
      return process.info().command().orElse("").endsWith("/bwrap");
    }

    @Override
    public byte[] release() {
      return sandbox.release();
    }

    @Override
    public boolean wraps() {
      return sandbox.wraps();
    }

    @Override
    public boolean owns(Identity identity, long pid) {
      return sandbox.owns(identity, pid);
    }
  }

  @Test
  void whatItMadeEndsToo() throws Exception {
    Path files = Files.createDirectory(work.resolve("files"));
    int uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    SandboxPlan plan =
        new SandboxPlan(SandboxPlan.Proc.OWN_PROCESSES, uid == 0 ? Isolation.DROPPED_USER : 0);
    CompletableFuture<Long> inner = new CompletableFuture<>();
    CompletableFuture<String> end = new CompletableFuture<>();
    ProcessStarter processes =
        new Processes(
            new Interrupted(new Sandbox(files, plan, Libseccomp.load()), inner), starter, seat);
    ProcessStarter.Running running =
        processes.start(
            new Launch(
                "test",
                List.of("/bin/sh", "-c", "read -r l </dev/zero"),
                Map.of(),
                work,
                work.resolve("log"),
                new Confinement(
                    List.of(),
                    null,
                    Files.createFile(work.resolve("socket")),
                    Confinement.Limits.DEFAULT,
                    Set.of())),
            new ProcessStarter.Listener() {
              @Override
              public void started(Identity identity) {
                end.complete("it was started");
              }

              @Override
              public void ended(String how) {
                end.complete(how);
              }
            });
    String how = end.get(30, TimeUnit.SECONDS);
    assertTrue(how.startsWith("it ended with status 137"), how);
    long orphan = inner.get(30, TimeUnit.SECONDS);
    try {
      awaitEnd(orphan);
    } finally {
      ProcessHandle.of(orphan).ifPresent(ProcessHandle::destroyForcibly);
      seat.submit(running::kill).get();
    }
  }

  private static void awaitEnd(long pid) {
    Await.until("the end of the orphan", () -> !runs(pid));
  }

  /** Whether a process runs; a zombie does not. */
  static boolean runs(long pid) {
    try {
      return ProcFiles.threadStates(pid).stream().anyMatch(state -> state != 'Z');
    } catch (IOException gone) {
      return false;
    }
  }
}
