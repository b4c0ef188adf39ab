package org.keywarden.benchmarks.path;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What is installed. */
final class Debian {
  private Debian() {}

  /** A package's version. */
  static String version(String name) throws IOException {
    Process asked =
        new ProcessBuilder("dpkg-query", "--show", "--showformat=${Version}", name).start();
    String version = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (version.isEmpty()) {
      throw new IOException(
          "the Debian package "
              + name
              + " is not installed; the comparison needs: apt install dbus ibus ibus-m17n fcitx5"
              + " fcitx5-m17n");
    }
    return version;
  }

  /**
   * @throws IOException if one is not installed; the message says what to do
   */
  static void require(String... names) throws IOException {
    for (String name : names) {
      String ignored = version(name);
    }
  }
}
