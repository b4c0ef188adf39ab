package org.keywarden.broker.frontdoor.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A shell in a pseudo-terminal of its own, made by script(1), changing the terminal's settings. */
final class RealTerminalTest {
  private static final String SHELL =
      "tty; while read -r mode; do stty $mode; echo set $mode; done";

  private final int uid = uid();
  private Process terminal;
  private BufferedReader said;
  private Path device;

  private static int uid() {
    try {
      return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void open() throws IOException {
    terminal =
        new ProcessBuilder("script", "--quiet", "--echo", "never", "-c", SHELL, "/dev/null")
            .redirectErrorStream(true)
            .start();
    said = terminal.inputReader();
    device = Path.of(said.readLine().strip());
  }

  @AfterEach
  void end() throws InterruptedException {
    terminal.descendants().forEach(ProcessHandle::destroyForcibly);
    terminal.destroyForcibly().waitFor();
  }

  private void set(String mode) throws IOException {
    terminal.outputWriter().write(mode + "\n");
    terminal.outputWriter().flush();
    String line = "";
    while (line != null && !line.strip().equals("set " + mode)) {
      line = said.readLine();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "echo icanon, false",
    "-echo icanon, true",
    "-echo -echoe -echok -echonl, true",
    "-echo -icanon min 1, false"
  })
  void onlyLinesThatAreNotShownAreHidden(String mode, boolean hidden) throws IOException {
    set(mode);
    assertEquals(hidden, TerminalSettings.hidden(device));
    set("echo icanon");
    assertFalse(TerminalSettings.hidden(device));
  }

  @Test
  void whatIsGoneHidesNothing() throws InterruptedException {
    end();
    assertFalse(TerminalSettings.hidden(Path.of("/dev/pts/999999")));
    assertFalse(TerminalSettings.hidden(Path.of("/dev/null")));
  }

  @Test
  void theTerminalIsFoundThroughTheProcessThatHasItsMaster() {
    PseudoTerminals terminals =
        new PseudoTerminals(
            Path.of("/proc"),
            Path.of("/dev/pts"),
            uid,
            pid ->
                ProcessHandle.of(pid).stream()
                    .flatMap(ProcessHandle::descendants)
                    .map(ProcessHandle::pid)
                    .toList());
    Path inside = Path.of("/proc/" + terminal.pid() + "/root" + device);
    assertEquals(Set.of(inside), terminals.find(terminal.pid()).own());
    assertTrue(terminals.find(ProcessHandle.current().pid()).own().contains(inside));
    assertTrue(terminals.find(terminal.pid()).every().contains(device));
    long shell = terminal.descendants().findFirst().orElseThrow().pid();
    assertEquals(Set.of(), terminals.find(shell).own());
    assertEquals(Set.of(), terminals.find(Integer.MAX_VALUE).own());
  }

  @Test
  void lookingLeavesTheTerminalAsItWas() throws IOException {
    set("-echo icanon");
    for (int i = 0; i < 100; i++) {
      assertTrue(TerminalSettings.hidden(Path.of("/proc/" + terminal.pid() + "/root" + device)));
    }
    set("echo");
    assertFalse(TerminalSettings.hidden(device));
  }
}
