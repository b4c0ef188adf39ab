package org.keywarden.broker.capability;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SigningKeysTest {
  private final List<KeyId> announced = new ArrayList<>();
  private boolean logFails;
  private final SigningKeys keys =
      new SigningKeys(new TokenFixture.Fixed(TokenFixture.SEED), this::announce);

  @Test
  void everyKeyIsAnnouncedUnderItsIdBeforeItSigns() {
    assertEquals(List.of(signer()), announced);
    keys.rotate(0);
    assertEquals(2, announced.size());
    assertEquals(announced.get(1), signer());
    assertNotEquals(announced.get(0), announced.get(1));
  }

  @Test
  void aRetiredKeyVerifiesUntilItsLastTokenExpires() {
    byte[] token = new Mint(keys).mint(TokenFixture.CLAIMS, TokenFixture.CONTEXT).bytes();
    keys.rotate(TokenFixture.NOW);
    assertInstanceOf(Verification.Verified.class, verify(token));
    assertEquals(2, keys.size());
    keys.rotate(TokenFixture.CLAIMS.expiresAt() - 1);
    assertInstanceOf(Verification.Verified.class, verify(token));
    keys.rotate(TokenFixture.CLAIMS.expiresAt());
    assertEquals(new Verification.Rejected(Rejection.KEY_UNKNOWN), verify(token));
    assertEquals(1, keys.size());
  }

  @Test
  void aKeyThatSignedNothingIsForgottenAtOnce() {
    keys.rotate(0);
    assertEquals(1, keys.size());
  }

  @Test
  void aKeyThatCannotBeAnnouncedIsNotUsed() {
    KeyId before = signer();
    byte[] token = new Mint(keys).mint(TokenFixture.CLAIMS, TokenFixture.CONTEXT).bytes();
    logFails = true;
    assertThrows(IllegalStateException.class, () -> keys.rotate(TokenFixture.NOW));
    assertEquals(before, signer());
    assertInstanceOf(Verification.Verified.class, verify(token));
    assertEquals(
        Vectors.hex(token),
        Vectors.hex(new Mint(keys).mint(TokenFixture.CLAIMS, TokenFixture.CONTEXT).bytes()));
  }

  @Test
  void thePrivateHalfOfARetiredKeyIsErased() {
    List<byte[]> seeds = new ArrayList<>();
    SecureRandom remembering =
        new SecureRandom() {
          @Override
          public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, (byte) (seeds.size() + 1));
            seeds.add(bytes);
          }
        };
    SigningKeys ours = new SigningKeys(remembering, (id, publicKey) -> {});
    ours.rotate(0);
    assertArrayEquals(new byte[StrictEd25519.SEED_BYTES], seeds.getFirst());
    assertEquals(2, seeds.getLast()[0]);
  }

  private Verification verify(byte[] token) {
    return new Verifier(keys)
        .verify(UnverifiedToken.of(token).orElseThrow(), TokenFixture.CONTEXT, TokenFixture.NOW);
  }

  /** The key that signs now. */
  private KeyId signer() {
    byte[] token = new Mint(keys).mint(TokenFixture.CLAIMS, TokenFixture.CONTEXT).bytes();
    return new KeyId(ByteBuffer.wrap(token).getLong(1));
  }

  private void announce(KeyId id, byte[] publicKey) {
    if (logFails) {
      throw new IllegalStateException("log is full");
    }
    assertEquals(KeyId.of(publicKey), id);
    announced.add(id);
  }
}
