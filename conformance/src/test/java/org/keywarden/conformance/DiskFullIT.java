package org.keywarden.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that runs full while somebody types. The disk is a small tmpfs that bubblewrap mounts for
 * root and ordinary users alike; {@link DiskFullSession} runs inside.
 */
final class DiskFullIT {
  /** Room for two copies of the puppet's jars and the log, little more. */
  private static final String BYTES = Integer.toString(192 << 20);

  @Test
  void typingGoesOnWithoutGrantsUntilThereIsSpace(@TempDir Path work)
      throws IOException, InterruptedException {
    Path disk = Files.createDirectory(work.resolve("disk"));
    Process process =
        new ProcessBuilder(
                List.of(
                    "bwrap",
                    "--dev-bind",
                    "/",
                    "/",
                    "--size",
                    BYTES,
                    "--tmpfs",
                    disk.toString(),
                    "--",
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-cp",
                    System.getProperty("java.class.path"),
                    DiskFullSession.class.getName(),
                    System.getProperty("keywarden.dist", ""),
                    disk.toString()))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    assertEquals("typed on a full disk, recovered, verified", said.lines().toList().getLast());
  }
}
