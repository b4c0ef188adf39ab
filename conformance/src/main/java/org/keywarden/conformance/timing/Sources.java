package org.keywarden.conformance.timing;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Finds every file of {@code /proc} and {@code /sys} that can be read, except those that block. */
final class Sources {
  private static final int MOST_FILES = 20_000;
  private static final int DEEPEST = 8;

  /** Reading these waits, takes what others wait for, or is of memory's size. */
  private static final Set<String> NOT_READ =
      Set.of(
          "kmsg",
          "kcore",
          "mem",
          "pagemap",
          "kpagecount",
          "kpageflags",
          "kpagecgroup",
          "clear_refs",
          "kallsyms",
          "trace_pipe",
          "smaps",
          "maps",
          "numa_maps",
          "config.gz",
          "remove",
          "rescan");

  /** Copies of what is beside them, one for each thread or descriptor; and the kernel's tracing. */
  private static final Set<String> NOT_ENTERED =
      Set.of("fd", "fdinfo", "map_files", "ns", "cwd", "root", "debug", "tracing", "attr");

  private Sources() {}

  static List<Path> readable() {
    List<Path> found = new ArrayList<>();
    for (String root : List.of("/proc", "/sys")) {
      try {
        Files.walkFileTree(
            Path.of(root), Collections.emptySet(), DEEPEST, new Finder(found, MOST_FILES));
      } catch (IOException unreadable) {
        continue;
      }
    }
    return found;
  }

  private static final class Finder extends SimpleFileVisitor<Path> {
    private final List<Path> found;
    private final int most;

    Finder(List<Path> found, int most) {
      this.found = found;
      this.most = most;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      Path name = directory.getFileName();
      boolean threads =
          directory.endsWith("task")
              && !directory.startsWith("/proc/" + ProcessHandle.current().pid());
      return threads
              || (directory.endsWith("net") && isOurNetwork(directory.resolveSibling("ns/net")))
              || (name != null && NOT_ENTERED.contains(name.toString()))
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    /** The statistics of one network are the same under each of its processes. */
    private static boolean isOurNetwork(Path namespace) {
      try {
        return !namespace.startsWith("/proc/self")
            && Files.readSymbolicLink(namespace)
                .equals(Files.readSymbolicLink(Path.of("/proc/self/ns/net")));
      } catch (IOException unknown) {
        return false;
      }
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()
          && !NOT_READ.contains(file.getFileName().toString())
          && Files.isReadable(file)) {
        found.add(file);
      }
      return found.size() < most ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException refused) {
      return FileVisitResult.CONTINUE;
    }
  }
}
