package org.keywarden.audit.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.merkle.Rfc6962;
import org.keywarden.audit.note.Checkpoint;
import org.keywarden.audit.store.DiskFiles;

/**
 * A writer under load, killed (SIGKILL) again and again: whatever it confirmed is in the log, and
 * its checkpoints are of one history. The number of kills is the system property {@code
 * keywarden.kills}.
 */
final class KillTest {
  private static final int KILLS = Integer.getInteger("keywarden.kills", 6);

  private final Map<Long, byte[]> confirmed = new HashMap<>();
  private final List<Checkpoint> published = new ArrayList<>();

  @Test
  void nothingConfirmedIsLost(@TempDir Path directory) throws Exception {
    Random random = new Random(1);
    Path log = directory.resolve("log");
    DiskFiles files = new DiskFiles(log);
    for (int run = 0; run < KILLS; run++) {
      runAndKill(log, Integer.toString(run), 1 + random.nextInt(100));
      published.add(LogReading.checkpoint(files));
    }
    new TestLog().open(files).stop().join();
    List<byte[]> entries = LogReading.entries(files, 0);
    assertTrue(confirmed.size() > KILLS, confirmed.size() + " confirmed");
    confirmed.forEach(
        (index, entry) ->
            assertArrayEquals(entry, entries.get(index.intValue()), "entry " + index));
    List<Hash> leaves = entries.stream().map(Rfc6962::leaf).toList();
    for (Checkpoint checkpoint : published) {
      assertEquals(Rfc6962.root(leaves.subList(0, (int) checkpoint.size())), checkpoint.root());
    }
  }

  private void runAndKill(Path log, String run, int confirmations)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                CrashWriter.class.getName(),
                log.toString(),
                run)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader()) {
      int seen = 0;
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        String[] numbers = line.split(" ", 3);
        if (numbers.length == 3 && numbers[2].equals(CrashWriter.END)) {
          confirmed.put(
              Long.parseLong(numbers[0]), CrashWriter.entry(run, Long.parseLong(numbers[1])));
        }
        seen++;
        if (seen == confirmations) {
          process.toHandle().destroyForcibly();
        }
      }
    }
    assertEquals(137, process.waitFor(), "killed, not ended by itself");
  }
}
