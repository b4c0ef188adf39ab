package org.keywarden.broker.capability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.keywarden.proto.capability.Framing;

/**
 * PASETO's v4.public vectors: the framing is theirs, so their signatures must come out, and hold,
 * over it.
 */
final class PasetoTest {
  private static final String HEADER = "v4.public.";

  @Test
  void publicVectorsSignAndVerifyOverTheFraming() {
    int signed = 0;
    for (JsonObject test : tests("4-S-")) {
      assertFalse(test.get("expect-fail").getAsBoolean());
      byte[] publicKey = Vectors.hex(test.get("public-key").getAsString());
      byte[] seed = Vectors.hex(test.get("secret-key-seed").getAsString());
      byte[] payload = test.get("payload").getAsString().getBytes(UTF_8);
      byte[] message = framed(test, payload);
      byte[] body = body(test);
      byte[] signature = Arrays.copyOfRange(body, body.length - 64, body.length);
      assertArrayEquals(payload, Arrays.copyOf(body, body.length - 64));
      assertArrayEquals(publicKey, StrictEd25519.publicKeyOf(seed));
      assertArrayEquals(signature, StrictEd25519.sign(seed, publicKey, message));
      StrictEd25519.PublicKey key = StrictEd25519.publicKey(publicKey).orElseThrow();
      assertTrue(StrictEd25519.verify(key, message, signature));
      byte[] otherContext =
          Framing.frame(HEADER.getBytes(UTF_8), payload, text(test, "footer"), new byte[] {1});
      assertFalse(StrictEd25519.verify(key, otherContext, signature));
      signed++;
    }
    assertEquals(3, signed);
  }

  @Test
  void failingVectorsFail() {
    byte[] someKey =
        Vectors.hex("1eb9dbbbbc047c03fd70604e0071f0987e16b28b757225c11f00415d0e20b1a2");
    int failed = 0;
    for (JsonObject test : tests("4-F-")) {
      assertTrue(test.get("expect-fail").getAsBoolean());
      assertFalse(acceptsAsPublic(test, someKey), test.get("name").getAsString());
      failed++;
    }
    assertEquals(5, failed);
  }

  /** A token of another purpose or version is refused by its header, all else by its signature. */
  private static boolean acceptsAsPublic(JsonObject test, byte[] someKey) {
    if (!test.get("token").getAsString().startsWith(HEADER)) {
      return false;
    }
    byte[] body = body(test);
    byte[] payload = Arrays.copyOf(body, body.length - 64);
    byte[] signature = Arrays.copyOfRange(body, body.length - 64, body.length);
    StrictEd25519.PublicKey key = StrictEd25519.publicKey(someKey).orElseThrow();
    return StrictEd25519.verify(key, framed(test, payload), signature);
  }

  private static Iterable<JsonObject> tests(String prefix) {
    return () ->
        Vectors.read("paseto/v4.json").getAsJsonObject().getAsJsonArray("tests").asList().stream()
            .map(JsonElement::getAsJsonObject)
            .filter(test -> test.get("name").getAsString().startsWith(prefix))
            .iterator();
  }

  private static byte[] framed(JsonObject test, byte[] payload) {
    return Framing.frame(
        HEADER.getBytes(UTF_8), payload, text(test, "footer"), text(test, "implicit-assertion"));
  }

  private static byte[] body(JsonObject test) {
    String token = test.get("token").getAsString().substring(HEADER.length());
    int dot = token.indexOf('.');
    return Base64.getUrlDecoder().decode(dot < 0 ? token : token.substring(0, dot));
  }

  private static byte[] text(JsonObject test, String name) {
    return test.get(name).getAsString().getBytes(UTF_8);
  }
}
