package org.keywarden.conformance.probe;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.keywarden.conformance.probe.Probe.Seen;

/** Every probe there is. Numbers of system calls are those of x86-64. */
final class Probes {
  private static final String FILTERED = "system call filter";
  private static final String NO_NETWORK = "no address family but unix";
  private static final String NOT_THERE = "not in the plugin's file tree";
  private static final String LIMIT = "resource limit";
  private static final long PROCESS_LIMIT = 128;

  private Probes() {}

  static List<Probe> all() {
    return Stream.of(network(), files(), proc(), processes(), kernel(), channels(), exhaustion())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Probe> network() {
    return List.of(
        Probe.of("ipv4", NO_NETWORK, around -> socket(2, 1, 0)),
        Probe.of("ipv6", NO_NETWORK, around -> socket(10, 1, 0)),
        Probe.of("dns", NO_NETWORK, around -> socket(2, 2, 17)),
        Probe.of("netlink", NO_NETWORK, around -> socket(16, 3, 0)),
        Probe.of("vsock", NO_NETWORK, around -> socket(40, 1, 0)),
        Probe.asRoot("packet", NO_NETWORK, around -> socket(17, 3, 0)),
        Probe.asRoot("raw ip", NO_NETWORK, around -> socket(2, 3, 1)),
        Probe.of(
            "abstract socket",
            "own network namespace",
            around -> Seen.of(Kernel.connect("@" + around.abstractName()))),
        Probe.of(
            "socket at a path",
            NOT_THERE,
            around -> Seen.of(Kernel.connect(around.outside().resolve("socket").toString()))),
        Probe.of("session bus", NOT_THERE, around -> endpoint("DBUS_SESSION_BUS_ADDRESS")),
        Probe.of("at-spi bus", NOT_THERE, around -> endpoint("AT_SPI_BUS_ADDRESS")),
        Probe.of("wayland", NOT_THERE, around -> endpoint("WAYLAND_DISPLAY")),
        Probe.of("x11", NOT_THERE, around -> endpoint("DISPLAY")));
  }

  private static Seen socket(int family, int type, int protocol) {
    long socket = Kernel.call(41, family, type, protocol);
    Kernel.close(socket);
    return Seen.of(socket);
  }

  /** Connects to what an environment variable names. */
  private static Seen endpoint(String variable) {
    String value = System.getenv(variable);
    return value == null
        ? Seen.of(false, variable + " is not set")
        : Seen.of(Kernel.connect(value.replace("unix:path=", "")));
  }

  private static List<Probe> files() {
    return List.of(
        Probe.of("another's file", NOT_THERE, around -> read(around.outside().resolve("secret"))),
        Probe.of(
            "another's directory",
            NOT_THERE,
            around -> write(around.outside().resolve("planted-" + System.nanoTime()))),
        Probe.of("symbolic link out of its own tree", NOT_THERE, Probes::throughSymbolicLink),
        Probe.of("user names", NOT_THERE, around -> read(Path.of("/etc/passwd"))),
        Probe.asRoot("system libraries", "read-only", around -> write(Path.of("/usr/lib/planted"))),
        Probe.asRoot("root directory", "read-only", around -> write(Path.of("/planted"))),
        Probe.of("shared memory directory", "read-only", around -> write(Path.of("/dev/shm/kwp"))),
        Probe.asRoot("input devices", "no such nodes", around -> devices()));
  }

  private static Seen throughSymbolicLink(Surroundings around) throws IOException {
    Path link = around.state().resolve("way-out");
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, around.outside().resolve("secret"));
    return read(link);
  }

  private static Seen read(Path file) {
    try {
      return Seen.of(true, Files.readAllBytes(file).length + " bytes read");
    } catch (IOException e) {
      return Seen.of(false, e.getClass().getSimpleName());
    }
  }

  private static Seen write(Path file) {
    try {
      Files.createFile(file);
      Files.delete(file);
      return Seen.of(true, "written");
    } catch (IOException e) {
      return Seen.of(false, e.getClass().getSimpleName());
    }
  }

  private static Seen devices() throws IOException {
    try (Stream<Path> nodes = Files.list(Path.of("/dev"))) {
      List<String> names =
          nodes
              .map(node -> node.getFileName().toString())
              .filter(name -> name.matches("input|uinput|hidraw.*|mem|kmsg|vd.|sd.|nvme.*|kvm"))
              .sorted()
              .toList();
      return Seen.of(!names.isEmpty(), names.toString());
    }
  }

  private static List<Probe> proc() {
    List<Probe> probes = new ArrayList<>();
    for (String name : List.of("stat", "interrupts", "softirqs", "uptime", "loadavg", "vmstat")) {
      probes.add(Probe.of("/proc/" + name, "own /proc", around -> read(Path.of("/proc/" + name))));
    }
    probes.add(
        Probe.of(
            "/proc of an outsider",
            "own pid namespace",
            around -> read(Path.of("/proc/" + around.victim() + "/stat"))));
    probes.add(Probe.of("/proc of the sandbox's makers", "own processes only", around -> others()));
    return probes;
  }

