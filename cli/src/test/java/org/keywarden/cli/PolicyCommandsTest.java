package org.keywarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies examined without a broker. */
final class PolicyCommandsTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file =
        Files.writeString(
            directory.resolve("policy.yaml"),
            """
            version: 1
            rules:
              - name: urls
                when: field.purpose == "url"
                route: direct
              - name: rest
                route: compose
                rights: [receive_keys]
                lifetime_seconds: 5
                learning: false
            """);
  }

  @Test
  void aGoodPolicyPasses() {
    assertEquals(0, Outcome.of("policy", "check").exitCode());
    Outcome done = Outcome.of("policy", "check", file.toString());
    assertEquals(0, done.exitCode(), done.err());
    assertTrue(done.out().contains(file + " can be used"), done.out());
  }

  @Test
  void aBadPolicyExitsWith78AndSaysWhere() throws IOException {
    Files.writeString(file, Files.readString(file).replace("field.purpose ==", "field.purpose =!"));
    Outcome done = Outcome.of("policy", "check", file.toString());
    assertEquals(78, done.exitCode());
    assertTrue(done.err().contains("policy.yaml:"), done.err());
  }

  @Test
  void aMissingPolicyExitsWith66() {
    assertEquals(66, Outcome.of("policy", "check", directory + "/none").exitCode());
  }

  @Test
  void explainNamesTheRule() {
    assertTrue(
        Outcome.of("policy", "explain", "--purpose", "URL", file.toString())
            .out()
            .startsWith("direct, decided by rule urls\n"));
    Outcome rest = Outcome.of("policy", "explain", "--json", file.toString());
    assertTrue(
        rest.out()
            .startsWith(
                "{\"route\":\"compose\",\"rule\":\"rest\",\"rights\":[\"receive_keys\"],"
                    + "\"lifetimeSeconds\":5,\"learning\":false,"),
        rest.out());
  }

  @Test
  void anUnknownPurposeIsNamedWithThoseThereAre() {
    Outcome done = Outcome.of("policy", "explain", "--purpose", "secret", file.toString());
    assertEquals(64, done.exitCode());
    assertTrue(done.err().contains("free_form"), done.err());
  }

  @ParameterizedTest
  @CsvSource({"--purpose,password", "--purpose,pin", "--hint,sensitive", "--hint,hidden_text"})
  void aSecretFieldIsGuardedWhateverARuleSays(String option, String value) {
    Outcome text = Outcome.of("policy", "explain", option, value, file.toString());
    assertEquals(0, text.exitCode(), text.err());
    assertTrue(
        text.out().startsWith("guard, decided by rule secret-field\nthe trusted keyboard"),
        text.out());
    Outcome json = Outcome.of("policy", "explain", "--json", option, value, file.toString());
    JsonObject found = JsonParser.parseString(json.out()).getAsJsonObject();
    assertEquals("guard", found.get("route").getAsString());
    assertFalse(found.has("rights"), json.out());
    for (JsonElement rule : found.getAsJsonArray("rules")) {
      JsonObject verdict = rule.getAsJsonObject();
      assertEquals(
          verdict.get("rule").getAsString().equals("secret-field"),
          verdict.get("decides").getAsBoolean(),
          json.out());
    }
  }
}
