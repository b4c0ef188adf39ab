package org.keywarden.broker.frontdoor.ibus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.broker.frontdoor.ibus.session.AddressWatch.Look;

/** What becomes of address files that name somebody else, or nobody. */
final class AddressWatchTest {
  private static final String ADDRESS = "unix:path=/x,guid=0";
  private static final String RIVALS = "IBUS_ADDRESS=unix:path=/other\nIBUS_DAEMON_PID=7\n";
  private static final Look OURS = new Look(0, false, "");
  private static final Look WRITTEN = new Look(0, true, "");

  @TempDir private Path config;
  private boolean rivalLives = true;
  private boolean replace;
  private AddressFiles files;
  private AddressWatch watch;

  @BeforeEach
  void begin() throws IOException {
    files =
        AddressFiles.of(
            Map.of("XDG_CONFIG_HOME", config.toString(), "DISPLAY", ":1", "WAYLAND_DISPLAY", "w-0"),
            "abc",
            (pid, address) -> rivalLives && pid == 7 && address.equals("unix:path=/other"));
    watch = new AddressWatch(files, ADDRESS, 5, () -> replace);
    assertEquals(WRITTEN, watch.look());
    assertEquals(OURS, watch.look());
  }

  private Path file(int number) {
    return files.paths().get(number);
  }

  @Test
  void whatALivingRivalWroteStaysUntilItEnds() throws IOException {
    Files.writeString(file(1), RIVALS);
    assertEquals(new Look(7, false, ""), watch.look());
    assertFalse(watch.look().ours());
    assertEquals(RIVALS, Files.readString(file(1)));
    rivalLives = false;
    assertEquals(WRITTEN, watch.look());
    assertTrue(files.allName(ADDRESS));
  }

  @Test
  void itIsReplacedIfThatIsWanted() throws IOException {
    Files.writeString(file(0), RIVALS);
    replace = true;
    assertEquals(WRITTEN, watch.look());
    assertTrue(files.allName(ADDRESS));
  }

  @Test
  void whatWasRemovedOrEmptiedIsWrittenAnew() throws IOException {
    Files.delete(file(0));
    assertEquals(WRITTEN, watch.look());
    Files.writeString(file(1), "IBUS_ADDRESS=\nIBUS_DAEMON_PID=\n");
    assertEquals(WRITTEN, watch.look());
    Files.delete(file(0));
    Files.delete(file(1));
    Files.delete(config.resolve("ibus/bus"));
    assertEquals(WRITTEN, watch.look());
    assertTrue(files.allName(ADDRESS));
  }

  @Test
  void whatCannotBeWrittenIsSaidAndTriedAgain() throws IOException {
    Files.delete(file(0));
    Files.createDirectory(file(0));
    Look look = watch.look();
    assertFalse(look.ours());
    assertTrue(look.problem().contains("abc-unix-1"), look.problem());
    Files.delete(file(0));
    assertEquals(WRITTEN, watch.look());
  }
}
