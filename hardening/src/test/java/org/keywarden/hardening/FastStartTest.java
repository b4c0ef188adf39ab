package org.keywarden.hardening;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which caches are used. */
final class FastStartTest {
  @TempDir private Path directory;
  private Path cache = Path.of("");
  private Path lib = Path.of("");

  @BeforeEach
  void install() throws IOException {
    lib = Files.createDirectory(directory.resolve("lib"));
    Files.writeString(lib.resolve("a.jar"), "");
    cache = Files.writeString(directory.resolve("start.aot"), "");
    made(Instant.now().plusSeconds(60));
  }

  private void made(Instant when) throws IOException {
    Files.setLastModifiedTime(cache, FileTime.from(when));
  }

  @Test
  void oneThatIsYoungerThanTheProgramIsUsed() {
    assertEquals(List.of("-XX:AOTCache=" + cache), FastStart.options(cache, lib));
  }

  @Test
  void oneOfAnEarlierProgramIsNot() throws IOException {
    Instant later = Instant.now().plus(Duration.ofHours(1));
    Files.setLastModifiedTime(lib.resolve("a.jar"), FileTime.from(later));
    assertEquals(List.of(), FastStart.options(cache, lib));
  }

  /** A package of last year, installed after the cache was made. */
  @Test
  void anOldBuildThatCameLaterCounts() throws IOException {
    made(Instant.now().minus(Duration.ofDays(2)));
    Instant built = Instant.now().minus(Duration.ofDays(300));
    Files.setLastModifiedTime(lib.resolve("a.jar"), FileTime.from(built));
    assertEquals(List.of(), FastStart.options(cache, lib));
  }

  @Test
  void noneThatIsNotThereIsUsed() throws IOException {
    Files.delete(cache);
    assertEquals(List.of(), FastStart.options(cache, lib));
  }
}
