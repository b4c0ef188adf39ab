package org.keywarden.broker.plugin.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.keywarden.broker.process.Confinement;
import org.keywarden.broker.process.Launch;

/**
 * The arguments of bubblewrap (bwrap(1)) for one process: of the outer stage, which has the
 * privileges to mount, and of the inner one, which takes them away and shows the process its files.
 */
final class BubblewrapArguments {
  /** Where the outer stage mounts the process's /proc. */
  static final String INNER_PROC = "/keywarden-proc";

  private static final String TEMPORARY_BYTES = Integer.toString(32 << 20);
  private static final String INSIDE_ID = "1000";

  /** Everything the dynamic linker may need; anything else of the system stays outside. */
  static final List<Path> LIBRARIES =
      List.of(
          Path.of("/usr/lib"),
          Path.of("/usr/lib32"),
          Path.of("/usr/lib64"),
          Path.of("/usr/libx32"),
          Path.of("/lib"),
          Path.of("/lib32"),
          Path.of("/lib64"));

  private static final List<Path> TOOLS = List.of(Path.of("/usr/bin"), Path.of("/bin"));
  static final Path LINKER_CACHE = Path.of("/etc/ld.so.cache");

  /** Where programs look up who they run as (passwd(5)); some end if they find nobody. */
  private static final Path USERS = Path.of("/etc/passwd");

  static final Path RLIMIT_TOOL = Path.of("/usr/bin/prlimit");

  /** Files of /proc from which the rhythm of somebody's typing, or the machine, can be read. */
  static final List<String> MASKED =
      List.of(
          "interrupts",
          "stat",
          "softirqs",
          "timer_list",
          "schedstat",
          "pressure",
          "vmstat",
          "zoneinfo",
          "loadavg",
          "uptime",
          "irq",
          "sysvipc",
          "keys",
          "key-users",
          "kallsyms",
          "locks",
          "tty",
          "bus",
          "driver",
          "net",
          "kcore",
          "meminfo",
          "diskstats",
          "buddyinfo",
          "slabinfo",
          "kmsg",
          "cmdline",
          "sysrq-trigger",
          "acpi",
          "asound",
          "fs",
          "scsi",
          "sched_debug",
          "latency_stats",
          "mounts",
          "partitions",
          "swaps",
          "modules",
          "iomem",
          "ioports",
          "kpagecount",
          "kpageflags",
          "pagetypeinfo",
          "dynamic_debug");

  private final Launch launch;
  private final Confinement confinement;
  private final SandboxPlan plan;

  /** Its own program, and those it may run beside. */
  private final List<LinkedPath> programs = new ArrayList<>();

  /**
   * @throws IOException if a program is not there
   */
  BubblewrapArguments(Launch launch, SandboxPlan plan) throws IOException {
    this.launch = launch;
    this.confinement = launch.confinement();
    this.plan = plan;
    programs.add(LinkedPath.of(Path.of(launch.command().getFirst())));
    for (Path each : confinement.programs()) {
      programs.add(LinkedPath.of(each));
    }
  }

  /** The files that are the programs, without links: where the process has them. */
  List<Path> programs() {
    return programs.stream().map(LinkedPath::real).distinct().toList();
  }

  /** Links on the way to a program, each once. */
  private List<LinkedPath.Link> links() {
    return programs.stream().flatMap(each -> each.links().stream()).distinct().toList();
  }

