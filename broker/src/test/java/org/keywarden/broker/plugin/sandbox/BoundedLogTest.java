package org.keywarden.broker.plugin.sandbox;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BoundedLogTest {
  @TempDir Path work;

  @Test
  void keepsTheNewestOutputAndNoMoreThanTwiceTheBound() throws IOException {
    byte[] output = new byte[1_000_000];
    new Random(1).nextBytes(output);
    Path file = work.resolve("log");
    new BoundedLog(file, 20_000).drain(new ByteArrayInputStream(output));
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    kept.write(Files.readAllBytes(work.resolve("log.1")));
    kept.write(Files.readAllBytes(file));
    assertTrue(kept.size() <= 40_000 && kept.size() >= 10_000, kept.size() + " bytes kept");
    assertArrayEquals(
        Arrays.copyOfRange(output, output.length - kept.size(), output.length), kept.toByteArray());
  }

  @Test
  void goesOnReadingWhenNothingCanBeWritten() throws IOException {
    ByteArrayInputStream output = new ByteArrayInputStream(new byte[100_000]);
    new BoundedLog(work.resolve("no/such/log"), 1_000).drain(output);
    assertArrayEquals(new byte[0], output.readAllBytes());
  }
}
