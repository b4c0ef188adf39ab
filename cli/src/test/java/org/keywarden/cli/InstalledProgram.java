package org.keywarden.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line as it is installed, started as the launcher script starts it. */
public final class InstalledProgram {
  /** The installation that the build has put together. */
  static final Path DIST = Path.of(System.getProperty("keywarden.dist", "")).toAbsolutePath();

  private InstalledProgram() {}

  /** The words of the command line up to its own arguments. */
  public static List<String> words() {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flags : List.of("common", "sealed", "cli")) {
      words.add("@" + DIST.resolve("conf/jvm").resolve(flags + ".args"));
    }
    words.add("-Dkeywarden.home=" + DIST);
    words.addAll(List.of("-cp", DIST.resolve("cli/lib") + "/*", "org.keywarden.cli.Main"));
    return words;
  }
}
