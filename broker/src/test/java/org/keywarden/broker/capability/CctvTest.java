package org.keywarden.broker.capability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * C2SP CCTV's Ed25519 vectors: valid under some reading of RFC 8032, so each verifier must say
 * which it accepts.
 */
final class CctvTest {
  @Test
  void exactlyTheCommittedSetIsAccepted() {
    JsonArray vectors = Vectors.read("cctv/ed25519vectors.json").getAsJsonArray();
    assertEquals(914, vectors.size());
    List<Integer> accepted = new ArrayList<>();
    for (JsonElement element : vectors) {
      JsonObject vector = element.getAsJsonObject();
      if (accepts(vector)) {
        accepted.add(vector.get("number").getAsInt());
      }
    }
    List<Integer> committed = new ArrayList<>();
    Vectors.read("cctv/accepted.json")
        .getAsJsonObject()
        .getAsJsonArray("accepted")
        .forEach(number -> committed.add(number.getAsInt()));
    assertEquals(committed, accepted);
  }

  private static boolean accepts(JsonObject vector) {
    return StrictEd25519.publicKey(Vectors.hex(vector.get("key").getAsString()))
        .filter(
            key ->
                StrictEd25519.verify(
                    key,
                    vector.get("msg").getAsString().getBytes(UTF_8),
                    Vectors.hex(vector.get("sig").getAsString())))
        .isPresent();
  }
}
