package org.keywarden.cli.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.note.SignedNote;
import org.keywarden.audit.verify.LogVerifier;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;
import picocli.CommandLine.Option;

/** What the user knows of a log from elsewhere. */
final class KnownLog {
  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "A verifier key of the log you had before, as keywarden audit key prints it.")
  private @Nullable String key;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description = "A checkpoint of the log you kept; shows that it was not rolled back.")
  private @Nullable Path checkpoint;

  LogVerifier.Known read() {
    return new LogVerifier.Known(readKey(), readCheckpoint());
  }

  private Optional<NoteKey> readKey() {
    String given = key;
    if (given == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(NoteKey.parse(given));
    } catch (Malformed e) {
      throw new Failure(Exit.USAGE, "--key: " + e.reason());
    }
  }

  private Optional<SignedNote> readCheckpoint() {
    Path given = checkpoint;
    if (given == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(SignedNote.parse(Files.readAllBytes(given)));
    } catch (Malformed e) {
      throw new Failure(Exit.NO_INPUT, given + ": " + e.reason());
    } catch (IOException e) {
      throw new Failure(Exit.NO_INPUT, given + " cannot be read: " + e.getMessage());
    }
  }
}
