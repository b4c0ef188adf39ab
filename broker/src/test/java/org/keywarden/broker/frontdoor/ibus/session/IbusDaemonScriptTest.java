package org.keywarden.broker.frontdoor.ibus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keywarden.testbed.Await;

/** The program that stands on PATH in ibus-daemon's place. */
@Timeout(60)
final class IbusDaemonScriptTest {
  private static final String NONE = "exit 1";
  private static final String RUNNING = "keywarden/ibus.sock";
  @TempDir private Path directory;

  /** How it ended, and what it said on both streams. */
  private record Ended(int status, String said) {}

  private Ended run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "src/main/bin/ibus-daemon"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.clear();
    // Only what the script needs, so that whether a bridge runs is not asked of this machine.
    environment.put("PATH", directory.resolve("bin").toString());
    environment.put("DISPLAY", ":7");
    environment.put("XDG_RUNTIME_DIR", directory.toString());
    environment.put("KEYWARDEN_IBUS_X11", directory.resolve("ibus-x11").toString());
    Process process = builder.start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    return new Ended(process.exitValue(), said);
  }

  private void program(Path at, String text) throws IOException {
    Files.createDirectories(at.getParent());
    Files.writeString(at, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(at, PosixFilePermissions.fromString("rwx------"));
  }

  /**
   * A broker's socket, and a bridge that leaves a mark.
   *
   * @param bridges says which processes are bridges; the script itself stands for one on its
   *     display
   */
  private ServerSocketChannel session(String bridges) throws IOException {
    program(directory.resolve("bin/id"), "echo 1000");
    program(directory.resolve("bin/pgrep"), bridges);
    program(directory.resolve("bin/grep"), "exec /bin/grep \"$@\"");
    program(directory.resolve("bin/setsid"), "exec \"$@\"");
    program(directory.resolve("ibus-x11"), ": >\"" + directory.resolve("started") + "\"");
    Files.createDirectories(directory.resolve("keywarden"));
    ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    door.bind(UnixDomainSocketAddress.of(directory.resolve(RUNNING)));
    return door;
  }

  /** The bridge is a child of its own: it may need a moment after the script has ended. */
  private boolean bridgeStarted() {
    return Await.within(Duration.ofSeconds(20), () -> Files.exists(directory.resolve("started")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-drx",
        "-x",
        "--xim",
        "--panel disable --xim",
        "-d -p disable -x -r",
        "--daemonize --replace --xim --cache=none",
        "-xdrp disable"
      })
  void whoAsksForXimGetsTheBridge(String arguments) throws IOException, InterruptedException {
    try (ServerSocketChannel door = session(NONE)) {
      assertTrue(door.isOpen());
      assertEquals(new Ended(0, ""), run(arguments.split(" ")));
      assertTrue(bridgeStarted());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-dr",
        "--daemonize --panel disable",
        "-a unix:path=/x",
        "-p -x",
        "--panel --xim",
        "-px",
        "-daunix:x",
        "--replace --emoji-extension=xim"
      })
  void whoDoesNotGetsNone(String arguments) throws IOException, InterruptedException {
    try (ServerSocketChannel door = session(NONE)) {
      assertTrue(door.isOpen());
      // With a mark in pgrep, which is asked only on the way to a bridge.
      program(directory.resolve("bin/pgrep"), ": >\"" + directory.resolve("asked") + "\"; exit 1");
      assertEquals(new Ended(0, ""), run(arguments.split(" ")));
      assertTrue(Files.notExists(directory.resolve("asked")));
    }
  }

  @Test
  void oneBridgeIsEnough() throws IOException, InterruptedException {
    try (ServerSocketChannel door = session("echo $PPID")) {
      assertTrue(door.isOpen());
      assertEquals(new Ended(0, ""), run("-drx"));
      assertTrue(Files.notExists(directory.resolve("started")));
    }
  }

  @Test
  void aBridgeOfAnotherDisplayIsNone() throws IOException, InterruptedException {
    try (ServerSocketChannel door = session("echo 1")) {
      assertTrue(door.isOpen());
      assertEquals(new Ended(0, ""), run("-drx"));
      assertTrue(bridgeStarted());
    }
  }

  @Test
  void withoutABrokerItSaysWhatToDo() throws IOException, InterruptedException {
    program(directory.resolve("bin/id"), "echo 4294967294");
    Ended ended = run("-drx");
    assertEquals(69, ended.status());
    assertTrue(ended.said().contains("keywarden run"), ended.said());
  }

  @Test
  void versionAndHelpNeedNoBroker() throws IOException, InterruptedException {
    assertEquals(new Ended(0, "Keywarden, in place of ibus-daemon"), run("--version"));
    assertEquals(0, run("-h").status());
  }
}
