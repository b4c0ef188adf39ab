package org.keywarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** How the broker is started. */
final class RunCommandTest {
  @Test
  void optionsAreHandedOn() {
    RunCommand command = new RunCommand();
    new CommandLine(command)
        .parseArgs(
            "--ime=i",
            "--plugins",
            "a b",
            "--plugins=c",
            "--policy=p",
            "--state-dir=s",
            "--runtime-dir=r",
            "--answer-within=300",
            "--no-desktop");
    assertEquals(
        List.of(
            "--runtime-dir",
            "r",
            "--state-dir",
            "s",
            "--policy",
            "p",
            "--plugins",
            "a b",
            "--plugins",
            "c",
            "--ime",
            "i",
            "--desktop",
            "no",
            "--answer-within",
            "300"),
        command.arguments());
  }

  @Test
  void aStartCacheIsUsedUntilTheProgramIsNewer(@TempDir Path home) throws IOException {
    Path jar = Files.createDirectories(home.resolve("broker/lib")).resolve("a.jar");
    Files.writeString(jar, "");
    BrokerLaunch launch = BrokerLaunch.below(home.toString());
    String flag = "-XX:AOTCache=" + home.resolve("broker/start.aot");
    assertFalse(launch.command(List.of()).contains(flag), "there is none");
    Path cache = Files.writeString(home.resolve("broker/start.aot"), "");
    Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000));
    Files.setLastModifiedTime(cache, FileTime.fromMillis(2_000));
    assertTrue(launch.command(List.of()).contains(flag), "it is newer");
    Files.setLastModifiedTime(jar, FileTime.fromMillis(3_000));
    assertFalse(launch.command(List.of()).contains(flag), "it is older");
  }

  @Test
  void theBrokerStartsWithItsOwnClasses(@TempDir Path home) throws IOException {
    Files.createDirectories(home.resolve("broker/lib"));
    assertEquals(
        List.of(
            "/jdk/bin/java",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:TrimNativeHeapInterval=5000",
            "-Xmn16m",
            "-Xmx64m",
            "-XX:ThreadPriorityPolicy=1",
            "-XX:CompilerThreadPriority=10",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-PrintWarnings",
            "-Xlog:disable",
            "-Xlog:all=warning:stderr",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            home + "/broker/lib/*",
            "org.keywarden.broker.app.Main",
            "--home",
            home.toString(),
            "--ime",
            "i"),
        new BrokerLaunch(Path.of("/jdk/bin/java"), BrokerLaunch.below(home.toString()).home())
            .command(List.of("--ime", "i")));
  }

  @Test
  void anInstallationWithoutABrokerIsNamed(@TempDir Path home) {
    Failure failure = assertThrows(Failure.class, () -> BrokerLaunch.below(home.toString()));
    assertEquals(69, failure.exitCode());
    assertTrue(String.valueOf(failure.getMessage()).contains(home.toString()));
  }

  @Test
  void theExitStatusIsPassedOn() throws InterruptedException {
    assertEquals(78, Foreground.run(List.of("/bin/sh", "-c", "exit 78")));
  }

  @Test
  void aCommandThatCannotStartIsNamed() {
    Failure failure =
        assertThrows(Failure.class, () -> Foreground.run(List.of("/nonexistent/java")));
    assertEquals(69, failure.exitCode());
    assertTrue(String.valueOf(failure.getMessage()).contains("/nonexistent/java"));
  }
}