  /** The only user whom the process can find: itself, without a name of this system's. */
  byte[] users() {
    Path state = confinement.state();
    String home = state == null ? "/" : state.toString();
    return "user:x:%s:%s::%s:/usr/sbin/nologin\n"
        .formatted(INSIDE_ID, INSIDE_ID, home)
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Arguments of the stage that has the privileges to mount and to change the user.
   *
   * @param users file that holds {@link #users}
   */
  byte[] outer(Path users) throws IOException {
    List<String> arguments = new ArrayList<>();
    if (plan.dropsRoot()) {
      add(arguments, "--cap-drop", "ALL", "--cap-add", "CAP_SYS_ADMIN");
      add(arguments, "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID");
    } else {
      add(arguments, "--unshare-user", "--uid", "0", "--gid", "0", "--cap-drop", "ALL");
      add(arguments, "--cap-add", "CAP_SYS_ADMIN", "--cap-add", "CAP_SETFCAP");
    }
    // Through its makers' /proc/<pid>/net a process would see the host's network statistics.
    add(arguments, "--unshare-pid", "--unshare-net", "--die-with-parent");
    add(arguments, "--dev", "/dev", "--proc", "/proc", "--dir", INNER_PROC);
    directories(arguments, true);
    system(arguments, TOOLS);
    for (Path path : files(true)) {
      add(arguments, "--ro-bind", path.toRealPath().toString(), path.toString());
    }
    add(arguments, "--ro-bind", users.toString(), USERS.toString());
    Path state = confinement.state();
    if (state != null) {
      add(arguments, "--bind", state.toRealPath().toString(), state.toString());
    }
    return joined(arguments);
  }

  /** Arguments of the stage the process runs in. */
  byte[] inner() throws IOException {
    List<String> arguments = new ArrayList<>();
    add(arguments, "--unshare-user", "--unshare-ipc", "--unshare-net", "--unshare-uts");
    add(arguments, "--unshare-cgroup-try", "--disable-userns", "--cap-drop", "ALL");
    add(arguments, "--uid", INSIDE_ID, "--gid", INSIDE_ID, "--hostname", "keywarden");
    add(arguments, "--new-session", "--die-with-parent", "--seccomp", "5");
    switch (plan.proc()) {
      case OWN_PROCESSES -> add(arguments, "--ro-bind", INNER_PROC, "/proc");
      case MASKED -> {
        add(arguments, "--ro-bind", "/proc", "/proc");
        mask(arguments);
      }
    }
    // bubblewrap's /dev and / are writable and may grow to half the memory.
    add(arguments, "--dev", "/dev", "--remount-ro", "/dev");
    add(arguments, "--perms", "0700", "--size", TEMPORARY_BYTES, "--tmpfs", "/tmp");
    directories(arguments, false);
    system(arguments, List.of());
    add(arguments, "--ro-bind", RLIMIT_TOOL.toString(), RLIMIT_TOOL.toString());
    add(arguments, "--ro-bind", USERS.toString(), USERS.toString());
    for (Path path : files(false)) {
      add(arguments, "--ro-bind", path.toString(), path.toString());
    }
    for (LinkedPath.Link link : links()) {
      if (!isWithinMount(link.place(), false)) {
        add(arguments, "--symlink", link.target().toString(), link.place().toString());
      }
    }
    Path state = confinement.state();
    if (state != null) {
      add(arguments, "--bind", state.toString(), state.toString());
    }
    add(arguments, "--remount-ro", "/", "--chdir", inside(launch.directory()), "--clearenv");
    for (Map.Entry<String, String> variable : launch.environment().entrySet()) {
      add(arguments, "--setenv", variable.getKey(), variable.getValue());
    }
    return joined(arguments);
  }

  /** The process's own command, its limits before it. */
  List<String> command() {
    Confinement.Limits limits = confinement.limits();
    // Address space beyond private memory: a JVM reserves far more than it uses.
    long addressSpace = limits.memoryBytes() + (4L << 30);
    List<String> command = new ArrayList<>(List.of(RLIMIT_TOOL.toString()));
    add(command, "--core=0", "--memlock=0", "--msgqueue=65536", "--sigpending=256");
    add(command, "--nproc=" + limits.processes(), "--nofile=" + limits.files());
    add(command, "--fsize=" + limits.stateBytes(), "--data=" + limits.memoryBytes());
    add(command, "--as=" + addressSpace, "--");
    command.addAll(launch.command());
    return command;
  }

  private String inside(Path directory) {
    Path state = confinement.state();
    boolean visible =
        (state != null && directory.startsWith(state))
            || confinement.readable().stream().anyMatch(directory::startsWith);
    return visible ? directory.toString() : "/";
  }

  private static void mask(List<String> arguments) {
    for (String name : MASKED) {
      Path file = Path.of("/proc", name);
      if (Files.isSymbolicLink(file)) {
        // To the process's own: of the namespaces it is alone in.
        continue;
      }
      if (Files.isDirectory(file)) {
        add(arguments, "--tmpfs", file.toString(), "--remount-ro", file.toString());
      } else if (Files.exists(file)) {
        add(arguments, "--ro-bind", "/dev/null", file.toString());
      }
    }
    add(arguments, "--tmpfs", "/proc/sys", "--remount-ro", "/proc/sys");
  }

  /** What is mounted beside the system's libraries and tools: all the process may read. */
  private List<Path> files(boolean tools) {
    List<Path> files = new ArrayList<>(confinement.readable());
    programs().stream().filter(each -> !isWithinMount(each, tools)).forEach(files::add);
    if (Files.exists(LINKER_CACHE)) {
      files.add(LINKER_CACHE);
    }
    files.add(confinement.socket());
    return files;
  }

  /** Whether a path is there because a directory it is, or is below, is shown. */
  private boolean isWithinMount(Path path, boolean tools) {
    return LIBRARIES.stream().anyMatch(path::startsWith)
        || (tools && TOOLS.stream().anyMatch(path::startsWith))
        || confinement.readable().stream().anyMatch(path::startsWith);
  }

  /** Makes the directories above what is shown, passable for the user the process runs as. */
  private void directories(List<String> arguments, boolean tools) {
    TreeSet<Path> parents = new TreeSet<>();
    ArrayDeque<Path> shown = new ArrayDeque<>(files(tools));
    shown.add(RLIMIT_TOOL);
    shown.add(USERS);
    shown.add(Path.of("/tmp/x"));
    shown.addAll(LIBRARIES);
    if (!tools) {
      links().forEach(link -> shown.add(link.place()));
    }
    Path state = confinement.state();
    if (state != null) {
      shown.add(state);
    }
    for (Path path : shown) {
      for (Path above = path.getParent(); above != null; above = above.getParent()) {
        boolean there =
            above.getNameCount() == 0
                || isWithinMount(above, tools)
                || (!tools && above.equals(Path.of("/tmp")));
        if (!there) {
          parents.add(above);
        }
      }
    }
    parents.forEach(each -> add(arguments, "--perms", "0755", "--dir", each.toString()));
  }

  private static void system(List<String> arguments, List<Path> more) throws IOException {
    List<Path> paths = new ArrayList<>(LIBRARIES);
    paths.addAll(more);
    for (Path path : paths) {
      if (Files.isSymbolicLink(path)) {
        add(arguments, "--symlink", Files.readSymbolicLink(path).toString(), path.toString());
      } else if (Files.isDirectory(path)) {
        add(arguments, "--ro-bind", path.toString(), path.toString());
      }
    }
  }

  private static void add(List<String> arguments, String... more) {
    arguments.addAll(List.of(more));
  }

  private static byte[] joined(List<String> arguments) {
    return (String.join("\0", arguments) + "\0").getBytes(StandardCharsets.UTF_8);
  }
}
