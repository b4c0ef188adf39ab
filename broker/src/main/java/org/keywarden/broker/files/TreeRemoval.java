package org.keywarden.broker.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Removes a tree, and nothing that anybody puts into its place meanwhile. */
public final class TreeRemoval {
  /** Deeper than a copy is made, and shallow enough for this thread's stack and descriptors. */
  private static final int DEPTH = 128;

  private TreeRemoval() {}

  /**
   * Removes an entry of a directory; of a link, the link.
   *
   * @throws IOException if something cannot be removed; what could be is gone
   */
  public static void remove(HeldFile directory, Path name) throws IOException {
    remove(directory, name, 0);
  }

  private static void remove(HeldFile directory, Path name, int depth) throws IOException {
    if (depth > DEPTH) {
      throw new IOException("more than " + DEPTH + " directories deep");
    }
    try (HeldFile held = directory.entry(name)) {
      if (held.facts().isDirectory()) {
        try (DirectoryStream<Path> entries = held.entries()) {
          for (Path each : entries) {
            remove(held, each.getFileName(), depth + 1);
          }
        }
      }
    }
    Files.delete(directory.path().resolve(name));
  }
}
