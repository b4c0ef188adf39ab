package org.keywarden.broker.frontdoor.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;

/** Finds pseudo-terminals (pty(7), proc_pid_fdinfo(5)). Reads only; safe in any thread. */
final class PseudoTerminals {
  private static final String INDEX = "tty-index:";

  private final Path proc;
  private final Path devices;
  private final int uid;
  private final LongFunction<List<Long>> descendants;

  /**
   * @param proc where proc is mounted
   * @param devices where the user's own pseudo-terminals are, {@code /dev/pts}
   * @param descendants of a process, itself left out
   */
  PseudoTerminals(Path proc, Path devices, int uid, LongFunction<List<Long>> descendants) {
    this.proc = proc;
    this.devices = devices;
    this.uid = uid;
    this.descendants = descendants;
  }

  /**
   * @param own slave sides whose master a process of the application has
   * @param every slave sides that belong to the user
   */
  record Found(Set<Path> own, Set<Path> every) {
    Found {
      own = Set.copyOf(own);
      every = Set.copyOf(every);
    }
  }

  /** Terminals as seen from a process; what cannot be read is left out. */
  Found find(long pid) {
    Set<Path> own = new HashSet<>();
    addMasters(pid, own);
    descendants.apply(pid).forEach(child -> addMasters(child, own));
    return new Found(own, every());
  }

  private Set<Path> every() {
    Set<Path> all = new HashSet<>();
    try (DirectoryStream<Path> names = Files.newDirectoryStream(devices, "[0-9]*")) {
      for (Path each : names) {
        if (isUsers(each)) {
          all.add(each);
        }
      }
    } catch (IOException | DirectoryIteratorException gone) {
      return all;
    }
    return all;
  }

  /** One that closes meanwhile must not hide the others. */
  private boolean isUsers(Path device) {
    try {
      return uid == (Integer) Files.getAttribute(device, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    } catch (IOException closed) {
      return false;
    }
  }

  private void addMasters(long pid, Set<Path> to) {
    Path process = proc.resolve(Long.toString(pid));
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path each : descriptors) {
        if (isMaster(each)) {
          addSlave(process, each.getFileName().toString(), to);
        }
      }
    } catch (IOException | DirectoryIteratorException hidden) {
      // Gone, or another user's: the user types into neither.
      return;
    }
  }

  private static boolean isMaster(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).endsWith("ptmx");
    } catch (IOException closed) {
      return false;
    }
  }

  private void addSlave(Path process, String descriptor, Set<Path> to) {
    try {
      for (String line : Files.readAllLines(process.resolve("fdinfo").resolve(descriptor))) {
        if (line.startsWith(INDEX)) {
          String index = line.substring(INDEX.length()).strip();
          // A container's terminals are not among those of /dev/pts here.
          Path inside = process.resolve("root/dev/pts").resolve(index);
          to.add(Files.exists(inside) ? inside : devices.resolve(index));
        }
      }
    } catch (IOException | UncheckedIOException closed) {
      return;
    }
  }
}
