package org.keywarden.broker.compose;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.keywarden.broker.seat.HostEffect;

/**
 * The one Compose file that the trusted keyboard reads, kept up to date. Whether the user's files
 * have changed is asked when a field gains the focus, beside the seat's thread: a home directory
 * may be slow.
 */
public final class ComposeFile {
  private final ComposeRules rules;
  private final Path file;
  private final Executor beside;
  private final Runnable changed;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile ComposeRules.Found found;

  /**
   * Writes the file into a directory of the broker's, and has a thread of its own to look.
   *
   * @param changed told on that thread when the file was written again
   */
  public static ComposeFile in(Path directory, Map<String, String> environment, Runnable changed)
      throws IOException {
    return new ComposeFile(
        new ComposeRules(environment),
        directory.resolve("compose"),
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("compose-file").factory()),
        changed);
  }

  /**
   * Writes the file.
   *
   * @param file in a directory of the broker's
   * @param beside runs what may wait, one at a time
   * @param changed told there when the file was written again
   */
  ComposeFile(ComposeRules rules, Path file, Executor beside, Runnable changed) throws IOException {
    this.rules = rules;
    this.file = file;
    this.beside = beside;
    this.changed = changed;
    this.found = rules.gather();
    write();
  }

  /** Where it is. */
  public Path path() {
    return file;
  }

  /** Looks for changes whenever a field may have gained the focus. */
  public void apply(HostEffect effect) {
    if (effect instanceof HostEffect.RouteChanged route
        && route.field() != null
        && looking.compareAndSet(false, true)) {
      beside.execute(this::look);
    }
  }

  private void look() {
    looking.set(false);
    if (found.isStale()) {
      found = rules.gather();
      try {
        write();
        changed.run();
      } catch (IOException full) {
        // The rules stay what they were; what is found next is written again.
        found = new ComposeRules.Found("", Map.of());
      }
    }
  }

  /** In place of the one before, which the running keyboard may still have. */
  private void write() throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.writeString(
        fresh, found.text(), StandardCharsets.ISO_8859_1, StandardOpenOption.CREATE_NEW);
    // The directory is closed to other users; but the sandbox's may be one of its own.
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("r--r--r--"));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
