package org.keywarden.broker.plugin.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.broker.process.Confinement;
import org.keywarden.broker.process.Launch;
import org.keywarden.testbed.Await;

/** What is left of sandboxes when the broker's end of the sweeper's input closes. */
@Timeout(120)
final class SweeperTest {
  /** $1... become a process whose standard output takes nothing more. */
  private static final String FULL =
      "dd if=/dev/zero of=/proc/self/fd/1 bs=4096 oflag=nonblock 2>/dev/null; exec \"$@\"";

  /** Signals 1, 2 and 15 (proc(5)). */
  private static final long IGNORED = (1L << 0) | (1L << 1) | (1L << 14);

  @TempDir private Path work;
  private final List<ProcessHandle> begun = new ArrayList<>();
  private Path files = Path.of("");

  @BeforeEach
  void directory() throws IOException {
    files = Files.createDirectory(work.resolve("it's [a]*\\? $(x)"));
  }

  @AfterEach
  void endAll() {
    begun.forEach(ProcessHandle::destroyForcibly);
  }

  private Process begin(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).start();
    begun.add(process.toHandle());
    return process;
  }

  private void sweep(Process sweeper) throws IOException, InterruptedException {
    sweeper.getOutputStream().close();
    assertTrue(sweeper.waitFor(30, TimeUnit.SECONDS), "it ends itself");
    assertFalse(Files.exists(files), "the directory is gone");
  }

  /** A process that has a file open and waits for its input, once it has said so. */
  private Process holding(Path file) throws IOException {
    Process child =
        begin(List.of("/bin/sh", "-c", "exec 3<\"$1\"; echo; read -r _", "sh", file.toString()));
    assertEquals('\n', child.getInputStream().read());
    return child;
  }

  /** How a sandbox is begun in which a process waits for ever. */
  private List<String> sandbox() throws IOException {
    int uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    SandboxPlan plan =
        new SandboxPlan(SandboxPlan.Proc.OWN_PROCESSES, uid == 0 ? Isolation.DROPPED_USER : 0);
    Path state = Files.createDirectory(work.resolve("state"));
    return new Sandbox(files, plan, Libseccomp.load())
        .prepare(
            new Launch(
                "test",
                List.of("/bin/sh", "-c", ": >$STATE/up; read -r l </dev/zero"),
                Map.of("STATE", state.toString()),
                state,
                work.resolve("log"),
                new Confinement(
                    List.of(),
                    state,
                    Files.createFile(work.resolve("socket")),
                    Confinement.Limits.DEFAULT,
                    Set.of())),
            1)
        .command();
  }

  /** Looked for once the shell before it is bubblewrap: the shell had children too. */
  private static Optional<ProcessHandle> madeBy(Process bubblewrap) {
    return bubblewrap.info().command().orElse("").endsWith("/bwrap")
        ? bubblewrap.children().findAny()
        : Optional.empty();
  }

  @Test
  void whoHoldsAFileOfThisBrokersSandboxesEndsAndNobodyElse() throws Exception {
    Path named = Files.createFile(files.resolve("3.inner"));
    Path removed = Files.createFile(files.resolve("4.inner"));
    // What the name would match as a pattern, and what a next broker has.
    Path similar = Files.createDirectory(work.resolve("it's a\\x $(x)"));
    Path next = Files.createDirectory(work.resolve(files.getFileName() + "1"));
    Process sweeper = begin(Sweeper.command(files));
    Process first = holding(named);
    Process second = holding(removed);
    Process stranger = holding(Files.createFile(similar.resolve("3.inner")));
    Process another = holding(Files.createFile(next.resolve("3.inner")));
    Files.delete(removed);
    assertTrue(sweeper.isAlive(), "while the broker lives");
    sweep(sweeper);
    assertTrue(first.waitFor(30, TimeUnit.SECONDS));
    assertTrue(second.waitFor(30, TimeUnit.SECONDS));
    assertTrue(stranger.isAlive(), "of a directory that the name would match");
    assertTrue(another.isAlive(), "of the next broker");
  }

  /**
   * Bubblewrap outside dies, as with the broker, when it has made the process inside and not yet
   * let it go on: it is kept there by a pipe for its report that is full. The process inside has
   * not yet said that it is to end with it.
   */
  @Test
  void whatBubblewrapHadHalfMadeEnds() throws Exception {
    Process sweeper = begin(Sweeper.command(files));
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", FULL, "sh"));
    command.addAll(sandbox());
    Process outside = begin(command);
    Await.until("a process inside", () -> madeBy(outside).isPresent() || !outside.isAlive());
    ProcessHandle inside = madeBy(outside).orElseThrow();
    begun.add(inside);
    outside.destroyForcibly().waitFor();
    assertTrue(OrphanTest.runs(inside.pid()), "it waits for ever");
    sweep(sweeper);
    Await.until("end of the process inside", () -> !OrphanTest.runs(inside.pid()));
  }

  /** As when the word to begin was the broker's last and came before that of the death signal. */
  @Test
  void aSandboxThatRunsAndDoesNotNoticeEnds() throws Exception {
    Process sweeper = begin(Sweeper.command(files));
    Process outside = begin(sandbox());
    try (OutputStream input = outside.getOutputStream()) {
      input.write("\ngo\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
    Await.until(
        "its first act", () -> Files.exists(work.resolve("state/up")) || !outside.isAlive());
    List<ProcessHandle> inside = outside.descendants().toList();
    begun.addAll(inside);
    assertTrue(inside.size() >= 3, "bubblewrap inside and the process");
    sweep(sweeper);
    assertTrue(outside.waitFor(30, TimeUnit.SECONDS));
    Await.until(
        "end of all inside", () -> inside.stream().noneMatch(each -> OrphanTest.runs(each.pid())));
  }

  /** What begins too late to be seen by the first look finds no files. */
  @Test
  void aSandboxThatHasNotBegunWhenItLooksDoesNotBegin() throws Exception {
    List<String> late = sandbox();
    Path seen = work.resolve("seen");
    Path find = Files.createDirectory(work.resolve("bin")).resolve("find");
    Files.writeString(find, "#!/bin/sh\nls \"$FILES\" >>\"$SEEN\"; exec /usr/bin/find \"$@\"\n");
    Files.setPosixFilePermissions(find, PosixFilePermissions.fromString("rwx------"));
    ProcessBuilder builder = new ProcessBuilder(Sweeper.command(files));
    builder.environment().put("PATH", find.getParent() + ":/usr/bin:/bin");
    builder.environment().put("FILES", files.toString());
    builder.environment().put("SEEN", seen.toString());
    Process sweeper = builder.start();
    begun.add(sweeper.toHandle());
    sweep(sweeper);
    assertEquals("", Files.readString(seen), "files at any look");
    Process begins = begin(late);
    assertTrue(begins.waitFor(30, TimeUnit.SECONDS));
    assertFalse(Files.exists(work.resolve("state/up")));
  }

  @Test
  void whatSignalsTheBrokersTerminalSendsDoNotEndIt() throws Exception {
    Process sweeper = begin(Sweeper.command(files));
    Path status = ProcFiles.of(sweeper.pid()).resolve("status");
    Await.until("it ignores them", () -> (ignored(status) & IGNORED) == IGNORED);
    sweeper.destroy();
    sweep(sweeper);
  }

  private static long ignored(Path status) {
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("SigIgn:"))
          .mapToLong(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
          .findFirst()
          .orElse(0);
    } catch (IOException gone) {
      return 0;
    }
  }
}
