package org.keywarden.desktop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The romaji input method as installed, told to write down every key press its process gets, before
 * it does anything with it.
 */
final class SampleIme {
  static final String ID = "org.keywarden.romaji";

  private final Path diary;

  private SampleIme(Path diary) {
    this.diary = diary;
  }

  /**
   * Lays it out.
   *
   * @param plugins an empty directory
   * @param state the state directory the broker will be given
   */
  static SampleIme install(Path dist, Path plugins, Path state) throws IOException {
    Path from = dist.resolve("plugins").resolve(ID);
    Path to = plugins.resolve(ID);
    Path lib = Files.createDirectories(to.resolve("lib"));
    Files.writeString(
        to.resolve("manifest.yaml"),
        Files.readString(from.resolve("manifest.yaml"))
            .replace(
                "  - \"${java}\"",
                """
                  - /usr/bin/env
                  - KEYWARDEN_SAMPLE_RECORD=${state}/diary
                  - "${java}"\
                """));
    try (Stream<Path> jars = Files.list(from.resolve("lib"))) {
      for (Path jar : jars.toList()) {
        Files.copy(jar, lib.resolve(jar.getFileName()));
      }
    }
    return new SampleIme(state.resolve("plugins").resolve(ID).resolve("diary"));
  }

  /** The keysyms of every press it saw so far, oldest first. */
  List<Integer> seen() {
    try {
      // A last line without its end is not written yet.
      String all = Files.exists(diary) ? Files.readString(diary) : "";
      return all.substring(0, all.lastIndexOf('\n') + 1)
          .lines()
          .map(line -> Integer.parseInt(line, 16))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
