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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keywarden.broker.Await;
import org.keywarden.broker.process.Confinement;
import org.keywarden.broker.process.Finding;
import org.keywarden.broker.process.Launch;
import org.keywarden.broker.process.ProcessStarter;
import org.keywarden.broker.process.ProcessStarter.Identity;
import org.keywarden.broker.process.ProcessStarter.Running;

/** Real processes in real sandboxes, in both ways a sandbox is built. */
@Timeout(120)
final class SandboxTest {
  private final ExecutorService starter = Executors.newSingleThreadExecutor();
  private final ExecutorService seat = Executors.newSingleThreadExecutor();

  @TempDir Path work;
  private Path files = Path.of("");
  private Path state = Path.of("");
  private Path socket = Path.of("");
  private int uid;

  /** What a started process told. */
  private static class Told implements ProcessStarter.Listener {
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
  private void awaitFile(Told told, String name) {
    Await.until(
        "the process to make " + name,
        () -> {
          assertFalse(told.end.isDone(), () -> "it ended instead: " + told.end);
          return Files.exists(state.resolve(name));
        });
  }

  private ProcessStarter sandbox(SandboxPlan.Proc proc) throws IOException {
    SandboxPlan plan = new SandboxPlan(proc, uid == 0 ? Isolation.DROPPED_USER : 0);
    return new Processes(new Sandbox(files, plan, Libseccomp.load()), starter, seat);
  }

  private Launch launch(String script) {
    return new Launch(
        "test",
        List.of("/bin/sh", "-c", script),
        Map.of("STATE", state.toString(), "GREETING", "hello there"),
        state,
        work.resolve("log"),
        new Confinement(List.of(), state, socket, Confinement.Limits.DEFAULT, Set.of()));
  }

  /** Runs a script of shell builtins, the only commands there are inside; returns its output. */
  private String run(SandboxPlan.Proc proc, String script) throws Exception {
    Told told = new Told();
    Running running = sandbox(proc).start(launch("exec >$STATE/out 2>&1; " + script), told);
    try {
      told.end.get(30, TimeUnit.SECONDS);
      return Files.readString(state.resolve("out"));
    } finally {
      seat.submit(running::kill).get();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theProcessHasOnlyTheEnvironmentItWasGiven(SandboxPlan.Proc proc) throws Exception {
    String environment = run(proc, "export -p");
    assertTrue(environment.contains("GREETING='hello there'"), environment);
    assertFalse(environment.contains("JAVA"), environment);
    assertFalse(environment.contains("USER"), environment);
  }

  @ParameterizedTest
  @EnumSource
  void itInheritsNoDescriptor(SandboxPlan.Proc proc) throws Exception {
    String out =
        run(proc, "for i in 0 1 2 3 4 5 6 7 8 9; do [ -e /proc/self/fd/$i ] && echo $i; done");
    assertEquals(List.of("0", "1", "2"), out.lines().toList());
  }

  @ParameterizedTest
  @EnumSource
  void itSeesNoStatisticsOfTheMachine(SandboxPlan.Proc proc) throws Exception {
    String out =
        run(
            proc,
            "for f in stat interrupts softirqs uptime loadavg vmstat sys/kernel/hostname; do"
                + " read -r line 2>/dev/null </proc/$f && echo $f $line; done; echo end");
    assertEquals("end", out.strip());
  }

  /** Not even through the processes that made the sandbox. */
  @ParameterizedTest
  @EnumSource
  void itSeesNoNetworkButItsOwn(SandboxPlan.Proc proc) throws Exception {
    String out =
        run(
            proc,
            "for f in /proc/net/dev /proc/[0-9]*/net/dev; do while read -r name received rest; do"
                + " echo $name $received; done 2>/dev/null <$f; done");
    assertEquals(
        Set.of("lo: 0"),
        out.lines().filter(line -> line.contains(": ")).collect(Collectors.toSet()));
  }

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
              Path.of("/proc"), Path.of("/tmp"), Path.of("/bin/sh").toRealPath(), declared);
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

  @Test
  void itsProcShowsItsOwnProcessesOnly() throws Exception {
    String out = run(SandboxPlan.Proc.OWN_PROCESSES, "echo $$ /proc/[0-9]* /proc/*");
    List<String> words = List.of(out.strip().split(" ", -1));
    assertEquals(List.of("/proc/" + words.getFirst()), words.subList(1, 2));
    assertEquals(
        Set.of("/proc/" + words.getFirst(), "/proc/self", "/proc/thread-self"),
        Set.copyOf(words.subList(2, words.size())));
  }

  @ParameterizedTest
  @EnumSource
  void itRunsAsNobodyOfImportance(SandboxPlan.Proc proc) throws Exception {
    String out =
        run(proc, "while read -r l; do echo \"$l\"; done </proc/self/status; echo; ulimit -c");
    assertTrue(out.contains("Uid:\t1000\t1000\t1000\t1000"), out);
    assertTrue(out.contains("CapEff:\t0000000000000000"), out);
    assertTrue(out.contains("CapBnd:\t0000000000000000"), out);
    assertTrue(out.contains("NoNewPrivs:\t1"), out);
    assertTrue(out.contains("Seccomp:\t2"), out);
    assertTrue(out.endsWith("\n0\n"), out);
  }

  @ParameterizedTest
  @EnumSource
  void itWritesNowhereButItsState(SandboxPlan.Proc proc) throws Exception {
    String out =
        run(
            proc,
            "for d in / /dev /dev/shm /usr/lib /etc /proc /bin; do"
                + " (: >$d/x) 2>/dev/null && echo $d; done; : >$STATE/x && echo state");
    assertEquals("state", out.strip());
  }

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
        ProcFiles.tree(identity.pid()).stream().skip(1).map(SandboxTest::firstThread).toList();
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

  @Test
  void nothingIsMountedWhereTheProcessCanRearrangeIt() {
    Path inside = state.resolve("socket");
    assertThrows(
        IllegalArgumentException.class,
        () -> new Confinement(List.of(), state, inside, Confinement.Limits.DEFAULT, Set.of()));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Confinement(
                List.of(state.resolve("lib")),
                state,
                socket,
                Confinement.Limits.DEFAULT,
                Set.of()));
  }

  @Test
  void declaredChannelsAndNoOthersAreLeftOpen() {
    List<String> without = SeccompRules.refused(Set.of());
    List<String> with = SeccompRules.refused(Set.of(Confinement.Channel.SYSV_IPC));
    assertTrue(without.containsAll(List.of("shmget", "mq_open", "memfd_create", "ptrace")));
    assertFalse(with.contains("shmget"));
    assertTrue(with.containsAll(List.of("mq_open", "memfd_create", "ptrace")));
  }
}
