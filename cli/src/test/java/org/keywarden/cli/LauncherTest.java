package org.keywarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.cli.LauncherFixture.Run;

/** When the launcher script builds, and what it starts. */
final class LauncherTest {
  private static final FileTime IN_FUTURE = FileTime.from(Instant.parse("2100-01-01T00:00:00Z"));

  @TempDir Path temporary;
  private Path root = Path.of("");
  private LauncherFixture launcher;

  @BeforeEach
  void install() throws IOException {
    launcher = LauncherFixture.in(temporary);
    root = launcher.root;
  }

  private Run status() throws IOException, InterruptedException {
    return launcher.run("status", "a b");
  }

  private void assertBuilds() throws IOException, InterruptedException {
    Run run = status();
    assertEquals(1, run.status(), run.output());
    assertTrue(run.output().contains("maven was called"), run.output());
  }

  private void assertRuns(Run run) {
    assertEquals(0, run.status(), run.output());
    assertTrue(run.output().contains("<-Dkeywarden.home=" + root + "/target/keywarden>"));
    assertTrue(run.output().endsWith("<org.keywarden.cli.Main>\n<status>\n<a b>\n"), run.output());
  }

  @Test
  void startsWithoutABuildIfNothingChanged() throws Exception {
    assertRuns(status());
  }

  @Test
  void findsItselfThroughLinks() throws Exception {
    Path first = temporary.resolve("first link");
    Files.createSymbolicLink(first, root.resolve("keywarden"));
    Path second = Files.createDirectory(temporary.resolve("bin")).resolve("kw");
    Files.createSymbolicLink(second, Path.of("..", "first link"));
    assertRuns(launcher.run(second, "status", "a b"));
  }

  @Test
  void saysWhereItLookedIfThereIsNoJdk() throws Exception {
    launcher.environment("JAVA_HOME", "/nonexistent");
    Run run = launcher.run("status");
    assertEquals(69, run.status(), run.output());
    assertTrue(run.output().contains("no JDK 25 or newer in"), run.output());
    assertTrue(run.output().contains("JAVA_HOME=/nonexistent is no JDK"), run.output());
  }

  @Test
  void anOldJdkDoesNotCount() throws Exception {
    Path old = temporary.resolve("old");
    LauncherFixture.writeJdk(old, "21.0.2");
    launcher.environment("JAVA_HOME", old.toString());
    Run run = launcher.run("status");
    assertEquals(69, run.status(), run.output());
    assertTrue(run.output().contains("is a JDK 21"), run.output());
  }

  @Test
  void aChangedSourceBuilds() throws Exception {
    Files.setLastModifiedTime(root.resolve("cli/src/main/A.java"), IN_FUTURE);
    assertBuilds();
  }

  @Test
  void aChangedModuleBuilds() throws Exception {
    Files.setLastModifiedTime(root.resolve("cli/pom.xml"), IN_FUTURE);
    assertBuilds();
  }

  @Test
  void whatNoBuildReadsDoesNotBuild() throws Exception {
    for (String file : List.of("README.md", "docs/pom.txt", "cli/target/pom.xml", "notes.txt")) {
      LauncherFixture.write(root.resolve(file), "x");
      Files.setLastModifiedTime(root.resolve(file), IN_FUTURE);
    }
    assertRuns(status());
  }

  @Test
  void aProgramThatRunsKeepsItsFiles() throws Exception {
    Files.setLastModifiedTime(root.resolve("cli/src/main/A.java"), IN_FUTURE);
    Path inUse = root.resolve("target/keywarden.in-use");
    Process running =
        new ProcessBuilder("flock", "-s", inUse.toString(), "sh", "-c", "echo held; exec cat")
            .start();
    try {
      assertEquals("held", running.inputReader().readLine());
      Run run = status();
      assertRuns(run);
      assertTrue(run.output().contains("a program of the last build still runs"), run.output());
      Run tests = launcher.run("test", "--no-desktop");
      assertFalse(tests.output().contains("maven was called"), tests.output());
    } finally {
      running.getOutputStream().close();
      running.waitFor();
    }
    assertBuilds();
  }

  @Test
  void whatIsStartedHoldsItsFiles() throws Exception {
    LauncherFixture.write(
        launcher.jdk.resolve("bin/java"),
        "#!/bin/sh\nflock -n -x \"$LOCK\" true && echo free || echo held\n");
    launcher.environment("LOCK", root.resolve("target/keywarden.in-use").toString());
    assertTrue(status().output().endsWith("held\n"), launcher.said());
  }

  @Test
  void anotherJdkBuilds() throws Exception {
    LauncherFixture.writeJdk(launcher.jdk, "25.0.2");
    assertBuilds();
  }
}
