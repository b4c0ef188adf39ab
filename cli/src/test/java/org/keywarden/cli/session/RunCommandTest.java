package org.keywarden.cli.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.cli.broker.BrokerLaunch;
import org.keywarden.cli.console.Failure;
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
            "--without-lock-source=logind",
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
            "--without-lock-source",
            "logind",
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
    Files.setLastModifiedTime(cache, FileTime.from(Instant.now().plusSeconds(60)));
    assertTrue(launch.command(List.of()).contains(flag), "it is newer");
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(120)));
    assertFalse(launch.command(List.of()).contains(flag), "it is older");
  }

  @Test
  void theBrokerStartsWithItsOwnClasses(@TempDir Path home) throws IOException {
    Files.createDirectories(home.resolve("broker/lib"));
    assertEquals(
        List.of(
            "/usr/bin/env",
            "-u",
            "JDK_JAVA_OPTIONS",
            "-u",
            "JAVA_TOOL_OPTIONS",
            "-u",
            "_JAVA_OPTIONS",
            "-u",
            "LD_PRELOAD",
            "-u",
            "LD_AUDIT",
            "/jdk/bin/java",
            "@" + home + "/conf/jvm/common.args",
            "@" + home + "/conf/jvm/sealed.args",
            "@" + home + "/conf/jvm/broker.args",
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
  void itIsRunBehindAShellThatStartsItAgain(@TempDir Path home) throws IOException {
    Files.createDirectories(home.resolve("broker/lib"));
    BrokerLaunch launch = BrokerLaunch.below(home.toString());
    List<String> supervised = launch.supervised(List.of("--ime", "i"));
    assertEquals(List.of("/bin/sh", home + "/bin/supervise"), supervised.subList(0, 2));
    assertEquals(launch.command(List.of("--ime", "i")), supervised.subList(2, supervised.size()));
  }

  @Test
  void aCommandThatCannotStartIsNamed() {
    Failure failure = Replacement.become(List.of("/nonexistent/sh", "x"));
    assertEquals(69, failure.exitCode());
    assertTrue(String.valueOf(failure.getMessage()).contains("/nonexistent/sh"));
  }
}
