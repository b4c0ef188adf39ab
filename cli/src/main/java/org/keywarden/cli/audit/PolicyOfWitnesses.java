package org.keywarden.cli.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.witness.TrustPolicy;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;

/** Reads the file that says which witnesses are trusted. */
final class PolicyOfWitnesses {
  private PolicyOfWitnesses() {}

  /** Where it is if nobody says otherwise. */
  static Path standard(Map<String, String> environment) {
    String xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path config =
        xdg.isEmpty() ? Path.of(environment.getOrDefault("HOME", "/"), ".config") : Path.of(xdg);
    return config.resolve("keywarden").resolve("witnesses");
  }

  /**
   * @throws Failure if it cannot be read or used; the message says where and why
   */
  static TrustPolicy read(Path file) {
    try {
      return TrustPolicy.parse(Files.readString(file));
    } catch (Malformed e) {
      throw new Failure(Exit.NO_INPUT, file + ": " + e.reason());
    } catch (NoSuchFileException e) {
      throw new Failure(
          Exit.NO_INPUT, "there is no " + file + "; docs/grant-log.md says what to write in it");
    } catch (IOException e) {
      throw new Failure(Exit.NO_INPUT, file + " cannot be read: " + e.getMessage());
    }
  }
}
