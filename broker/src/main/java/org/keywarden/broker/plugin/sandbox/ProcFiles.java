package org.keywarden.broker.plugin.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What {@code /proc} says about a process (proc(5)). */
final class ProcFiles {
  private static final int PARENT = 4;
  private static final int START_TIME = 22;

  private static final String USER = "Uid:";

  private ProcFiles() {}

  static Path of(long pid) {
    return Path.of("/proc", Long.toString(pid));
  }

  /** Returns the broker's own user; the owner of its files in /proc need not be that. */
  static int user() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith(USER)) {
        return Integer.parseInt(line.substring(USER.length()).strip().split("\\s", 2)[0]);
      }
    }
    throw new IOException("/proc/self/status names no user");
  }

  /** Returns its start time in clock ticks since boot. */
  static long startTime(long pid) throws IOException {
    return Long.parseLong(statField(pid, START_TIME));
  }

  static long parent(long pid) throws IOException {
    return Long.parseLong(statField(pid, PARENT));
  }

  /** Returns the inode of one of its namespaces, say {@code pid}. */
  static long namespace(long pid, String kind) throws IOException {
    Path link = of(pid).resolve("ns").resolve(kind);
    return (Long) Files.getAttribute(link, "unix:ino", new LinkOption[0]);
  }

  /** Returns the state letter of each of its threads; {@code T} is stopped. */
  static List<Character> threadStates(long pid) throws IOException {
    List<Character> states = new ArrayList<>();
    try (Stream<Path> threads = Files.list(of(pid).resolve("task"))) {
      for (Path thread : threads.toList()) {
        try {
          states.add(afterName(Files.readString(thread.resolve("stat")))[0].charAt(0));
        } catch (IOException ended) {
          // A thread that is gone runs no more.
          continue;
        }
      }
    }
    return states;
  }

  /** Returns a process and all its descendants that live, parents first. */
  static List<Long> tree(long root) {
    List<Long> found = new ArrayList<>();
    ArrayDeque<Long> left = new ArrayDeque<>(List.of(root));
    for (Long pid = left.poll(); pid != null; pid = left.poll()) {
      found.add(pid);
      try (Stream<Path> threads = Files.list(of(pid).resolve("task"))) {
        for (Path thread : threads.toList()) {
          String children = Files.readString(thread.resolve("children")).strip();
          if (!children.isEmpty()) {
            Stream.of(children.split(" ", -1)).map(Long::valueOf).forEach(left::add);
          }
        }
      } catch (IOException ended) {
        // Whatever it left behind now belongs to the root, which is walked anew next time.
        continue;
      }
    }
    return found;
  }

  /** Whether it has a file of such a name open; no if it may not be looked at. */
  static boolean holds(long pid, Predicate<String> name) {
    try (Stream<Path> descriptors = Files.list(of(pid).resolve("fd"))) {
      for (Path descriptor : descriptors.toList()) {
        if (name.test(Files.readSymbolicLink(descriptor).toString())) {
          return true;
        }
      }
    } catch (IOException gone) {
      return false;
    }
    return false;
  }

  private static String statField(long pid, int field) throws IOException {
    return afterName(Files.readString(of(pid).resolve("stat")))[field - 3];
  }

  /** Fields from the third on; the name in the second may hold blanks and brackets. */
  private static String[] afterName(String stat) {
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
  }
}
