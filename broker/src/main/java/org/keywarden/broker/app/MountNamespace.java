package org.keywarden.broker.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which programs see the files that the broker sees: those in its mount namespace (namespaces(7)).
 * Flatpak, Snap, bubblewrap and containers give a program one of its own.
 */
final class MountNamespace {
  private MountNamespace() {}

  /**
   * Whether a process is in the broker's; not if that cannot be known.
   *
   * @param pid the bus's word for whom a connection is of
   */
  static boolean isOurs(long pid) {
    try {
      return of(Long.toString(pid)).equals(of("self"));
    } catch (IOException | SecurityException unknown) {
      return false;
    }
  }

  private static Path of(String process) throws IOException {
    return Files.readSymbolicLink(Path.of("/proc", process, "ns", "mnt"));
  }
}
