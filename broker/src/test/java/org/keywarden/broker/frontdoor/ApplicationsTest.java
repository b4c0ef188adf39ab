package org.keywarden.broker.frontdoor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApplicationsTest {
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("allowed-applications");
  }

  @Test
  void whatIsAllowedIsKeptForTheOwnerOnly() throws IOException {
    Applications.read(directory).allow("/usr/bin/game", true);
    assertTrue(Applications.read(directory).isAllowed("/usr/bin/game"));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    Applications.read(directory).allow("/usr/bin/game", false);
    assertFalse(Applications.read(directory).isAllowed("/usr/bin/game"));
    assertEquals(List.of("allowed-applications"), List.of(directory.toFile().list()));
  }

  @Test
  void whatInputMethodsAreKeptOutOfIsKeptToo() throws IOException {
    Applications.read(directory).keepOut("/usr/bin/game", true);
    assertTrue(Applications.read(directory).isKeptOut("/usr/bin/game (deleted)"));
    assertFalse(Applications.read(directory).isAllowed("/usr/bin/game"));
    Applications.read(directory).keepOut("/usr/bin/game", false);
    assertFalse(Applications.read(directory).isKeptOut("/usr/bin/game"));
  }

  @Test
  void aProgramReplacedByAnUpdateIsTheSameProgram() throws IOException {
    Applications applications = Applications.read(directory);
    applications.allow("/usr/bin/game", true);
    assertTrue(applications.isAllowed("/usr/bin/game (deleted)"));
    assertFalse(applications.isAllowed("/usr/bin/games"));
    assertFalse(applications.isAllowed(""));
  }

  @Test
  void whatCannotBeKeptHoldsUntilTheEndAndIsSaid() throws IOException {
    Applications applications = Applications.read(directory.resolve("gone"));
    IOException why =
        assertThrows(IOException.class, () -> applications.allow("/usr/bin/game", true));
    assertTrue(String.valueOf(why.getMessage()).contains("only until the broker ends"));
    assertTrue(applications.isAllowed("/usr/bin/game"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "game", "/a\u0000b", "/a\u009bb"})
  void onlyPathsAreTaken(String path) throws IOException {
    Applications applications = Applications.read(directory);
    assertThrows(IllegalArgumentException.class, () -> applications.allow(path, true));
  }

  @Test
  void aDamagedFileIsRefusedWithItsLine() throws IOException {
    Files.writeString(file, "/usr/bin/game\nrelative\n");
    IOException why = assertThrows(IOException.class, () -> Applications.read(directory));
    assertTrue(String.valueOf(why.getMessage()).contains(file + ":2: "), why.getMessage());
  }

  @Test
  void onlySoManyAreRemembered() throws IOException {
    Applications applications = Applications.read(directory);
    for (int i = 0; i < 300; i++) {
      applications.saw("app" + i, "/bin/app", true);
    }
    assertEquals(256, applications.seen().size());
    assertTrue(applications.seen().containsKey(new Applications.Seen("app299", "/bin/app")));
  }
}
