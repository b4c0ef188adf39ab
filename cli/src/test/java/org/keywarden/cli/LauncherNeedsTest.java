package org.keywarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher script does about what is missing, on a Debian of which nothing is real. */
final class LauncherNeedsTest {
  private static final String JDK = "openjdk-25-jdk-headless";

  @TempDir Path temporary;
  private LauncherFixture launcher;

  @BeforeEach
  void install() throws IOException {
    launcher = LauncherFixture.in(temporary);
    launcher.withoutJdk();
    launcher.tool("apt-cache", "grep -qx \"$2\" \"$SYSTEM/lists\" 2>/dev/null");
    launcher.tool(
        "apt-get",
        """
        echo "$*" >>"$SYSTEM/calls"
        case "$*" in
          *update*) echo "$OFFERS" | tr ' ' '\\n' >"$SYSTEM/lists" ;;
          *install*)
            for p; do
              case $p in -*|install) continue ;; esac
              grep -qx "$p" "$SYSTEM/lists" || exit 100
            done
            for p; do
              case $p in
                openjdk*) cp -r "$SYSTEM/spare-jdk" "$KEYWARDEN_JVM_DIR/jdk" ;;
                bubblewrap) ln -sf /bin/true "$TOOLS/bwrap" ;;
              esac
            done ;;
        esac
        """);
    launcher.environment("OFFERS", JDK + " default-jdk-headless bubblewrap maven nodejs");
  }

  private List<String> calls() throws IOException {
    Path calls = temporary.resolve("system/calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  private void listed(String... packages) throws IOException {
    Files.write(temporary.resolve("system/lists"), List.of(packages));
  }

  @Test
  void withoutPackageListsTheyAreFetchedBeforeAnythingIsGivenUp() throws Exception {
    launcher.mayInstall();
    LauncherFixture.Run run = launcher.run("demo");
    assertEquals(1, run.status(), run.output());
    assertTrue(run.output().contains("maven was called"), run.output());
    assertTrue(calls().getFirst().contains("update"), () -> launcher.said());
    assertTrue(calls().getLast().endsWith(JDK + " bubblewrap"), () -> launcher.said());
  }

  @Test
  void whatIsMissingIsInstalledInOneGo() throws Exception {
    launcher.mayInstall();
    listed(JDK, "default-jdk-headless", "bubblewrap", "maven");
    LauncherFixture.Run run = launcher.run("demo");
    assertEquals(1, run.status(), run.output());
    assertEquals(1, calls().size(), () -> launcher.said());
    assertTrue(calls().getFirst().endsWith(JDK + " bubblewrap"), () -> launcher.said());
  }

  @Test
  void onlyDemoAndTestInstall() throws Exception {
    launcher.mayInstall();
    listed(JDK, "default-jdk-headless", "bubblewrap", "maven");
    for (String word : List.of("status", "run", "bench", "doctor", "fuzz", "mutation", "package")) {
      LauncherFixture.Run run =
          word.equals("fuzz")
              ? launcher.run(word, "codec")
              : word.equals("mutation") ? launcher.run(word, "seat") : launcher.run(word);
      assertEquals(69, run.status(), run.output());
      assertTrue(run.output().contains("install them with:"), run.output());
      assertEquals(List.of(), calls(), word);
    }
  }

  @Test
  void sudoIsUsedOnceSomebodySaidYes() throws Exception {
    launcher.mayNotInstall();
    Path system = temporary.resolve("system");
    Files.setPosixFilePermissions(system, PosixFilePermissions.fromString("rwxrwxrwx"));
    launcher.tool("sudo", "echo \"sudo $*\" >>\"$SYSTEM/calls\"");
    listed(JDK, "default-jdk-headless", "bubblewrap", "maven");
    LauncherFixture.Run unasked = launcher.run("demo");
    assertEquals(69, unasked.status(), unasked.output());
    assertEquals(List.of(), calls());
    launcher.environment("KEYWARDEN_SUDO", "yes");
    LauncherFixture.Run asked = launcher.run("demo");
    assertTrue(calls().getFirst().startsWith("sudo env "), asked.output());
  }

  @Test
  void whoMayNotInstallIsToldAllOfItInOneLine() throws Exception {
    launcher.mayNotInstall();
    listed(JDK, "default-jdk-headless", "bubblewrap", "maven");
    launcher.remove("mvn");
    for (List<String> words : List.of(List.of("demo"), List.of("test", "--no-desktop"))) {
      LauncherFixture.Run run = launcher.run(words.toArray(String[]::new));
      assertEquals(69, run.status(), run.output());
      List<String> lines = run.output().lines().filter(line -> line.contains("apt-get")).toList();
      assertEquals(1, lines.size(), run.output());
      for (String each : List.of(JDK, "bubblewrap", "maven")) {
        assertTrue(lines.getFirst().contains(" " + each), run.output());
      }
      assertFalse(run.output().contains("Temurin"), run.output());
    }
    assertEquals(List.of(), calls());
  }

  @Test
  void whoMayNotInstallAndHasNoListsIsToldToFetchThemInTheSameLine() throws Exception {
    launcher.mayNotInstall();
    LauncherFixture.Run run = launcher.run("demo");
    assertTrue(run.output().contains("sudo apt-get update && sudo apt-get install"), run.output());
    assertTrue(run.output().contains(JDK), run.output());
  }

  @Test
  void whereNoPackageIsAJdkOneAdviceIsGivenAndNothingInstalled() throws Exception {
    for (boolean may : List.of(true, false)) {
      if (may) {
        launcher.mayInstall();
      } else {
        launcher.mayNotInstall();
      }
      launcher.environment("OFFERS", "default-jdk-headless bubblewrap maven");
      listed("default-jdk-headless", "bubblewrap", "maven");
      LauncherFixture.Run run = launcher.run("demo");
      assertEquals(69, run.status(), run.output());
      assertTrue(run.output().contains("Debian has one from 13 on (" + JDK + ")"), run.output());
      assertTrue(run.output().contains("adoptium.net"), run.output());
      assertTrue(run.output().contains("install --no-install-recommends bubblewrap"), run.output());
      assertEquals(List.of(), calls().stream().filter(call -> call.contains("install")).toList());
    }
  }

  @Test
  void whereThereIsNoAptThePackagesAreNamed() throws Exception {
    launcher.remove("apt-get");
    launcher.remove("apt-cache");
    LauncherFixture.Run run = launcher.run("demo");
    assertEquals(69, run.status(), run.output());
    assertTrue(run.output().contains("missing on this system: bubblewrap"), run.output());
    assertTrue(run.output().contains("set JAVA_HOME to it"), run.output());
  }

  @Test
  void whoAsksForRealApplicationsIsToldHowToDoWithout() throws Exception {
    launcher.mayNotInstall();
    LauncherFixture.Run run = launcher.run("test");
    assertTrue(run.output().contains("xdotool"), run.output());
    assertTrue(run.output().contains("keywarden test --no-desktop"), run.output());
    assertFalse(launcher.run("test", "--no-desktop").output().contains("xdotool"), run.output());
  }

  @Test
  void helpNeedsNothing() throws Exception {
    launcher.mayNotInstall();
    for (String word : List.of("help", "--help", "-h")) {
      LauncherFixture.Run run = launcher.run(word);
      assertEquals(0, run.status(), run.output());
      assertEquals(Files.readString(Path.of("src/main/launcher/help.txt")), run.output());
    }
    assertEquals(64, launcher.run().status());
    assertEquals(69, launcher.run("help", "run").status(), "of one command: from the command");
  }
}
