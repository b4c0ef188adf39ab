package org.keywarden.sample.romaji;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keywarden.proto.input.v1.Right;
import org.keywarden.proto.plugin.v1.Manifest;
import org.keywarden.proto.yaml.YamlMessages;

final class ManifestTest {
  private static final Path FILE =
      Path.of(System.getProperty("basedir", "."), "plugin", "manifest.yaml");

  @Test
  void isValidAndNamesThisProgram() throws Exception {
    Manifest.Builder manifest = Manifest.newBuilder();
    YamlMessages.read(Files.readString(FILE), FILE.toString(), manifest);
    assertEquals("org.keywarden.romaji", manifest.getId());
    assertEquals("${java}", manifest.getExec(0));
    assertEquals(Main.class.getName(), manifest.getExecList().getLast());
    assertEquals(List.of("ja"), manifest.getLanguagesList());
    assertEquals(
        List.of(
            Right.RIGHT_RECEIVE_KEYS,
            Right.RIGHT_SET_PREEDIT,
            Right.RIGHT_COMMIT_TEXT,
            Right.RIGHT_SHOW_CANDIDATES),
        manifest.getRightsList());
  }

  /** {@code keywarden demo} puts the diary's variable in front of this line. */
  @Test
  void javaStandsOnALineOfItsOwn() throws Exception {
    assertTrue(Files.readAllLines(FILE).contains("  - \"${java}\""));
  }
}
