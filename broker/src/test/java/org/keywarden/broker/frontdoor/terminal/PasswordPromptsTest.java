package org.keywarden.broker.frontdoor.terminal;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keywarden.testbed.Await;

/** Who reads single keys from a real terminal, and what is shown in it. */
final class PasswordPromptsTest {
  private static final String EDITING = "stty -echo -icanon -icrnl; ";

  private final List<Process> started = new ArrayList<>();
  @TempDir private Path directory;

  private static int uid() {
    try {
      return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @AfterEach
  void end() throws InterruptedException {
    for (Process each : started) {
      each.descendants().forEach(ProcessHandle::destroyForcibly);
      each.destroyForcibly().waitFor();
    }
  }

  /** Runs a script in a terminal; it has said "ready" when this returns. */
  private Terminal run(String script) throws IOException {
    Process process =
        new ProcessBuilder(
                "script",
                "--quiet",
                "--echo",
                "never",
                "-c",
                "bash -c '" + script + "'",
                "/dev/null")
            .redirectErrorStream(true)
            .start();
    started.add(process);
    Set<Terminal> found = Set.of();
    for (String line = ""; line != null; line = process.inputReader().readLine()) {
      if (line.strip().equals("ready")) {
        found =
            new PseudoTerminals(Path.of("/proc"), Path.of("/dev/pts"), uid())
                .own(process.pid())
                .terminals();
        break;
      }
    }
    return found.iterator().next();
  }

  /** A program that waits, by another name. */
  private String named(String name) throws IOException {
    Path copy = directory.resolve(name);
    Files.copy(Path.of("/usr/bin/sleep").toRealPath(), copy);
    return copy + " 1000";
  }

  private static boolean hidden(Terminal terminal) {
    return new PasswordPrompts(uid()).hidden(Set.of(terminal));
  }

  private static void awaitHidden(Terminal terminal, boolean hidden) {
    Await.until("hidden: " + hidden, () -> hidden(terminal) == hidden, terminal::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pinentry-curses", "systemd-ask-password", "nmtui-connect"})
  void whoIsKnownToAskHidesWhateverTheSettings(String program) throws IOException {
    awaitHidden(run(EDITING + "echo ready; " + named(program)), true);
  }

  @Test
  void whoIsKnownToAskInTheBackgroundHidesNothing() throws IOException {
    Terminal terminal =
        run(EDITING + "set -m; " + named("systemd-ask-password") + " & echo ready; read _");
    assertFalse(hidden(terminal));
  }

  @Test
  void whoAsksInATerminalThatAnotherProgramWaitsInIsFound() throws IOException {
    Terminal terminal =
        run(
            EDITING
                + "setsid "
                + named("pinentry-curses")
                + " <\"$(tty)\" >/dev/null 2>&1 & echo ready; read _");
    awaitHidden(terminal, true);
  }

  @Test
  void aShellThatReadsOneKeyUnseenHides() throws IOException {
    awaitHidden(run("echo ready; read -rsn1 _"), true);
  }

  @Test
  void aPagerComposes() throws IOException {
    awaitHidden(run("stty -echo -icanon; echo ready; " + named("less")), false);
  }

  @Test
  void aDialogHidesByWhatItIsAskedFor() throws IOException {
    Path copy = directory.resolve("whiptail");
    Files.copy(Path.of("/bin/bash").toRealPath(), copy);
    String dialog = copy + " -c \"read _; :\" whiptail ";
    awaitHidden(run(EDITING + "echo ready; " + dialog + "--passwordbox"), true);
    assertFalse(hidden(run(EDITING + "echo ready; " + dialog + "--inputbox")));
  }
}
