package org.keywarden.broker.plugin.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keywarden.broker.process.Confinement;
import org.keywarden.broker.process.Confinement.Channel;
import org.keywarden.broker.process.Launch;
import org.keywarden.broker.process.ProcessStarter.Identity;

/**
 * Builds the command line that starts a process in bubblewrap. Descriptors are passed the only way
 * Java allows: a shell opens files of a private directory and becomes bubblewrap.
 *
 * <p>Thread: any one at a time.
 */
final class Sandbox implements Preparation {
  /**
   * $1 arguments of the outer stage, $2 of the inner, $3 the system call filter. Standard output is
   * where bubblewrap reports pids and namespaces; standard input is what it waits for before it
   * goes on, and after it the shell inside: the end of the input lets bubblewrap go on too, and
   * comes when the broker dies. The process's own output goes to standard error. The first process
   * of the sandbox has descriptor 9 open as long as it lives, by which it is found when the broker
   * was killed.
   */
  private static final String SCRIPT =
      """
      exec 3<"$1" 4<"$2" 5<"$3" 9<"$1" 6>&1 7<&0 8<&0 1>&2 </dev/null; shift 3
      exec bwrap --args 3 --json-status-fd 6 --block-fd 7 --sync-fd 9 -- /bin/sh -c '\
      read -r word <&8 && [ "$word" = go ] && exec 8<&- && %s && exec %s bwrap --args 4 -- "$@"' sh "$@"
      """;

  private static final String MOUNT_PROC =
      "mount -t proc -o subset=pid,hidepid=ptraceable,nosuid,nodev,noexec proc "
          + BubblewrapArguments.INNER_PROC;

  private static final Pattern CHILD = Pattern.compile("\"child-pid\": (\\d{1,18})");
  private static final Pattern NAMESPACE = Pattern.compile("\"pid-namespace\": (\\d{1,18})");

  private final Path directory;
  private final SandboxPlan plan;
  private final Libseccomp seccomp;
  private final Map<Set<Channel>, Path> filters = new HashMap<>();

  /**
   * @param directory private to the broker; holds what bubblewrap reads
   */
  Sandbox(Path directory, SandboxPlan plan, Libseccomp seccomp) {
    this.directory = directory;
    this.plan = plan;
    this.seccomp = seccomp;
  }

  /**
   * Writes what bubblewrap reads, and hands the process's state and socket to the user it runs as.
   */
  @Override
  public Prepared prepare(Launch launch, long number) throws IOException {
    refuseLinks(launch.confinement());
    BubblewrapArguments arguments = new BubblewrapArguments(launch, plan);
    Path outer = directory.resolve(number + ".outer");
    Path inner = directory.resolve(number + ".inner");
    Path users = directory.resolve(number + ".users");
    writePrivately(users, arguments.users());
    Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("r--r--r--"));
    writePrivately(outer, arguments.outer(users));
    writePrivately(inner, arguments.inner());
    handOver(launch.confinement());
    String drop =
        plan.dropsRoot()
            ? "setpriv --reuid %d --regid %d --clear-groups --inh-caps=-all --ambient-caps=-all --"
                .formatted(plan.user(), plan.user())
            : "";
    String mount =
        switch (plan.proc()) {
          case OWN_PROCESSES -> MOUNT_PROC;
          case MASKED -> ":";
        };
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c"));
    command.addAll(List.of(SCRIPT.formatted(mount, drop), "sh"));
    command.addAll(List.of(outer.toString(), inner.toString()));
    command.add(filter(launch.confinement().channels()).toString());
    command.addAll(arguments.command());
    return new Prepared(command, arguments.programs(), List.of(outer, inner), List.of(users));
  }

  @Override
  public Identity identify(long pid, BufferedReader report) throws IOException {
    String line = report.readLine();
    Matcher child = CHILD.matcher(line == null ? "" : line);
    Matcher namespace = NAMESPACE.matcher(line == null ? "" : line);
    if (!child.find() || !namespace.find()) {
      throw new IOException("bubblewrap does not say which process it started");
    }
    long first = Long.parseLong(child.group(1));
    long inode = Long.parseLong(namespace.group(1));
    if (ProcFiles.namespace(first, "pid") != inode) {
      throw new IOException("process " + first + " is not in the namespace bubblewrap names");
    }
    return new Identity(first, ProcFiles.startTime(first), inode);
  }

  @Override
  public byte[] release() {
    // The first byte is bubblewrap's.
    return "\ngo\n".getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public boolean wraps() {
    return true;
  }

  @Override
  public boolean owns(Identity identity, long pid) {
    try {
      // While the first process lives, the namespace's inode cannot be another namespace's.
      return ProcFiles.startTime(identity.pid()) == identity.startTime()
          && ProcFiles.namespace(pid, "pid") == identity.pidNamespace();
    } catch (IOException gone) {
      return false;
    }
  }

  private Path filter(Set<Channel> declared) throws IOException {
    Path known = filters.get(declared);
    if (known == null) {
      known = directory.resolve("seccomp-" + filters.size());
      seccomp.write(known, declared);
      filters.put(declared.isEmpty() ? Set.of() : EnumSet.copyOf(declared), known);
    }
    return known;
  }

  private static void writePrivately(Path file, byte[] content) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(file, content);
  }

  /**
   * What was checked when the plugin was found must not have become a link to something else since.
   */
  private static void refuseLinks(Confinement confinement) throws IOException {
    for (Confinement.Examined each : confinement.examined()) {
      if (!each.path().toRealPath().equals(each.path())) {
        throw new IOException(each.path() + " has become a link, or is behind one");
      }
    }
  }

  private void handOver(Confinement confinement) throws IOException {
    if (!plan.dropsRoot()) {
      return;
    }
    giveTo(confinement.socket());
    Path state = confinement.state();
    if (state != null) {
      giveTo(state);
    }
  }

  private void giveTo(Path path) throws IOException {
    Files.setAttribute(path, "unix:uid", plan.user(), LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(path, "unix:gid", plan.user(), LinkOption.NOFOLLOW_LINKS);
  }
}
