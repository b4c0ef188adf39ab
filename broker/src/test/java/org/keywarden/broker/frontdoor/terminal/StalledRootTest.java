package org.keywarden.broker.frontdoor.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.broker.look.Looks;

/**
 * A process whose terminal is to be looked for on a file system of its own that never answers (a
 * real FUSE mount; where {@code /dev/fuse} is not to be had, one that has no terminal).
 */
final class StalledRootTest {
  private static final long PATIENCE = 30;
  private static final long WAITS = TimeUnit.SECONDS.toNanos(PATIENCE);

  @TempDir private Path directory;
  private final ScheduledExecutorService seat = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService besides = Executors.newCachedThreadPool();
  private Process stalled;
  private Process other;
  private BufferedReader said;
  private boolean stalling;
  private Terminals terminals;

  @BeforeEach
  void begin() throws Exception {
    Path script =
        Path.of(Objects.requireNonNull(getClass().getResource("/stalled/root.py")).toURI());
    stalled =
        new ProcessBuilder("unshare", "-Urm", "python3", script.toString(), directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    other = new ProcessBuilder("cat").start();
    said = stalled.inputReader();
    String ready = String.valueOf(said.readLine());
    stalling = ready.equals("stalling");
    assertTrue(stalling || ready.equals("empty"), ready);
    terminals =
        new Terminals(
            uid(),
            new Terminals.Place(
                new PasswordPrompts(uid()),
                Looks.threads("looks"),
                seat,
                System::nanoTime,
                (delay, action) -> {
                  var _ = seat.schedule(action, delay, TimeUnit.NANOSECONDS);
                }));
  }

  @AfterEach
  void end() throws InterruptedException {
    stalled.destroyForcibly().waitFor();
    other.destroyForcibly().waitFor();
    seat.shutdownNow();
    besides.shutdownNow();
  }

  private static int uid() throws IOException {
    return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }

  private CompletableFuture<TerminalAnswer> asked(long pid) {
    CompletableFuture<TerminalAnswer> told = new CompletableFuture<>();
    seat.execute(() -> terminals.of(pid).ask(TerminalWatch.Reach.OWN, WAITS, told::complete));
    return told;
  }

  @Test
  void whoeverLooksThereIsNotHeldUpAndTakesItForSecret() throws Exception {
    Path terminal = Path.of("/proc", Long.toString(stalled.pid()), "root", "dev", "pts", "0");
    var stuck = besides.submit(() -> Files.exists(terminal));
    if (stalling) {
      assertEquals("asked", said.readLine());
    }
    assertEquals(
        TerminalAnswer.HIDDEN, asked(stalled.pid()).get(PATIENCE, TimeUnit.SECONDS), "its own");
    assertEquals(
        TerminalAnswer.SHOWN, asked(other.pid()).get(PATIENCE, TimeUnit.SECONDS), "another's");
    if (stalling) {
      assertFalse(stuck.isDone(), "the file system has not answered anybody");
    }
  }
}
