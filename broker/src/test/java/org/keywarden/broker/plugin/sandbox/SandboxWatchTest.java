package org.keywarden.broker.plugin.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keywarden.broker.process.Confinement;
import org.keywarden.broker.process.Finding;
import org.keywarden.broker.process.Launch;
import org.keywarden.broker.process.ProcessStarter.Running;
import org.keywarden.testbed.Await;

/** What the channel watch finds in a sandbox from outside. */
@Timeout(120)
final class SandboxWatchTest extends SandboxScene {
  /** Two directories of the host, one of which nobody declared. */
  @Test
  void aMountThatShouldNotBeThereIsSeenFromOutside() throws Exception {
    Told told = new Told();
    Running running =
        sandbox(SandboxPlan.Proc.OWN_PROCESSES).start(launch("read -r l </dev/zero"), told);
    try {
      long first = told.identity.get(30, TimeUnit.SECONDS).pid();
      Confinement declared =
          new Confinement(
              List.of(Path.of("/bin"), Path.of("/usr/bin"), Path.of("/etc")),
              work.resolve("other"),
              socket,
              Confinement.Limits.DEFAULT,
              Set.of());
      ChannelWatch watch =
          new ChannelWatch(
              Path.of("/proc"),
              Path.of("/tmp"),
              List.of(Path.of("/bin/sh").toRealPath()),
              declared);
      AtomicReference<Optional<Finding>> found = new AtomicReference<>(Optional.empty());
      Await.until(
          "a finding of the watch",
          () -> {
            assertFalse(told.end.isDone(), told.end::toString);
            for (long pid : ProcFiles.tree(first)) {
              if (isInside(pid, first)) {
                found.updateAndGet(before -> before.or(() -> watch.violation(pid)));
              }
            }
            return found.get().isPresent();
          });
      assertTrue(
          found.get().orElseThrow() instanceof Finding.InProcess in
              && in.thing() == Finding.Thing.WRITABLE_MOUNT,
          found::toString);
    } finally {
      seat.submit(running::kill).get();
    }
  }

  /** What bubblewrap's own processes share with each other and the broker is no channel. */
  @ParameterizedTest
  @EnumSource
  void aProcessThatKeepsToItselfIsLeftAloneByTheWatch(SandboxPlan.Proc proc) throws Exception {
    Told told = new Told();
    Running running = sandbox(proc).start(launch(": >$STATE/up; read -r l </dev/zero"), told);
    try {
      told.identity.get(30, TimeUnit.SECONDS);
      awaitFile(told, "up");
      for (int look = 0; look < 12; look++) {
        BlockingQueue<Finding> found = new LinkedBlockingQueue<>();
        seat.submit(() -> running.inspect(found::add)).get();
        assertEquals(null, found.poll(100, TimeUnit.MILLISECONDS));
      }
    } finally {
      seat.submit(running::kill).get();
    }
  }

  private Launch shown(Path directory, String script) {
    Launch plain = launch(script);
    return new Launch(
        plain.label(),
        plain.command(),
        plain.environment(),
        plain.directory(),
        plain.output(),
        new Confinement(
            List.of(directory),
            List.of(new Confinement.Examined(directory, Finding.Place.DATA)),
            state,
            socket,
            Confinement.Limits.DEFAULT,
            Set.of()));
  }

  /** What is put on the host into a directory that is shown, while the process runs. */
  @ParameterizedTest
  @EnumSource
  void aFifoThatAppearsInWhatIsShownIsFound(SandboxPlan.Proc proc) throws Exception {
    Path words = Files.createDirectory(work.toRealPath().resolve("words"));
    Told told = new Told();
    Running running = sandbox(proc).start(shown(words, ": >$STATE/up; read -r l </dev/zero"), told);
    try {
      told.identity.get(30, TimeUnit.SECONDS);
      awaitFile(told, "up");
      Path fifo = words.resolve("fifo");
      assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
      long inode = (Long) Files.getAttribute(fifo, "unix:ino");
      BlockingQueue<Finding> found = new LinkedBlockingQueue<>();
      seat.submit(() -> running.inspect(found::add)).get();
      assertEquals(
          new Finding.InFiles(Finding.Flaw.SPECIAL, Finding.Place.DATA, inode),
          found.poll(30, TimeUnit.SECONDS));
    } finally {
      seat.submit(running::kill).get();
    }
  }

  /** Between the check of a manifest and the start of its program. */
  @Test
  void whatHasBecomeALinkSinceItWasCheckedIsNotShown() throws Exception {
    Path real = work.toRealPath();
    Path secret = Files.createDirectory(real.resolve("secret"));
    Path words = Files.createSymbolicLink(real.resolve("words"), secret);
    Told told = new Told();
    Running running =
        sandbox(SandboxPlan.Proc.OWN_PROCESSES).start(shown(words, ": >$STATE/up"), told);
    try {
      String how = told.end.get(30, TimeUnit.SECONDS);
      assertTrue(how.endsWith("words has become a link, or is behind one"), how);
      assertFalse(Files.exists(state.resolve("up")));
    } finally {
      seat.submit(running::kill).get();
    }
  }

  private static boolean isInside(long pid, long first) {
    try {
      return ProcFiles.namespace(pid, "mnt") != ProcFiles.namespace(first, "mnt");
    } catch (IOException gone) {
      return false;
    }
  }
}
