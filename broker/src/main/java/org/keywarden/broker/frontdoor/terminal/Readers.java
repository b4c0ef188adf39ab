package org.keywarden.broker.frontdoor.terminal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.keywarden.broker.frontdoor.terminal.Programs.Entry;
import org.keywarden.broker.frontdoor.terminal.Programs.Kind;

/**
 * The known programs that run now, and at which terminals they are: one pass over the names of all
 * processes, of which a bounded number is read. What the kernel itself answers (proc(5)).
 */
final class Readers {
  static final int MOST_PROCESSES = 16_384;

  /** Of the device numbers of pseudo-terminals; the minor one is the index. */
  private static final int MAJOR = 136;

  private final Native calls;
  private final String proc;
  private final List<Reader> all = new ArrayList<>();
  private int processes;

  private Readers(Native calls, String proc) {
    this.calls = calls;
    this.proc = proc;
  }

  static Readers now(Native calls, String proc) {
    Readers readers = new Readers(calls, proc);
    boolean readable =
        calls.numbers(
            proc,
            pid -> {
              readers.meet(pid);
              return ++readers.processes <= MOST_PROCESSES;
            });
    if (!readable) {
      readers.processes = MOST_PROCESSES + 1;
    }
    return readers;
  }

  /**
   * A process of a known program.
   *
   * @param terminal index of its controlling terminal, -1 if it has none
   * @param foreground whether it is in that terminal's foreground process group
   */
  record Reader(long pid, Entry entry, int terminal, boolean foreground) {
    boolean is(Kind kind) {
      return entry.kind() == kind;
    }
  }

  /** Whether there are more processes than were read. */
  boolean tooMany() {
    return processes > MOST_PROCESSES;
  }

  private void meet(long pid) {
    String name = calls.word(proc + "/" + pid + "/comm").strip();
    for (Entry entry : Programs.known().of(name)) {
      if (entry.word().isEmpty() || says(pid, entry.word())) {
        ControllingTerminal at = ControllingTerminal.of(calls, proc, pid);
        all.add(new Reader(pid, entry, at.index(), at.foreground()));
      }
    }
  }

  private boolean says(long pid, String word) {
    String command = calls.text(proc + "/" + pid + "/cmdline");
    return ("\0" + command).contains("\0" + word);
  }

  /** Those of this kind that read from the terminal, or may. */
  List<Reader> at(Terminal terminal, Kind kind) {
    return all.stream().filter(each -> each.is(kind) && reads(each, terminal)).toList();
  }

  /** All processes of the program that this is one of. */
  List<Reader> alike(Reader reader) {
    return all.stream().filter(each -> each.entry().equals(reader.entry())).toList();
  }

  /**
   * In the background nobody reads from the controlling terminal; from another one every process
   * does that has it open, as pinentry does, which gpg-agent starts.
   */
  private boolean reads(Reader reader, Terminal terminal) {
    if (reader.terminal == terminal.index()) {
      return reader.foreground;
    }
    boolean[] open = {false};
    byte[] name = ("/pts/" + terminal.index()).getBytes(StandardCharsets.US_ASCII);
    String descriptors = proc + "/" + reader.pid + "/fd";
    boolean readable =
        calls.numbers(
            descriptors,
            descriptor -> {
              open[0] = calls.linkEnds(descriptors + "/" + descriptor, name);
              return !open[0];
            });
    return open[0] || (!readable && reader.terminal < 0);
  }

  /**
   * Which terminal controls a process.
   *
   * @param index its number, -1 if there is none or it is no pseudo-terminal
   * @param foreground whether the process is in its foreground process group
   */
  record ControllingTerminal(int index, boolean foreground) {
    static final ControllingTerminal NONE = new ControllingTerminal(-1, false);

    /** By {@code /proc/PID/stat} (proc_pid_stat(5)). */
    static ControllingTerminal of(Native calls, String proc, long pid) {
      String stat = calls.text(proc + "/" + pid + "/stat");
      // The name in parentheses may hold anything, a closing one too.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", 7);
      if (fields.length < 7) {
        return NONE;
      }
      int device = Integer.parseInt(fields[4]);
      int minor = device & 0xff | device >>> 12 & 0xfff00;
      return (device >>> 8 & 0xfff) == MAJOR
          ? new ControllingTerminal(minor, fields[2].equals(fields[5]))
          : NONE;
    }
  }
}
