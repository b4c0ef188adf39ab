package org.keywarden.broker.frontdoor.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

  private final PseudoTerminals terminals =
      new PseudoTerminals(Path.of("/proc"), Path.of("/dev/pts"), uid());
  private Process terminal;
  private BufferedReader said;
  private Terminal device;

  private static int uid() {
    try {
      return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static boolean hidden(Terminal terminal) {
    return new PasswordPrompts(uid()).hidden(Set.of(terminal));
  }

  @BeforeEach
  void open() throws IOException {
    open(List.of());
  }

  private void open(List<String> wrapper) throws IOException {
    List<String> command = new ArrayList<>(wrapper);
    command.addAll(List.of("script", "--quiet", "--echo", "never", "-c", SHELL, "/dev/null"));
    terminal = new ProcessBuilder(command).redirectErrorStream(true).start();
    said = terminal.inputReader();
    device =
        Terminal.ours(Integer.parseInt(said.readLine().strip().substring("/dev/pts/".length())));
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
    "-echo -icanon min 1, true",
    "-echo -icanon -icrnl min 1, false",
    "-echo -icanon -isig min 1, false",
    "-echo -icanon -opost min 1, false"
  })
  void whatIsNotShownIsHiddenUnlessItIsEdited(String mode, boolean hidden) throws IOException {
    set(mode);
    assertEquals(hidden, hidden(device));
    set("echo icanon");
    assertFalse(hidden(device));
  }

  @Test
  void whatIsGoneHidesNothing() throws InterruptedException {
    end();
    assertFalse(hidden(Terminal.ours(999_999)));
  }

  @Test
  void theTerminalIsFoundThroughTheProcessThatHasItsMaster() {
    assertEquals(Set.of(device), terminals.own(terminal.pid()).terminals());
    assertTrue(terminals.own(ProcessHandle.current().pid()).terminals().contains(device));
    assertTrue(terminals.every().terminals().contains(device));
    long shell = terminal.descendants().findFirst().orElseThrow().pid();
    assertEquals(Found.NOTHING, terminals.own(shell));
    assertEquals(Found.CLOSED, terminals.own(Integer.MAX_VALUE));
  }

  @Test
  void moreDescriptorsThanAnApplicationHasAreNotReadThrough() throws IOException {
    Process many =
        new ProcessBuilder(
                "bash",
                "-c",
                "ulimit -n 20000; exec {m}<>/dev/ptmx; for ((i = 0; i < $0; i++)); do"
                    + " exec {x}<>/dev/null; done; echo made; read -r _",
                "16400")
            .redirectErrorStream(true)
            .start();
    try {
      assertEquals("made", many.inputReader().readLine());
      assertEquals(Found.TOO_MUCH, terminals.own(many.pid()));
    } finally {
      many.destroyForcibly();
    }
  }

  /** The same terminal, as if it were a container's. */
  private Terminal elsewhere() {
    try (Native calls = new Native()) {
      long devices = Objects.requireNonNull(calls.stat(Native.AT_FDCWD, "/dev/pts")).device();
      return new Terminal(device.index(), terminal.pid(), devices);
    }
  }

  @Test
  void aTerminalSeenFromAnotherMountNamespaceIsFoundAndAsked() throws Exception {
    end();
    open(List.of("unshare", "--map-root-user", "--mount"));
    Set<Terminal> found = terminals.own(terminal.pid()).terminals();
    assertEquals(1, found.size());
    Terminal only = found.iterator().next();
    set("echo icanon");
    assertFalse(hidden(only));
    set("-echo icanon");
    assertTrue(hidden(only));
  }

  @Test
  void aContainersTerminalIsAskedInItsOwnDevices() throws Exception {
    end();
    open(
        List.of(
            "bwrap", "--bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--die-with-parent"));
    Set<Terminal> found = terminals.own(terminal.pid()).terminals();
    assertEquals(1, found.size());
    Terminal only = found.iterator().next();
    assertTrue(only.process() != 0, "a terminal of ours");
    set("echo icanon");
    assertFalse(hidden(only));
    set("-echo icanon");
    assertTrue(hidden(only));
  }

  @Test
  void anotherTerminalThanTheOneMeantIsNotOpened() throws IOException {
    set("echo icanon");
    Terminal meant = elsewhere();
    assertFalse(hidden(meant));
    assertTrue(hidden(new Terminal(meant.index(), meant.process(), meant.device() + 1)));
  }

  @Test
  void lookingLeavesTheTerminalAsItWas() throws IOException {
    set("-echo icanon");
    for (int i = 0; i < 100; i++) {
      assertTrue(hidden(elsewhere()));
    }
    set("echo");
    assertFalse(hidden(device));
  }
}
