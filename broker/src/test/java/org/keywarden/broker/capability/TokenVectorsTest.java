package org.keywarden.broker.capability;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** The committed vectors of the token format. */
final class TokenVectorsTest {
  private static final String FILE = "token/v1.json";

  @Test
  void theFileIsWhatItsGeneratorMakes() {
    assertEquals(Vectors.text(FILE), TokenVectors.json());
  }

  @Test
  void validTokensVerifyAndAreMintedAlike() {
    for (JsonElement element : Vectors.read(FILE).getAsJsonObject().getAsJsonArray("valid")) {
      JsonObject vector = element.getAsJsonObject();
      Verification.Verified verified =
          assertInstanceOf(Verification.Verified.class, verify(vector), () -> name(vector));
      Claims claims = verified.capability().claims();
      assertEquals(vector.get("means").getAsString(), claims.toString());
      assertArrayEquals(
          Vectors.hex(vector.get("claims").getAsString()),
          ClaimsCodec.encode(claims),
          name(vector));
      assertArrayEquals(
          Vectors.hex(vector.get("token").getAsString()), TokenFixture.mint(claims), name(vector));
    }
  }

  @Test
  void mutatedTokensAreRejectedForTheRightReasonAndEveryReasonOccurs() {
    EnumSet<Rejection> seen = EnumSet.noneOf(Rejection.class);
    for (JsonElement element : Vectors.read(FILE).getAsJsonObject().getAsJsonArray("rejected")) {
      JsonObject vector = element.getAsJsonObject();
      Rejection expected = Rejection.valueOf(vector.get("rejection").getAsString());
      assertEquals(new Verification.Rejected(expected), verify(vector), () -> name(vector));
      seen.add(expected);
    }
    assertEquals(EnumSet.allOf(Rejection.class), seen);
  }

  private static Verification verify(JsonObject vector) {
    JsonObject where = vector.getAsJsonObject("context");
    ImplicitContext context =
        new ImplicitContext(
            where.get("socketPath").getAsString(),
            where.get("pid").getAsLong(),
            where.get("processStartTime").getAsLong(),
            where.get("pidNamespace").getAsLong(),
            where.get("bootId").getAsString(),
            ConnectionNonce.of(Vectors.hex(where.get("nonce").getAsString())));
    return TokenFixture.verify(
        Vectors.hex(vector.get("token").getAsString()), context, vector.get("now").getAsLong());
  }

  private static String name(JsonObject vector) {
    return vector.get("name").getAsString();
  }
}
