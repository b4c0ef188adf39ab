package org.keywarden.broker.frontdoor.ibus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.testbed.Await;

/** What becomes of the address files when the broker's end of the pipe closes. */
final class AddressKeeperTest {
  private static final String ADDRESS = "unix:path=/x,guid=0";
  private static final String OURS =
      "# Written by Keywarden.\nIBUS_ADDRESS=" + ADDRESS + "\nIBUS_DAEMON_PID=5\n";

  @TempDir Path directory;

  private Path file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }

  private static Process keeper(Path... files) throws IOException {
    return new ProcessBuilder(AddressKeeper.command(List.of(files), ADDRESS)).start();
  }

  private static void awaitEnd(Process keeper) throws InterruptedException {
    assertTrue(keeper.waitFor(30, TimeUnit.SECONDS));
  }

  @Test
  void filesThatNameADeadBrokerAreEmptied() throws IOException, InterruptedException {
    Path missing = directory.resolve("missing");
    Path ours = file("it's ours $(touch x)", OURS);
    Path longer = file("longer", OURS.replace("guid=0", "guid=00"));
    Process keeper = keeper(missing, longer, ours);
    assertEquals(OURS, Files.readString(ours), "while the broker lives");
    keeper.getOutputStream().close();
    awaitEnd(keeper);
    assertEquals("", Files.readString(ours));
    assertEquals(OURS.replace("guid=0", "guid=00"), Files.readString(longer));
    assertTrue(Files.notExists(missing));
  }

  @Test
  void whatSignalsTheBrokersTerminalSendsDoNotEndIt() throws IOException, InterruptedException {
    Path ours = file("ours", OURS);
    Process keeper = keeper(ours);
    Path status = Path.of("/proc/" + keeper.pid() + "/status");
    // Signals 1, 2 and 15 are ignored, proc(5).
    long ignored = (1L << 0) | (1L << 1) | (1L << 14);
    Await.until("the signals to be ignored", () -> (signals(status) & ignored) == ignored);
    keeper.destroy();
    keeper.getOutputStream().close();
    awaitEnd(keeper);
    assertEquals("", Files.readString(ours));
  }

  private static long signals(Path status) throws IOException {
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .mapToLong(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
        .findFirst()
        .orElse(0);
  }
}
