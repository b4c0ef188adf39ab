package org.keywarden.broker.frontdoor.terminal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds pseudo-terminals (pty(7), proc_pid_fdinfo(5), proc_tid_children(5)). Reads only what the
 * kernel itself answers, and no more than a bounded part of it; safe in any thread.
 */
final class PseudoTerminals {
  /** An application's own processes, the tasks they consist of, the descriptors these have. */
  private static final int MOST_PROCESSES = 1_024;

  private static final int MOST_TASKS = 4_096;
  private static final int MOST_DESCRIPTORS = 16_384;

  /** Entries of {@code /dev/pts}, other users' among them. */
  private static final int MOST_DEVICES = 8_192;

  /** Terminals that are asked before each key. */
  static final int MOST_TERMINALS = 256;

  private static final byte[] MASTER = "/ptmx".getBytes(StandardCharsets.US_ASCII);
  private static final String INDEX = "tty-index:";

  private final String proc;
  private final String devices;
  private final int uid;
  private final Children children;

  /** Whose children a process has, whichever way that can be known. */
  @FunctionalInterface
  interface Children {
    /**
     * Hands over descendants until it has enough.
     *
     * @param calls for whatever is read
     */
    void of(Native calls, long pid, Native.Numbers to);
  }

  /**
   * @param proc where proc is mounted
   * @param devices where the user's own pseudo-terminals are, {@code /dev/pts}
   */
  PseudoTerminals(Path proc, Path devices, int uid) {
    this.proc = proc.toString();
    this.devices = devices.toString();
    this.uid = uid;
    this.children = canTellChildren() ? this::childrenByTask : PseudoTerminals::everyDescendant;
  }

  /** Those whose master the process has, or a descendant of it. */
  Found own(long pid) {
    try (Native calls = new Native()) {
      return new Search(calls).of(pid);
    }
  }

  /** Those that belong to the user. */
  Found every() {
    Set<Terminal> all = new HashSet<>();
    int[] seen = {0};
    try (Native calls = new Native()) {
      boolean readable =
          calls.numbers(
              devices,
              index -> {
                Native.Stat device = calls.stat(Native.AT_FDCWD, devices + "/" + index);
                if (device != null && device.uid() == uid) {
                  all.add(Terminal.ours((int) index));
                }
                return ++seen[0] <= MOST_DEVICES && all.size() <= MOST_TERMINALS;
              });
      if (!readable) {
        return Found.CLOSED;
      }
    }
    return seen[0] > MOST_DEVICES || all.size() > MOST_TERMINALS
        ? Found.TOO_MUCH
        : new Found(all, Found.Extent.ALL);
  }

  /** One search among an application's processes. */
  private final class Search {
    private final Native calls;
    private final Native.@Nullable Stat ourDevices;
    private final Native.@Nullable Stat ourMaster;
    private final Set<Terminal> found = new HashSet<>();
    private final Set<Long> known = new HashSet<>();
    private final Queue<Long> processes = new ArrayDeque<>();
    private int tasks;
    private int descriptors;

    Search(Native calls) {
      this.calls = calls;
      this.ourDevices = calls.stat(Native.AT_FDCWD, devices);
      this.ourMaster = calls.stat(Native.AT_FDCWD, "/dev/ptmx");
    }

    Found of(long pid) {
      known.add(pid);
      if (!addMasters(pid)) {
        return Found.CLOSED;
      }
      addChildren(pid);
      while (!processes.isEmpty() && !tooMuch()) {
        long next = processes.remove();
        // Another user's process cannot be read; what is typed into its terminals passes ours.
        boolean ignored = addMasters(next);
        addChildren(next);
      }
      return tooMuch() ? Found.TOO_MUCH : new Found(found, Found.Extent.ALL);
    }

    private boolean tooMuch() {
      return known.size() > MOST_PROCESSES
          || tasks > MOST_TASKS
          || descriptors > MOST_DESCRIPTORS
          || found.size() > MOST_TERMINALS;
    }

    private void addChildren(long pid) {
      children.of(
          calls,
          pid,
          child -> {
            if (child < 0) {
              tasks++;
            } else if (known.add(child)) {
              processes.add(child);
            }
            return !tooMuch();
          });
    }

    private boolean addMasters(long pid) {
      String directory = proc + "/" + pid + "/fd";
      return calls.numbers(
          directory,
          descriptor -> {
            descriptors++;
            String name = directory + "/" + descriptor;
            if (calls.linkEnds(name, MASTER)) {
              addSlave(pid, descriptor, name);
            }
            return !tooMuch();
          });
    }

    private void addSlave(long pid, long descriptor, String name) {
      String text = calls.text(proc + "/" + pid + "/fdinfo/" + descriptor);
      for (String line : text.split("\n", -1)) {
        if (line.startsWith(INDEX)) {
          add(pid, Integer.parseInt(line.substring(INDEX.length()).strip()), name);
        }
      }
    }

    private void add(long pid, int index, String name) {
      Native.Stat master = calls.stat(Native.AT_FDCWD, name);
      if (master == null) {
        return;
      }
      if (ourDevices == null
          || master.device() == ourDevices.device()
          || (ourMaster != null && master.mount() >= 0 && master.mount() == ourMaster.mount())) {
        found.add(Terminal.ours(index));
        return;
      }
      // One /dev/ptmx may serve several /dev/pts, by the place it is mounted at.
      boolean ourMasters = ourMaster != null && master.device() == ourMaster.device();
      found.add(new Terminal(index, pid, ourMasters ? ourDevices.device() : master.device()));
    }
  }

  private boolean canTellChildren() {
    try (Native calls = new Native()) {
      int descriptor = calls.open(proc + "/thread-self/children", Native.O_RDONLY);
      if (descriptor >= 0) {
        calls.close(descriptor);
      }
      return descriptor >= 0;
    }
  }

  /** Hands over the children of a process, or its descendants; -1 for each of its tasks. */
  void children(Native calls, long pid, Native.Numbers to) {
    children.of(calls, pid, to);
  }

  /** Each task of a process has those it made itself; a task is handed over as -1. */
  private void childrenByTask(Native calls, long pid, Native.Numbers to) {
    String directory = proc + "/" + pid + "/task";
    boolean ignored =
        calls.numbers(
            directory,
            task -> {
              boolean more = to.take(-1);
              String all = calls.text(directory + "/" + task + "/children");
              for (String child : all.isEmpty() ? new String[0] : all.strip().split(" ", -1)) {
                more = more && (child.isEmpty() || to.take(Long.parseLong(child)));
              }
              return more;
            });
  }

  /** For a kernel without {@code CONFIG_PROC_CHILDREN}. */
  private static void everyDescendant(Native calls, long pid, Native.Numbers to) {
    ProcessHandle.of(pid).stream()
        .flatMap(ProcessHandle::descendants)
        .limit(MOST_PROCESSES + 1)
        .forEach(each -> to.take(each.pid()));
  }
}
