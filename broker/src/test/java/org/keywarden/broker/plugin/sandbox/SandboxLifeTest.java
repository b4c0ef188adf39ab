package org.keywarden.broker.plugin.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keywarden.broker.process.Confinement;
import org.keywarden.broker.process.Launch;
import org.keywarden.broker.process.ProcessStarter;
import org.keywarden.broker.process.ProcessStarter.Identity;
import org.keywarden.broker.process.ProcessStarter.Running;

/** How a process in a sandbox begins, stands still and ends. */
@Timeout(120)
final class SandboxLifeTest extends SandboxScene {
  @ParameterizedTest
  @EnumSource
  void itsProcessesAreKnownAndNoOthers(SandboxPlan.Proc proc) throws Exception {
    Told told = new Told();
    Running running = sandbox(proc).start(launch("while :; do read -r x </dev/zero; done"), told);
    Identity identity = told.identity.get(30, TimeUnit.SECONDS);
    List<Boolean> owned =
        seat.submit(
                () ->
                    List.of(
                        running.owns(identity.pid()),
                        running.owns(ProcessHandle.current().pid()),
                        running.owns(1)))
            .get();
    assertEquals(List.of(true, false, false), owned);
    assertNotEquals(
        ProcFiles.namespace(ProcessHandle.current().pid(), "pid"), identity.pidNamespace());
    seat.submit(running::kill).get();
    told.end.get(30, TimeUnit.SECONDS);
    assertEquals(List.of("started", "ended"), List.copyOf(told.order));
    assertThrows(IOException.class, () -> ProcFiles.startTime(identity.pid()));
    assertFalse(seat.submit(() -> running.owns(identity.pid())).get());
  }

  @ParameterizedTest
  @EnumSource
  void itStandsStillWhileFrozen(SandboxPlan.Proc proc) throws Exception {
    Told told = new Told();
    Running running =
        sandbox(proc)
            .start(launch("i=0; while :; do i=$((i+1)); echo $i >$STATE/count; done"), told);
    Identity identity = told.identity.get(30, TimeUnit.SECONDS);
    awaitFile(told, "count");
    assertTrue(frozen(running));
    String before = Files.readString(state.resolve("count"));
    List<Character> states =
        ProcFiles.tree(identity.pid()).stream().skip(1).map(SandboxLifeTest::firstThread).toList();
    assertEquals(List.of('T', 'T'), states);
    assertEquals(before, Files.readString(state.resolve("count")));
    seat.submit(running::thaw).get();
    assertTrue(frozen(running));
    seat.submit(running::kill).get();
    told.end.get(30, TimeUnit.SECONDS);
  }

  private boolean frozen(Running running) throws Exception {
    CompletableFuture<Boolean> still = new CompletableFuture<>();
    seat.submit(() -> running.freeze(still::complete)).get();
    return still.get(30, TimeUnit.SECONDS);
  }

  private static char firstThread(long pid) {
    try {
      return ProcFiles.threadStates(pid).getFirst();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aProcessFrozenBeforeItBeginsDoesNotBegin() throws Exception {
    CompletableFuture<Running> self = new CompletableFuture<>();
    CompletableFuture<Boolean> still = new CompletableFuture<>();
    Told told =
        new Told() {
          @Override
          public void started(Identity started) {
            self.join().freeze(still::complete);
            super.started(started);
          }
        };
    Running running =
        sandbox(SandboxPlan.Proc.OWN_PROCESSES).start(launch(": >$STATE/begun"), told);
    self.complete(running);
    assertTrue(still.get(30, TimeUnit.SECONDS));
    assertFalse(Files.exists(state.resolve("begun")));
    assertFalse(told.end.isDone());
    seat.submit(running::thaw).get();
    told.end.get(30, TimeUnit.SECONDS);
    assertTrue(Files.exists(state.resolve("begun")));
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsLeftInTheDirectoryWhenItHasEnded(SandboxPlan.Proc proc) throws Exception {
    run(proc, ":");
    try (var left = Files.list(files)) {
      assertEquals(List.of("seccomp-0"), left.map(path -> path.getFileName().toString()).toList());
    }
  }

  @Test
  @Timeout(600)
  void twoHundredKillsLeaveNothing() throws Exception {
    ProcessStarter sandbox = sandbox(SandboxPlan.Proc.OWN_PROCESSES);
    for (int i = 0; i < 200; i++) {
      Told told = new Told();
      Running running = sandbox.start(launch("while :; do :; done"), told);
      Identity identity = told.identity.get(30, TimeUnit.SECONDS);
      seat.submit(running::kill).get();
      told.end.get(30, TimeUnit.SECONDS);
      assertThrows(IOException.class, () -> ProcFiles.startTime(identity.pid()));
    }
    try (var left = Files.list(files)) {
      assertEquals(List.of("seccomp-0"), left.map(path -> path.getFileName().toString()).toList());
    }
  }

  /** The end of the input is what a dying broker leaves. */
  @ParameterizedTest
  @EnumSource
  void itDoesNotBeginWithoutTheWord(SandboxPlan.Proc proc) throws Exception {
    SandboxPlan plan = new SandboxPlan(proc, uid == 0 ? Isolation.DROPPED_USER : 0);
    Preparation sandbox = new Sandbox(files, plan, Libseccomp.load());
    assertFalse(begins(sandbox, new byte[0]), "in the sandbox");
    assertTrue(begins(sandbox, sandbox.release()), "in the sandbox, with the word");
    assertFalse(begins(new PlainPreparation(), new byte[0]), "without a sandbox");
  }

  private boolean begins(Preparation preparation, byte[] word) throws Exception {
    Path trace = state.resolve("begun");
    Preparation.Prepared prepared = preparation.prepare(launch(": >$STATE/begun"), 1);
    Process process = new ProcessBuilder(prepared.command()).start();
    try (OutputStream input = process.getOutputStream()) {
      input.write(word);
    }
    assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it ends");
    return Files.deleteIfExists(trace);
  }

  @Test
  void aCommandThatIsNotThereEndsWithoutStarting() throws Exception {
    Told told = new Told();
    Launch launch =
        new Launch(
            "test",
            List.of("/nowhere/program"),
            Map.of(),
            state,
            work.resolve("log"),
            new Confinement(List.of(), state, socket, Confinement.Limits.DEFAULT, Set.of()));
    sandbox(SandboxPlan.Proc.OWN_PROCESSES).start(launch, told);
    assertTrue(told.end.get(30, TimeUnit.SECONDS).contains("/nowhere/program"));
    assertEquals(List.of("ended"), List.copyOf(told.order));
  }
}
