package org.keywarden.broker.frontdoor.ibus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the files are, and what is said when they cannot be. */
final class AddressFilesTest {
  private static final String ADDRESS = "unix:path=/x,guid=0";
  @TempDir Path config;

  private AddressFiles files(Map<String, String> environment) throws IOException {
    return AddressFiles.of(
        environment,
        "abc\n",
        (pid, address) -> pid == 7 && address.equals("unix:path=/other,guid=1"));
  }

  private Path file(String name) {
    return config.resolve("ibus/bus").resolve(name);
  }

  @Test
  void bothDisplaysHaveAFile() throws IOException {
    assertEquals(
        List.of(file("abc-unix-97"), file("abc-unix-wayland-0")),
        files(
                Map.of(
                    "XDG_CONFIG_HOME",
                    config.toString(),
                    "DISPLAY",
                    ":97.0",
                    "WAYLAND_DISPLAY",
                    "/run/wayland-0"))
            .paths());
    assertEquals(
        List.of(Path.of("/h/.config/ibus/bus/abc-host-1")),
        files(Map.of("HOME", "/h", "DISPLAY", "host:1")).paths());
    assertEquals(
        List.of(Path.of("/given")),
        files(Map.of("IBUS_ADDRESS_FILE", "/given", "DISPLAY", ":1")).paths());
  }

  @Test
  void withoutADisplayItSaysWhatToDo() {
    IOException none = assertThrows(IOException.class, () -> files(Map.of("HOME", "/h")));
    assertTrue(String.valueOf(none.getMessage()).contains("DISPLAY"));
  }

  private AddressFiles one() throws IOException {
    return files(Map.of("XDG_CONFIG_HOME", config.toString(), "DISPLAY", ":1"));
  }

  @Test
  void theAddressIsWrittenAndWithdrawn() throws IOException {
    one().write(ADDRESS, 5);
    List<String> lines = Files.readAllLines(file("abc-unix-1"));
    assertTrue(lines.contains("IBUS_ADDRESS=" + ADDRESS));
    assertTrue(lines.contains("IBUS_DAEMON_PID=5"));
    one().withdraw(ADDRESS + "1");
    assertEquals(lines, Files.readAllLines(file("abc-unix-1")), "another's stays");
    one().withdraw(ADDRESS);
    assertEquals("", Files.readString(file("abc-unix-1")), "a file that Qt watches stays");
    one().write(ADDRESS, 5);
    assertEquals(lines, Files.readAllLines(file("abc-unix-1")));
    Files.delete(file("abc-unix-1"));
    one().withdraw(ADDRESS);
  }

  @Test
  void anUnwritablePlaceIsNamed() throws IOException {
    Files.writeString(config.resolve("ibus"), "no directory");
    IOException e = assertThrows(IOException.class, () -> one().write(ADDRESS, 5));
    assertTrue(String.valueOf(e.getMessage()).contains("abc-unix-1"));
  }
}
