package org.keywarden.broker.plugin.installed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.keywarden.broker.files.HeldFile;

/**
 * What the kernel makes of a file that begins with {@code #!} (execve(2), "Interpreter scripts").
 */
final class InterpreterLine {
  /** Of the first line the kernel reads no more bytes than these. */
  private static final int FIRST_LINE = 256;

  private InterpreterLine() {}

  /**
   * Returns the program that runs this file, empty if the file is no script.
   *
   * @throws java.nio.file.InvalidPathException if it names none
   */
  static Optional<Path> interpreterOf(Path file) throws IOException {
    byte[] begin;
    try (HeldFile held = HeldFile.follow(file);
        InputStream content = held.content()) {
      begin = content.readNBytes(FIRST_LINE);
    }
    String line = new String(begin, StandardCharsets.UTF_8).lines().findFirst().orElse("");
    if (!line.startsWith("#!")) {
      return Optional.empty();
    }
    return Optional.of(Path.of(line.substring(2).strip().split("[ \t]", 2)[0]));
  }
}
