package org.keywarden.broker.capability;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;

/** Project Wycheproof's Ed25519 vectors, judged as their schema eddsa_verify_schema_v1 says. */
final class WycheproofTest {
  @Test
  void everyVectorIsJudgedAsItsResultSays() {
    JsonObject file = Vectors.read("wycheproof/ed25519_test.json").getAsJsonObject();
    int judged = 0;
    for (JsonElement element : file.getAsJsonArray("testGroups")) {
      JsonObject group = element.getAsJsonObject();
      byte[] raw = Vectors.hex(group.getAsJsonObject("publicKey").get("pk").getAsString());
      StrictEd25519.PublicKey key = StrictEd25519.publicKey(raw).orElseThrow();
      for (JsonElement each : group.getAsJsonArray("tests")) {
        JsonObject test = each.getAsJsonObject();
        boolean accepted =
            StrictEd25519.verify(
                key,
                Vectors.hex(test.get("msg").getAsString()),
                Vectors.hex(test.get("sig").getAsString()));
        boolean expected =
            switch (test.get("result").getAsString()) {
              case "valid" -> true;
              case "invalid" -> false;
              default -> throw new IllegalStateException("the schema knows no other result");
            };
        assertEquals(
            expected, accepted, () -> "tcId " + test.get("tcId") + " " + test.get("comment"));
        judged++;
      }
    }
    assertEquals(151, judged);
    assertEquals(file.get("numberOfTests").getAsInt(), judged);
  }
}
