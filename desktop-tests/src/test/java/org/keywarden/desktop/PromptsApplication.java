package org.keywarden.desktop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code src/test/apps/prompts.py} in a terminal: its one field is the prompt that waits. */
record PromptsApplication(Path report) implements Application {
  @Override
  public Fields fields() {
    try {
      String all = Files.exists(report) ? Files.readString(report) : "";
      // A last line without its end is not written yet.
      return all.substring(0, all.lastIndexOf('\n') + 1)
          .lines()
          .reduce((before, last) -> last)
          .map(Fields::parse)
          .orElse(Fields.NONE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void order(int serial, String field) {
    throw new UnsupportedOperationException("a terminal goes on by what is typed");
  }
}
