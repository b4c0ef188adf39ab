package org.keywarden.cli.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.log.FileNames;
import org.keywarden.audit.log.OwnerKeys;
import org.keywarden.audit.log.Pruning;
import org.keywarden.audit.record.ApplicationNames;
import org.keywarden.audit.record.RecordCodec;
import org.keywarden.audit.store.DiskFiles;
import org.keywarden.audit.store.LogSource;
import org.keywarden.audit.verify.LogReader;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;
import org.keywarden.proto.audit.v1.Record;
import picocli.CommandLine.Option;

/** The log a command works on. */
final class AuditLog {
  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description =
          "Where the broker keeps its state; the log is in log/ there (default: keywarden below"
              + " $XDG_STATE_HOME or ~/.local/state).")
  private @Nullable Path stateDirectory;

  @Option(
      names = "--log",
      paramLabel = "DIR",
      description = "The log itself, for instance a copy of one.")
  private @Nullable Path logDirectory;

  /** Takes records in order. */
  interface Visitor {
    /** Takes one; false to end. */
    boolean record(long index, Record record) throws IOException;
  }

  Path stateDirectory() {
    Path given = stateDirectory;
    return given != null ? given : defaultState(System.getenv());
  }

  /**
   * The state directory of a log that is to be changed.
   *
   * @throws Failure if the user named a log and not its owner's state
   */
  Path ownedState() {
    if (logDirectory != null) {
      throw new Failure(Exit.USAGE, "--log is for reading; to change a log give --state-dir");
    }
    return stateDirectory();
  }

  private static Path defaultState(Map<String, String> environment) {
    String xdg = environment.getOrDefault("XDG_STATE_HOME", "");
    return xdg.isEmpty()
        ? Path.of(environment.getOrDefault("HOME", "/"), ".local", "state", "keywarden")
        : Path.of(xdg, "keywarden");
  }

  /**
   * The log's files.
   *
   * @throws Failure if there is no log
   */
  LogSource files() {
    Path directory = directory();
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new Failure(Exit.NO_INPUT, directory + " is no directory; give --state-dir or --log");
    }
    if (!isSearchable(directory)) {
      throw new Failure(
          Exit.NO_INPUT, directory + " may not be read by this user; see whose it is");
    }
    LogSource files = new DiskFiles(directory);
    if (!files.exists(FileNames.CHECKPOINT) && !files.exists(FileNames.SIGNED)) {
      throw new Failure(
          Exit.NO_INPUT, "there is no log in " + directory + "; give --state-dir or --log");
    }
    return files;
  }

  /** Whether it, or the nearest directory above that there is, may be looked into. */
  private static boolean isSearchable(Path directory) {
    Path nearest = directory.toAbsolutePath();
    while (!Files.isDirectory(nearest) && nearest.getParent() != null) {
      nearest = nearest.getParent();
    }
    return Files.isExecutable(nearest);
  }

  Path directory() {
    Path given = logDirectory;
    return given != null ? given : stateDirectory().resolve(OwnerKeys.LOG);
  }

  LogReader reader() {
    return new LogReader(files());
  }

  /** Visits records from an index, or the first that is kept. */
  void visit(long from, Visitor visitor) throws IOException {
    LogSource files = files();
    try {
      new LogReader(files)
          .visit(
              Math.max(from, Pruning.minimum(files)),
              (index, entry) -> visitor.record(index, decode(index, entry)));
    } catch (NoSuchFileException e) {
      throw new Failure(
          Exit.FAILED, e.getMessage() + " is missing from the log; see: keywarden audit verify");
    }
  }

  private static Record decode(long index, byte[] entry) {
    try {
      return RecordCodec.decode(entry);
    } catch (Malformed e) {
      throw new Failure(
          Exit.FAILED, "entry " + index + " " + e.reason() + "; see: keywarden audit verify");
    }
  }

  /**
   * What opens application ids.
   *
   * @throws Failure if the key is not here
   */
  ApplicationNames names() throws IOException {
    Path key = stateDirectory().resolve("application-key");
    if (!Files.exists(key)) {
      throw new Failure(
          Exit.NO_INPUT, key + " is missing: only the log's owner can name applications");
    }
    return new OwnerKeys(stateDirectory(), new SecureRandom()).applications();
  }
}