  private static Seen others() throws IOException {
    String self = Path.of("/proc/self").toRealPath().getFileName().toString();
    try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
      long count =
          entries
              .map(entry -> entry.getFileName().toString())
              .filter(name -> name.matches("\\d+") && !name.equals(self))
              .count();
      return Seen.of(count > 0, count + " other processes seen");
    }
  }

  private static List<Probe> processes() {
    return List.of(
        Probe.of(
            "signal to an outsider",
            "own pid namespace",
            around -> Seen.of(Kernel.call(62, around.victim(), 0))),
        Probe.of(
            "ptrace",
            FILTERED,
            around -> {
              long attached = Kernel.call(101, 0x4206, around.victim(), 0, 0);
              Kernel.call(101, 17, around.victim(), 0, 0);
              return Seen.of(attached);
            }),
        Probe.of("process_vm_readv", FILTERED, around -> readMemory()),
        Probe.of("pidfd_getfd", FILTERED, around -> stealDescriptor()),
        Probe.of("kcmp", FILTERED, around -> Seen.of(Kernel.call(312, pid(), pid(), 0, 0, 0))),
        Probe.of(
            "leaked descriptor",
            "closed",
            around ->
                Seen.of(
                    Files.exists(Path.of("/proc/self/fd/" + Surroundings.LEAKED_DESCRIPTOR))
                        && Files.readSymbolicLink(
                                Path.of("/proc/self/fd/" + Surroundings.LEAKED_DESCRIPTOR))
                            .endsWith("secret"),
                    "descriptor " + Surroundings.LEAKED_DESCRIPTOR)),
        Probe.of(
            "leaked environment",
            "cleared",
            around -> Seen.of(System.getenv(Surroundings.LEAK) != null, Surroundings.LEAK)),
        Probe.of(
            "foreign program",
            NOT_THERE,
            around -> Seen.of(Files.isExecutable(Path.of("/usr/bin/env")), "/usr/bin/env")));
  }

  private static long pid() {
    return Kernel.call(39);
  }

  private static Seen readMemory() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment from = arena.allocate(8);
      MemorySegment to = arena.allocate(8);
      MemorySegment vectors = arena.allocate(32, 8);
      vectors.set(ValueLayout.JAVA_LONG, 0, to.address());
      vectors.set(ValueLayout.JAVA_LONG, 8, 8);
      vectors.set(ValueLayout.JAVA_LONG, 16, from.address());
      vectors.set(ValueLayout.JAVA_LONG, 24, 8);
      long read = Kernel.call(310, pid(), vectors.address(), 1, vectors.address() + 16, 1, 0);
      return Seen.of(read);
    }
  }

  private static Seen stealDescriptor() {
    long process = Kernel.call(434, pid(), 0);
    if (process < 0) {
      return Seen.of(process);
    }
    long stolen = Kernel.call(438, process, 1, 0);
    Kernel.close(stolen);
    Kernel.close(process);
    return Seen.of(stolen);
  }

  private static List<Probe> kernel() {
    return List.of(
        Probe.of("io_uring", FILTERED, around -> withBuffer(425, 1)),
        Probe.of("keyctl", FILTERED, around -> Seen.of(Kernel.call(250, 0, -3, 1))),
        Probe.of("userfaultfd", FILTERED, around -> opened(Kernel.call(323, 1))),
        Probe.asRoot("bpf", FILTERED, around -> withMap()),
        Probe.asRoot("perf_event_open", FILTERED, around -> perf()),
        Probe.of("inotify", FILTERED, around -> opened(Kernel.call(294, 0))),
        Probe.asRoot("TIOCSTI", FILTERED, around -> pushKey()),
        Probe.of("foreign personality", FILTERED, around -> Seen.of(Kernel.call(135, 0xFFFFFFFFL))),
        Probe.asRoot("new namespaces", FILTERED, around -> inThread(0x0400_0000L)),
        Probe.asRoot("mount", FILTERED, around -> mount()),
        Probe.asRoot(
            "joining a namespace",
            FILTERED,
            around -> {
              try (Arena arena = Arena.ofConfined()) {
                long own = Kernel.call(2, Kernel.text(arena, "/proc/self/ns/net").address(), 0, 0);
                long joined = Kernel.call(308, own, 0);
                Kernel.close(own);
                return Seen.of(joined);
              }
            }),
        Probe.of("NUMA policy of memory", FILTERED, around -> withBuffer(239, 0)));
  }

  private static Seen opened(long descriptor) {
    Kernel.close(descriptor);
    return Seen.of(descriptor);
  }

  /** A call whose second argument is a zeroed buffer. */
  private static Seen withBuffer(long number, long first) {
    try (Arena arena = Arena.ofConfined()) {
      if (number == 239) {
        return Seen.of(Kernel.call(number, arena.allocate(8, 8).address(), 0, 0, 0, 0));
      }
      return opened(Kernel.call(number, first, arena.allocate(256, 8).address()));
    }
  }

  private static Seen withMap() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(72, 8);
      attributes.set(ValueLayout.JAVA_INT, 0, 2);
      attributes.set(ValueLayout.JAVA_INT, 4, 4);
      attributes.set(ValueLayout.JAVA_INT, 8, 8);
      attributes.set(ValueLayout.JAVA_INT, 12, 1);
      return opened(Kernel.call(321, 0, attributes.address(), 72));
    }
  }

  private static Seen perf() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(128, 8);
      attributes.set(ValueLayout.JAVA_INT, 0, 1);
      attributes.set(ValueLayout.JAVA_INT, 4, 128);
      return opened(Kernel.call(298, attributes.address(), 0, -1, -1, 0));
    }
  }

  private static Seen pushKey() {
    try (Arena arena = Arena.ofConfined()) {
      long master = Kernel.call(2, Kernel.text(arena, "/dev/ptmx").address(), 0x102, 0);
      if (master < 0) {
        return Seen.of(master);
      }
      long pushed = Kernel.call(16, master, 0x5412, Kernel.text(arena, "x").address());
      Kernel.close(master);
      return Seen.of(pushed);
    }
  }

  private static Seen inThread(long flags) throws InterruptedException {
    long[] result = new long[1];
    Thread thread = Thread.ofPlatform().start(() -> result[0] = Kernel.call(272, flags));
    thread.join();
    return Seen.of(result[0]);
  }

  /** Makes mounts private in a namespace of one thread: the least a mount can do. */
  private static Seen mount() throws InterruptedException {
    long[] result = new long[1];
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  long own = Kernel.call(272, 0x0002_0000L | 0x200);
                  try (Arena arena = Arena.ofConfined()) {
                    result[0] =
                        own < 0
                            ? own
                            : Kernel.call(165, 0, Kernel.text(arena, "/").address(), 0, 0x44000, 0);
                  }
                });
    thread.join();
    return Seen.of(result[0]);
  }

  private static List<Probe> channels() {
    return List.of(
        Probe.of(
            "System V shared memory",
            FILTERED,
            around -> {
              long segment = Kernel.call(29, 0, 4096, 0x380);
              Kernel.call(31, segment, 0, 0);
              return Seen.of(segment);
            }),
        Probe.of(
            "System V message queue",
            FILTERED,
            around -> {
              long queue = Kernel.call(68, 0, 0x380);
              Kernel.call(71, queue, 0, 0);
              return Seen.of(queue);
            }),
        Probe.of(
            "POSIX message queue",
            FILTERED,
            around -> {
              try (Arena arena = Arena.ofConfined()) {
                MemorySegment name = Kernel.text(arena, "kwp");
                long queue = Kernel.call(240, name.address(), 0x42, 0x180, 0);
                Kernel.call(241, name.address());
                return opened(queue);
              }
            }),
        Probe.of(
            "memory file",
            FILTERED,
            around -> {
              try (Arena arena = Arena.ofConfined()) {
                return opened(Kernel.call(319, Kernel.text(arena, "kwp").address(), 0));
              }
            }));
  }

  private static List<Probe> exhaustion() {
    return List.of(
        Probe.of("fill the disk", LIMIT, Probes::largeFile),
        Probe.of(
            "memory bomb",
            LIMIT,
            around -> {
              long size = 1L << 30;
              long mapped = Kernel.call(9, 0, size, 3, 0x4022, -1, 0);
              Kernel.call(11, mapped, size);
              return Seen.of(mapped < 0 && mapped > -4096 ? mapped : 0);
            }),
        Probe.of("descriptor bomb", LIMIT, around -> descriptors()),
        Probe.of("process bomb", LIMIT, around -> threads()),
        Probe.of(
            "core file",
            LIMIT,
            around -> {
              String limit =
                  Files.readString(Path.of("/proc/self/limits"))
                      .lines()
                      .filter(line -> line.startsWith("Max core"))
                      .findFirst()
                      .orElse("");
              return Seen.of(!limit.matches(".* 0 +0 +bytes.*"), limit.replaceAll(" +", " "));
            }));
  }

  private static Seen largeFile(Surroundings around) throws IOException {
    Path file = around.state().resolve("large");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(1L << 30);
      return Seen.of(true, "1 GiB made");
    } catch (IOException refused) {
      return Seen.of(false, String.valueOf(refused.getMessage()));
    } finally {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        Files.delete(file);
      }
    }
  }

  private static Seen descriptors() {
    List<Long> open = new ArrayList<>();
    long copied = 0;
    while (copied >= 0 && open.size() < 900) {
      copied = Kernel.call(32, 1);
      if (copied >= 0) {
        open.add(copied);
      }
    }
    open.forEach(Kernel::close);
    return Seen.of(copied >= 0, open.size() + " opened");
  }

  private static Seen threads() {
    CountDownLatch end = new CountDownLatch(1);
    int begun = 0;
    try {
      while (begun < 2 * PROCESS_LIMIT) {
        Thread.ofPlatform()
            .daemon()
            .stackSize(64 * 1024)
            .start(
                () -> {
                  try {
                    end.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
        begun++;
      }
      return Seen.of(true, begun + " threads begun");
    } catch (OutOfMemoryError refused) {
      return Seen.of(false, "stopped at " + begun + " threads");
    } finally {
      end.countDown();
    }
  }
}
