package org.keywarden.sample.romaji;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * For demonstrations only: writes down each key this process sees, a keysym in hexadecimal on a
 * line, when the environment variable KEYWARDEN_SAMPLE_RECORD names a file. Off unless it is set.
 */
final class Diary {
  private final @Nullable Path file;

  Diary(@Nullable String file) {
    this.file = file == null ? null : Path.of(file);
  }

  void saw(int keysym) {
    if (file == null) {
      return;
    }
    try {
      Files.writeString(
          file,
          Integer.toHexString(keysym) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
