package org.keywarden.broker.plugin.sandbox;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.broker.process.Confinement;
import org.keywarden.broker.process.Launch;
import org.keywarden.broker.process.ProcessStarter;
import org.keywarden.broker.process.ProcessStarter.Identity;
import org.keywarden.broker.process.ProcessStarter.Running;
import org.keywarden.testbed.Await;

/** Real processes in real sandboxes, in both ways a sandbox is built. */
abstract class SandboxScene {
  final ExecutorService starter = Executors.newSingleThreadExecutor();
  final ExecutorService seat = Executors.newSingleThreadExecutor();
  @TempDir Path work;
  Path files = Path.of("");
  Path state = Path.of("");
  Path socket = Path.of("");
  int uid;

  /** What a started process told. */
  static class Told implements ProcessStarter.Listener {
    final CompletableFuture<Identity> identity = new CompletableFuture<>();
    final CompletableFuture<String> end = new CompletableFuture<>();
    final BlockingQueue<String> order = new LinkedBlockingQueue<>();

    @Override
    public void started(Identity started) {
      order.add("started");
      identity.complete(started);
    }

    @Override
    public void ended(String how) {
      order.add("ended");
      identity.completeExceptionally(new IllegalStateException(how));
      end.complete(how);
    }
  }

  @BeforeEach
  void directories() throws IOException {
    files = Files.createDirectory(work.resolve("files"));
    state = Files.createDirectory(work.resolve("state"));
    socket = Files.createFile(work.resolve("socket"));
    uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }

  @AfterEach
  void stop() {
    starter.shutdownNow();
    seat.shutdownNow();
  }

  /** Waits for the process to make a file in its state directory. */
  void awaitFile(Told told, String name) {
    Await.until(
        "the process to make " + name,
        () -> {
          assertFalse(told.end.isDone(), () -> "it ended instead: " + told.end);
          return Files.exists(state.resolve(name));
        });
  }

  ProcessStarter sandbox(SandboxPlan.Proc proc) throws IOException {
    SandboxPlan plan = new SandboxPlan(proc, uid == 0 ? Isolation.DROPPED_USER : 0);
    return new Processes(new Sandbox(files, plan, Libseccomp.load()), starter, seat);
  }

  Launch launch(String script) {
    return new Launch(
        "test",
        List.of("/bin/sh", "-c", script),
        Map.of("STATE", state.toString(), "GREETING", "hello there"),
        state,
        work.resolve("log"),
        new Confinement(List.of(), state, socket, Confinement.Limits.DEFAULT, Set.of()));
  }

  /** Runs a script of shell builtins, the only commands there are inside; returns its output. */
  String run(SandboxPlan.Proc proc, String script) throws Exception {
    Told told = new Told();
    Running running = sandbox(proc).start(launch("exec >$STATE/out 2>&1; " + script), told);
    try {
      told.end.get(30, TimeUnit.SECONDS);
      return Files.readString(state.resolve("out"));
    } finally {
      seat.submit(running::kill).get();
    }
  }
}
