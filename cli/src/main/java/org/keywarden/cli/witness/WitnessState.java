package org.keywarden.cli.witness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keywarden.audit.log.SecretFiles;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.signer.Ed25519Signer;
import org.keywarden.audit.store.DiskFiles;
import picocli.CommandLine.Option;

/** Where a witness keeps its key and what it has cosigned. */
final class WitnessState {
  private static final String KEY = "witness-key";
  private static final int NAME_BYTES = 8;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description =
          "Where the witness keeps its key and what it cosigned last (default: keywarden-witness"
              + " below $XDG_STATE_HOME or ~/.local/state). A witness that lost it must not go on"
              + " under the same key.")
  private @Nullable Path directory;

  Path directory() {
    Path given = directory;
    return given != null ? given.toAbsolutePath() : defaultDirectory(System.getenv());
  }

  private static Path defaultDirectory(Map<String, String> environment) {
    String xdg = environment.getOrDefault("XDG_STATE_HOME", "");
    return xdg.isEmpty()
        ? Path.of(environment.getOrDefault("HOME", "/"), ".local", "state", "keywarden-witness")
        : Path.of(xdg, "keywarden-witness");
  }

  DiskFiles files() {
    return new DiskFiles(directory());
  }

  /**
   * The witness's key; made if there is none and it has cosigned nothing.
   *
   * @throws IOException if it cannot be read or made; the message says why
   */
  Ed25519Signer signer() throws IOException {
    SecureRandom random = new SecureRandom();
    SecretFiles secrets = new SecretFiles(directory(), random);
    if (!Files.exists(directory().resolve(KEY))) {
      Files.createDirectories(
          directory(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      if (files().list("").stream().anyMatch(name -> name.startsWith("log-"))) {
        throw new IOException(
            directory().resolve(KEY)
                + " is missing, but logs were cosigned here: put it back, or begin in an empty"
                + " directory with a new key");
      }
      byte[] name = new byte[NAME_BYTES];
      random.nextBytes(name);
      secrets.make(
          KEY, "keywarden.local/witness/" + HexFormat.of().formatHex(name), NoteKey.COSIGNATURE);
    }
    return secrets.read(KEY);
  }
}
