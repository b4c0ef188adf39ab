package org.keywarden.proto.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keywarden.proto.plugin.v1.Manifest;
import org.keywarden.proto.policy.v1.Policy;

/** Files made to harm the reader. */
final class HostileYamlTest {
  @Test
  void billionLaughs() {
    StringBuilder source = new StringBuilder("a: &a [lol, lol]\n");
    for (char c = 'b'; c < 'z'; c++) {
      String previous = "*" + (char) (c - 1);
      source.append(c).append(": &").append(c).append(" [").append(previous);
      source.append(", ").append(previous).append("]\n");
    }
    refused(source.toString(), "f:1:4: anchors");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: *a                         | f:1:7: aliases",
        "&a name: x                       | f:1:1: anchors",
        "name: !!str x                    | f:1:7: tags",
        "name: !!javax.script.ScriptEngineManager [] | f:1:7: tags",
        "--- !x {}                        | f:1:5: tags",
        "name: a~---~name: b              | f:2:1: a second document",
        "name: 'a                         | not YAML",
        "name: a: b                       | f:1:8: not YAML",
        "name: [a                         | f:2:1: not YAML",
        "name: @x                         | not YAML",
      })
  void whatPlainYamlDoesNotNeed(String source, String message) {
    refused(source.replace('~', '\n') + "\n", message);
  }

  @Test
  void tabs() {
    refused("rules:\n\t- name: a\n", "f:2:1: a tab; indent with spaces");
  }

  @Test
  void deepNesting() {
    assertTimeout(
        Duration.ofSeconds(5),
        () -> {
          refused("rights: " + "[".repeat(100_000), "f:1:24: nested deeper than 16 levels");
          refused("{a: ".repeat(50_000), "nested deeper than 16 levels");
          refused("- ".repeat(100_000), "nested deeper than 16 levels");
          refused("? ".repeat(100_000), "nested deeper than 16 levels");
        });
  }

  @Test
  void giantScalarsAreNotRepeatedInMessages() {
    String giant = "x".repeat(200_000);
    refused("name: " + giant + "\n", "name: ");
    refused("rights: [" + giant + "]\n", "cannot be \"xxx");
    // A key this long is no simple key to YAML.
    refused(giant + ": x\n", "f:1:");
  }

  @Test
  void manyProblemsAreCut() {
    String source = "x: 1\n".repeat(20_000);
    InvalidYaml refused =
        assertTimeout(
            Duration.ofSeconds(5),
            () ->
                assertThrows(
                    InvalidYaml.class,
                    () -> YamlMessages.read(source, "f", Manifest.newBuilder())));
    assertEquals(100, refused.problems().size());
  }

  @Test
  void theSizeLimitIsInBytes() throws InvalidYaml {
    String valid = "version: 1\nrules: [{name: a, route: guard}]\n#";
    String atLimit = valid + "x".repeat(YamlMessages.MAX_BYTES - valid.length());
    YamlMessages.read(atLimit, "f", Policy.newBuilder());
    YamlMessages.read(atLimit.getBytes(UTF_8), "f", Policy.newBuilder());
    refused(atLimit + "x", "larger than 256 KiB");
    refused(valid + "\u00e9".repeat(YamlMessages.MAX_BYTES / 2), "larger than 256 KiB");
  }

  @ParameterizedTest
  @ValueSource(ints = {0xFF, 0xC0, 0x80, 0xF8})
  void bytesThatAreNotUtf8(int bad) {
    byte[] source = "id: a\nname: xyz\n".getBytes(UTF_8);
    source[14] = (byte) bad;
    InvalidYaml refused =
        assertThrows(
            InvalidYaml.class, () -> YamlMessages.read(source, "f", Manifest.newBuilder()));
    assertEquals("f:2:9: not UTF-8; save the file as UTF-8", refused.getMessage());
  }

  @Test
  void aTextThatEndsWithinACharacter() {
    byte[] source = {'i', 'd', ':', ' ', (byte) 0xE3, (byte) 0x81};
    assertEquals(
        "f:1:5: not UTF-8; save the file as UTF-8",
        assertThrows(InvalidYaml.class, () -> YamlMessages.read(source, "f", Manifest.newBuilder()))
            .getMessage());
  }

  @Test
  void controlCharacters() {
    refused("name: a\u0007b\n", "f:1:8: the character U+0007 is not allowed; remove it");
    refused("name: \uD800\n", "f:1:7: ");
  }

  @Test
  void anyTextIsReadOrRefused() {
    String alphabet = "ab:-[]{},&*!|>'\"%@`#?~ \n\n  \t0.rulesnamewhen\u00e9\ud83d\ude00";
    int[] letters = alphabet.codePoints().toArray();
    long seed = 20_260_101;
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(60); length > 0; length--) {
        text.appendCodePoint(letters[random.nextInt(letters.length)]);
      }
      String source = text.toString();
      try {
        YamlMessages.read(source, "f", Policy.newBuilder());
      } catch (InvalidYaml e) {
        assertTrue(!e.problems().isEmpty());
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", text " + i + ": " + source, e);
      }
    }
  }

  private static void refused(String source, String message) {
    InvalidYaml refused =
        assertThrows(
            InvalidYaml.class, () -> YamlMessages.read(source, "f", Manifest.newBuilder()));
    String told = String.valueOf(refused.getMessage());
    assertTrue(told.contains(message), () -> message + " is not in\n" + told);
    assertTrue(told.length() < 20_000, "the message is as large as the file");
  }
}
