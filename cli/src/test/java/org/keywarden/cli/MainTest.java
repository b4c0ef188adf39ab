package org.keywarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words, exit codes and what needs no broker. */
final class MainTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "frobnicate",
        "status extra",
        "status --no-such-option",
        "ime use",
        "run --policy",
        "completion tcsh",
        "policy frobnicate"
      })
  void misuseExitsWith64(String words) {
    Outcome done = Outcome.of(words.split(" "));
    assertEquals(64, done.exitCode());
    assertEquals("", done.out());
    assertTrue(done.err().startsWith("keywarden: "), done.err());
    assertTrue(done.err().contains("--help"), done.err());
  }

  @Test
  void misuseCannotActOnTheTerminal() {
    assertFalse(Outcome.of("\u001b[2J").err().contains("\u001b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "help", "--version", "run --help", "ime list --help"})
  void helpExitsWith0(String words) {
    Outcome done = Outcome.of(words.split(" "));
    assertEquals(0, done.exitCode(), done.err());
    assertTrue(done.out().contains("keywarden"), done.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "grants", "ime list", "policy reload"})
  void noBrokerExitsWith69(String words, @TempDir Path empty) {
    assertEquals(
        new Outcome(69, "", "keywarden: the broker is not running; start it with: keywarden run\n"),
        Outcome.of((words + " --runtime-dir=" + empty).split(" ")));
  }

  @Test
  void aSocketPathThatCannotBeIsNamed(@TempDir Path directory) {
    Outcome done = Outcome.of("status", "--runtime-dir=" + directory.resolve("d".repeat(100)));
    assertEquals(64, done.exitCode());
    assertTrue(done.err().contains("107 bytes"), done.err());
  }

  @Test
  void runWithoutAnInstallationExitsWith69() {
    Outcome done = Outcome.of("run");
    assertEquals(69, done.exitCode());
    assertTrue(done.err().contains("keywarden.home"), done.err());
  }

  @Test
  void completionKnowsTheCommands() {
    Outcome bash = Outcome.of("completion", "bash");
    assertEquals(0, bash.exitCode());
    assertTrue(bash.out().startsWith("#!/usr/bin/env bash"), bash.out());
    for (String word : new String[] {"status", "grants", "reload", "--runtime-dir"}) {
      assertTrue(bash.out().contains(word), word);
    }
    assertTrue(Outcome.of("completion", "zsh").out().contains("bashcompinit"));
    List<String> fish = Outcome.of("completion", "fish").out().lines().toList();
    for (String word : List.of("-a status", "-a reload", "-l runtime-dir -r -F")) {
      assertTrue(fish.stream().anyMatch(line -> line.contains("' " + word + " -d '")), word);
    }
  }

  @Test
  void colourNeedsATerminalThatWantsIt() {
    assertTrue(Main.colour(true, Map.of("TERM", "xterm", "NO_COLOR", "")));
    assertFalse(Main.colour(false, Map.of()));
    assertFalse(Main.colour(true, Map.of("NO_COLOR", "1")));
    assertFalse(Main.colour(true, Map.of("TERM", "dumb")));
  }
}
