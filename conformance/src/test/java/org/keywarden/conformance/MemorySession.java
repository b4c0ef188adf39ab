package org.keywarden.conformance;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.keywarden.proto.admin.v1.GetStatusRequest;

/**
 * What {@link MemoryIT} does as an ordinary user: a password is typed, and another program of the
 * same user looks for it. Prints a line for each process: the ways into its memory that were open.
 * Arguments: the installation, an empty directory; or nothing, for a JVM that only waits.
 */
final class MemorySession {
  private static final String PASSWORD = "zqxjkvbw";
  private static final long PTRACE_SEIZE = 0x4206;
  private static final long SYS_PTRACE = 101;
  private static final long SYS_PROCESS_VM_READV = 310;
  private static final long SYS_PIDFD_OPEN = 434;
  private static final long SYS_PIDFD_GETFD = 438;

  private static final MethodHandle SYSCALL =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("syscall"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_LONG,
                  Stream.generate(() -> ValueLayout.JAVA_LONG)
                      .limit(7)
                      .toArray(ValueLayout[]::new)),
              Linker.Option.firstVariadicArg(1));

  private MemorySession() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 0) {
      int ignored = System.in.read();
      return;
    }
    Path dist = Path.of(arguments[0]).toAbsolutePath();
    Path work = Path.of(arguments[1]);
    System.out.println("a JVM like any other: " + ofAnother(work));
    Broker broker = Broker.start(dist, work);
    try (Application application = new Application(broker.hostSocket(), "kit")) {
      application.awaitAttached();
      Await.until(
          "trusted keyboard",
          Await.PATIENCE,
          () ->
              broker
                  .admin()
                  .getStatus(GetStatusRequest.getDefaultInstance())
                  .getTrustedKeyboardReady(),
          () -> "not ready");
      application.open(1);
      application.focus(1, Application.password());
      PASSWORD.chars().forEach(key -> application.tap(1, key));
      Outcome answered = application.awaitAnswers();
      if (!answered.passed()) {
        throw new IllegalStateException(answered.observed());
      }
      long keyboard =
          broker.processes("TrustedKeyboard").stream()
              .map(ProcessHandle::pid)
              .filter(pid -> words(pid).getFirst().endsWith("/java"))
              .findFirst()
              .orElseThrow();
      System.out.println("broker: " + open(broker.pid(), work));
      System.out.println("trusted keyboard: " + open(keyboard, work));
      for (long pid : List.of(keyboard, broker.pid())) {
        signal("SEGV", pid);
        ProcessHandle.of(pid).ifPresent(each -> each.onExit().join());
      }
      System.out.println("left by their crashes: " + reports(work));
    } finally {
      broker.close();
    }
  }

  private static List<String> words(long pid) {
    try {
      return List.of(
          Files.readString(Path.of("/proc", Long.toString(pid), "cmdline")).split("\0", -1));
    } catch (IOException gone) {
      return List.of("");
    }
  }

  /** The probes can succeed. */
  private static TreeSet<String> ofAnother(Path work) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                MemorySession.class.getName())
            .start();
    try {
      Path counters = counters(process.pid());
      Await.until("its start", Await.PATIENCE, () -> Files.exists(counters), () -> "none");
      return open(process.pid(), work);
    } finally {
      process.destroyForcibly();
    }
  }

  private static Path counters(long pid) {
    return Path.of("/tmp", "hsperfdata_" + System.getProperty("user.name"), Long.toString(pid));
  }

  /** The ways into the memory of a process that are open. */
  private static TreeSet<String> open(long pid, Path work) throws Exception {
    TreeSet<String> open = new TreeSet<>();
    Path proc = Path.of("/proc", Long.toString(pid));
    for (String file : List.of("mem", "environ", "maps")) {
      try (var channel = Files.newByteChannel(proc.resolve(file))) {
        open.add(file);
      } catch (IOException refused) {
        // As it should be.
        continue;
      }
    }
    try (Stream<Path> descriptors = Files.list(proc.resolve("fd"))) {
      open.add(descriptors.findAny().isPresent() ? "fd" : "fd, empty");
    } catch (IOException | java.io.UncheckedIOException refused) {
      open.remove("fd");
    }
    if (Files.exists(counters(pid))) {
      open.add("counters");
    }
    Path dump = work.resolve(pid + ".hprof");
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "GC.heap_dump",
                dump.toString())
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("jcmd.log").toFile())
            .start();
    if (!jcmd.waitFor(60, TimeUnit.SECONDS)) {
      jcmd.destroyForcibly().waitFor();
    }
    if (Files.exists(dump)) {
      open.add("jcmd");
    }
    system(pid, open);
    return open;
  }

  private static void system(long pid, TreeSet<String> open) throws InterruptedException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment own = arena.allocate(16);
      own.set(ValueLayout.JAVA_LONG, 0, arena.allocate(8).address());
      own.set(ValueLayout.JAVA_LONG, 8, 8);
      MemorySegment theirs = arena.allocate(16);
      theirs.set(ValueLayout.JAVA_LONG, 0, someAddress(pid));
      theirs.set(ValueLayout.JAVA_LONG, 8, 8);
      if (call(SYS_PROCESS_VM_READV, pid, own.address(), 1, theirs.address(), 1, 0) > 0) {
        open.add("process_vm_readv");
      }
    }
    long handle = call(SYS_PIDFD_OPEN, pid, 0, 0, 0, 0, 0);
    if (call(SYS_PIDFD_GETFD, handle, 0, 0, 0, 0, 0) >= 0) {
      open.add("pidfd_getfd");
    }
    // The kernel lets go of what a thread traces when that thread ends.
    long[] traced = {-1};
    Thread.ofPlatform()
        .start(() -> traced[0] = call(SYS_PTRACE, PTRACE_SEIZE, pid, 0, 0, 0, 0))
        .join();
    if (traced[0] == 0) {
      open.add("ptrace");
    }
  }

  /** Where something is mapped; if the map is closed, anywhere, for the call is refused before. */
  private static long someAddress(long pid) {
    try {
      String map =
          Files.readAllLines(Path.of("/proc", Long.toString(pid), "maps")).stream()
              .filter(line -> line.contains(" r-xp ") && line.endsWith("/java"))
              .findFirst()
              .orElseThrow();
      return Long.parseUnsignedLong(map.substring(0, map.indexOf('-')), 16);
    } catch (IOException closed) {
      return 4096;
    }
  }

  private static long call(long number, long a, long b, long c, long d, long e, long f) {
    try {
      return (long) SYSCALL.invokeExact(number, a, b, c, d, e, f);
    } catch (Throwable failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static void signal(String name, long pid) throws IOException, InterruptedException {
    int ignored =
        new ProcessBuilder("kill", "-s", name, Long.toString(pid)).inheritIO().start().waitFor();
  }

  private static List<String> reports(Path work) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path directory : List.of(Path.of("").toAbsolutePath(), work, Path.of("/tmp"))) {
      try (Stream<Path> all = Files.list(directory)) {
        all.map(file -> String.valueOf(file.getFileName()))
            .filter(name -> name.matches("(hs_err|replay|core|java_pid).*"))
            .forEach(found::add);
      }
    }
    return found;
  }
}
