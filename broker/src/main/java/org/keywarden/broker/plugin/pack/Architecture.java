package org.keywarden.broker.plugin.pack;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Which processors a plugin runs on, by the names Debian has for them. */
final class Architecture {
  static final String ALL = "all";

  private static final int MACHINE = 18;

  private Architecture() {}

  /** This machine's. */
  static String here() {
    return named(System.getProperty("os.arch", ""));
  }

  private static String named(String java) {
    return java.equals("aarch64") ? "arm64" : java.toLowerCase(Locale.ROOT);
  }

  /**
   * What a program or library is for, by its first bytes (ELF, {@code e_machine}).
   *
   * @return empty if it is none
   */
  static Optional<String> of(byte[] start) throws IOException {
    boolean elf =
        start.length > MACHINE + 1
            && start[0] == 0x7F
            && start[1] == 'E'
            && start[2] == 'L'
            && start[3] == 'F';
    if (!elf) {
      return Optional.empty();
    }
    int machine = (start[MACHINE] & 0xFF) | (start[MACHINE + 1] & 0xFF) << 8;
    return Optional.of(
        switch (machine) {
          case 62 -> "amd64";
          case 183 -> "arm64";
          default -> "elf" + machine;
        });
  }
}
