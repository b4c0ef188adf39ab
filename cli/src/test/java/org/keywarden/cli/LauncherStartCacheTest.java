package org.keywarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the launcher script has the start caches made. */
final class LauncherStartCacheTest {
  private static final String PREPARING = "preparing a fast start";
  private static final String CACHE = "start.aot";

  @TempDir Path temporary;
  private LauncherFixture launcher;
  private Path home = Path.of("");

  @BeforeEach
  void install() throws IOException {
    launcher = LauncherFixture.in(temporary);
    home = launcher.root.resolve("target/keywarden");
    launcher.tool("bwrap", "");
    launcher.mayNotInstall();
    makes("exit 1");
    // The copy's owner is not the one who may not install.
    launcher.mayInstall();
  }

  /** What the JVM that makes caches does; every other one only says how it was called. */
  private void makes(String what) throws IOException {
    LauncherFixture.write(
        launcher.jdk.resolve("bin/java"),
        "#!/bin/sh\nHOME='"
            + home
            + "'\ncase \"$*\" in *StartCache*) "
            + what
            + " ;; esac\nfor word; do echo \"<$word>\"; done\n");
  }

  private void makesThem() throws IOException {
    makes(
        "for d in broker plugins/org.keywarden.romaji engine-host; do : >\"$HOME/$d/start.aot\"; done; exit 0");
  }

  private boolean prepares(String... words) throws Exception {
    LauncherFixture.Run run = launcher.run(words);
    assertEquals(0, run.status(), run.output());
    return run.output().contains(PREPARING);
  }

  @Test
  void theyAreMadeAtTheNextStartIfThereAreNone() throws Exception {
    makesThem();
    assertFalse(prepares("status"), "it starts no broker");
    assertTrue(prepares("run"));
    assertFalse(prepares("run"), "they are there");
    LauncherFixture.write(home.resolve("broker/lib/a.jar"), "");
    Files.setLastModifiedTime(
        home.resolve("broker/lib/a.jar"), FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));
    assertTrue(prepares("demo"), "they are of another time");
  }

  /** The one of the broker, and none of the input method. */
  @Test
  void halfOfThemIsNotEnough() throws Exception {
    Files.writeString(home.resolve("broker").resolve(CACHE), "");
    assertTrue(prepares("run"));
  }

  @Test
  void aFailureIsTriedAgainAtOnceTwiceAndThenOnceAnHour() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertTrue(prepares("run"), "try " + i);
    }
    assertFalse(prepares("run"), "after three failures");
    Path failures = launcher.root.resolve("target/keywarden.no-cache");
    FileTime anHourAgo = FileTime.from(Instant.now().minus(Duration.ofMinutes(61)));
    Files.setLastModifiedTime(failures, anHourAgo);
    assertTrue(prepares("run"), "an hour later");
    assertFalse(prepares("run"), "and no more");
    Files.setLastModifiedTime(failures, anHourAgo);
    makesThem();
    assertTrue(prepares("run"), "another hour later");
    assertFalse(Files.exists(failures), "it is over");
  }

  /** A broker that cannot isolate anything has nothing to be typed into. */
  @Test
  void nothingIsTriedBeforeWhatItNeedsIsThere() throws Exception {
    launcher.remove("bwrap");
    launcher.mayNotInstall();
    launcher.tool("mvn", "exit 0");
    LauncherFixture.writeJdk(temporary.resolve("other"), "25.0.3");
    makes("exit 1");
    LauncherFixture.Run run = launcher.run("run");
    assertEquals(69, run.status(), run.output());
    assertFalse(run.output().contains(PREPARING), run.output());
    assertFalse(prepares("status"));
  }

  @Test
  void aBuildMakesThemAnew() throws Exception {
    makesThem();
    assertTrue(prepares("run"));
    launcher.tool("mvn", "exit 0");
    Files.setLastModifiedTime(
        launcher.root.resolve("cli/pom.xml"), FileTime.from(Instant.now().plusSeconds(1)));
    assertTrue(prepares("status"));
  }
}
