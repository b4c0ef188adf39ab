package org.keywarden.broker.plugin.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The newest output of a process: at most {@code bytes} in the file, and as much before that in a
 * second one with {@code .1} appended. Used by one thread.
 */
final class BoundedLog {
  private final Path file;
  private final long bytes;

  BoundedLog(Path file, long bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /**
   * Copies until the end of the stream. What cannot be written is dropped, so that the process
   * never waits for a full disk.
   */
  void drain(InputStream output) {
    byte[] buffer = new byte[8192];
    try (output) {
      for (int read = output.read(buffer); read >= 0; read = output.read(buffer)) {
        append(buffer, read);
      }
    } catch (IOException gone) {
      // The pipe is closed under us when the process is killed.
      return;
    }
  }

  private void append(byte[] buffer, int length) {
    try {
      if (Files.exists(file) && Files.size(file) + length > bytes) {
        Files.move(
            file,
            file.resolveSibling(file.getFileName() + ".1"),
            StandardCopyOption.REPLACE_EXISTING);
      }
      try (OutputStream out =
          Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        out.write(buffer, 0, length);
      }
    } catch (IOException full) {
      // Dropped: see drain.
      return;
    }
  }
}
