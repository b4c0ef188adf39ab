package org.keywarden.broker.plugin.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.keywarden.broker.plugin.sandbox.Protection.Level;

/** Looks at what of the sandbox this machine can give, line by line. */
public final class Examination {
  private static final List<Path> PROGRAMS =
      List.of(
          Path.of("/usr/bin/bwrap"),
          Path.of("/usr/bin/prlimit"),
          Path.of("/usr/bin/setpriv"),
          Path.of("/usr/bin/mount"),
          Path.of("/bin/sh"));
  private static final String USERNS_REMEDY =
      "as root: sysctl -w user.max_user_namespaces=15000 kernel.unprivileged_userns_clone=1; where"
          + " AppArmor restricts them, install bubblewrap's profile (bwrap-userns-restrict)";

  private final Path root;
  private final Path directory;
  private final int uid;
  private final List<Protection> found = new ArrayList<>();

  private Examination(Path root, Path directory, int uid) {
    this.root = root;
    this.directory = directory;
    this.uid = uid;
  }

  /**
   * Examines.
   *
   * @param root where {@code /proc} and {@code /sys} are; {@code /} but for tests
   * @param directory private to the caller, empty
   */
  public static List<Protection> of(Path root, Path directory, int uid)
      throws InterruptedException {
    Examination examination = new Examination(root, directory, uid);
    examination.programs();
    examination.namespaces();
    examination.systemCalls();
    examination.sandboxes();
    examination.user();
    examination.controlGroups();
    examination.ptrace();
    return List.copyOf(examination.found);
  }

  private void programs() {
    List<String> missing =
        PROGRAMS.stream().filter(path -> !Files.isExecutable(path)).map(Path::toString).toList();
    found.add(
        missing.isEmpty()
            ? Protection.present("programs", "bwrap, prlimit, setpriv, mount, sh are installed")
            : new Protection(
                "programs",
                Level.FATAL,
                "not installed: " + String.join(", ", missing),
                "apt-get install bubblewrap util-linux mount dash"));
  }

  private void namespaces() {
    if (uid == 0) {
      found.add(Protection.present("user namespaces", "not needed to begin with: running as root"));
      return;
    }
    List<String> obstacles = new ArrayList<>();
    if (number("proc/sys/user/max_user_namespaces").orElse(0L) == 0) {
      obstacles.add("user.max_user_namespaces is 0");
    }
    if (number("proc/sys/kernel/unprivileged_userns_clone").orElse(1L) == 0) {
      obstacles.add("kernel.unprivileged_userns_clone is 0");
    }
    boolean restricted =
        number("proc/sys/kernel/apparmor_restrict_unprivileged_userns").orElse(0L) == 1;
    if (!obstacles.isEmpty()) {
      found.add(
          new Protection(
              "user namespaces", Level.FATAL, String.join("; ", obstacles), USERNS_REMEDY));
    } else if (restricted) {
      found.add(
          new Protection(
              "user namespaces",
              Level.WEAKER,
              "AppArmor allows them to programs with a profile only",
              USERNS_REMEDY));
    } else {
      found.add(Protection.present("user namespaces", "allowed"));
    }
  }

  private void systemCalls() {
    try {
      Libseccomp.load();
    } catch (IOException e) {
      found.add(
          new Protection(
              "system call filter",
              Level.FATAL,
              String.valueOf(e.getMessage()),
              "apt-get install libseccomp2"));
      return;
    }
    found.add(
        text("proc/sys/kernel/seccomp/actions_avail").orElse("").contains("kill_process")
            ? Protection.present("system call filter", "libseccomp and the kernel's seccomp")
            : new Protection(
                "system call filter",
                Level.FATAL,
                "the kernel has no seccomp filter",
                "use a kernel with CONFIG_SECCOMP_FILTER"));
  }

  private void sandboxes() throws InterruptedException {
    SandboxPlan best = new SandboxPlan(SandboxPlan.Proc.OWN_PROCESSES, dropped());
    String own = Isolation.attempt(directory, best);
    if (own.isEmpty()) {
      found.add(Protection.present("sandbox", "a process was started in it and ended well"));
      found.add(
          Protection.present(
              "own /proc", "shows a plugin its own processes and no statistics of the machine"));
      return;
    }
    String masked = Isolation.attempt(directory, best.with(SandboxPlan.Proc.MASKED));
    if (masked.isEmpty()) {
      found.add(Protection.present("sandbox", "a process was started in it and ended well"));
      found.add(
          new Protection(
              "own /proc",
              Level.WEAKER,
              own + "; known statistics are masked instead",
              "use a kernel from 5.8 on, outside of a container that masks /proc"));
    } else {
      found.add(
          new Protection(
              "sandbox",
              Level.FATAL,
              own.equals(masked) ? own : own + "; " + masked,
              remedyForSandbox()));
    }
  }

  private String remedyForSandbox() {
    if (found.stream().anyMatch(each -> !each.permitsPlugins())) {
      return "first what is said above";
    }
    return uid == 0
        ? "root here lacks the right to mount (a container?): run as an ordinary user"
        : USERNS_REMEDY;
  }

  private void user() {
    found.add(
        Protection.present(
            "not root",
            uid == 0
                ? "the broker is root; plugins run as user " + Isolation.DROPPED_USER
                : "runs as user " + uid));
  }

  private int dropped() {
    return uid == 0 ? Isolation.DROPPED_USER : 0;
  }

  private void controlGroups() {
    String remedy =
        "start the broker with systemd-run --user --scope -p Delegate=yes keywarden run, or as a"
            + " user service with Delegate=yes; until then limits hold per process (rlimits), not"
            + " for a plugin as a whole";
    Optional<Path> delegated = ControlGroups.delegated(root);
    if (delegated.isEmpty()) {
      found.add(
          new Protection(
              "control groups",
              Level.WEAKER,
              "no cgroup v2 is delegated; plugins are stopped by signals",
              remedy));
      return;
    }
    Set<String> controllers = new TreeSet<>(ControlGroups.controllers(delegated.get()));
    found.add(
        controllers.containsAll(Set.of("memory", "pids"))
            ? Protection.present(
                "control groups",
                delegated.get() + " is delegated, with " + String.join(", ", controllers))
            : new Protection(
                "control groups",
                Level.WEAKER,
                delegated.get()
                    + " is delegated, and stops plugins at once, but without limits of"
                    + " memory and processes",
                remedy));
  }

  /**
   * Of programs in general. Those of ours close their memory themselves; until they have, in the
   * first moment of a start, only this does.
   */
  private void ptrace() {
    String name = "programs among themselves";
    long scope = number("proc/sys/kernel/yama/ptrace_scope").orElse(0L);
    found.add(
        scope > 0
            ? Protection.present(
                name,
                "no program of yours reads the memory of one it did not start"
                    + " (kernel.yama.ptrace_scope is "
                    + scope
                    + ")")
            : new Protection(
                name,
                Level.WEAKER,
                "a program of yours may read the memory of your others"
                    + " (kernel.yama.ptrace_scope is 0 or absent): of applications at any time, of"
                    + " Keywarden in the first moment of its start",
                "as root: sysctl -w kernel.yama.ptrace_scope=1"));
  }

  private Optional<Long> number(String file) {
    try {
      return text(file).map(Long::valueOf);
    } catch (NumberFormatException strange) {
      return Optional.empty();
    }
  }

  private Optional<String> text(String file) {
    try {
      return Optional.of(Files.readString(root.resolve(file)).strip());
    } catch (IOException absent) {
      return Optional.empty();
    }
  }
}
