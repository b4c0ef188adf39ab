package org.keywarden.broker.plugin.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a broker that was killed left behind ends when the next one starts, and nothing else. */
final class LeftoversTest {
  @TempDir private Path directory;
  private final List<Process> children = new ArrayList<>();

  /** A process that has a file open and waits for its input, once it has said so. */
  private Process holding(Path file) throws IOException {
    Process child =
        new ProcessBuilder("/bin/sh", "-c", "exec 3<\"$1\"; echo; read -r _", "sh", file.toString())
            .start();
    children.add(child);
    assertEquals('\n', child.getInputStream().read());
    return child;
  }

  @AfterEach
  void endAll() {
    children.forEach(Process::destroyForcibly);
  }

  @Test
  void whoHoldsAFileOfASandboxEndsThoughItsNameIsGone() throws Exception {
    Path files = Files.createDirectory(directory.resolve("s"));
    Path named = Files.createFile(files.resolve("3.inner"));
    Path removed = Files.createFile(files.resolve("4.inner"));
    Path similar = Files.createDirectory(directory.resolve("so"));
    Process first = holding(named);
    Process second = holding(removed);
    Process stranger = holding(Files.createFile(similar.resolve("3.inner")));
    Files.delete(removed);
    Leftovers.end(files);
    assertTrue(first.waitFor(30, TimeUnit.SECONDS));
    assertTrue(second.waitFor(30, TimeUnit.SECONDS));
    assertTrue(stranger.isAlive());
  }
}
