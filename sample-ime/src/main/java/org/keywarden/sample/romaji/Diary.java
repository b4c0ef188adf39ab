package org.keywarden.sample.romaji;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A demonstration aid, off by default: writes down each key press this process sees, so that {@code
 * keywarden demo} can show what an input method saw. One keysym in hexadecimal on a line, written
 * through at once, after what is in the file already.
 */
final class Diary {
  /** The environment variable that names the file; nothing is written if it is not set. */
  static final String VARIABLE = "KEYWARDEN_SAMPLE_RECORD";

  private @Nullable OutputStream out;

  private Diary(@Nullable OutputStream out) {
    this.out = out;
  }

  /** A diary that nothing is written to. */
  static Diary none() {
    return new Diary(null);
  }

  /**
   * The diary in the file, or none without a name.
   *
   * @throws UncheckedIOException if the file cannot be opened for appending
   */
  static Diary named(@Nullable String file) {
    if (file == null || file.isEmpty()) {
      return none();
    }
    try {
      return new Diary(
          Files.newOutputStream(
              Path.of(file), StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    } catch (IOException e) {
      throw new UncheckedIOException(VARIABLE + "=" + file + " cannot be appended to", e);
    }
  }

  /** Notes a key press; a diary that cannot be written any more ends, typing goes on. */
  void saw(int keysym) {
    if (out != null) {
      try {
        out.write((Integer.toHexString(keysym) + "\n").getBytes(US_ASCII));
      } catch (IOException full) {
        out = null;
      }
    }
  }
}
