package org.keywarden.broker.capability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.keywarden.policy.Right;
import org.keywarden.proto.capability.Possession;

/** What holds for every token, and for whoever shows it. */
final class TokenTest {
  @Test
  void anySingleFlippedBitIsRejected() {
    byte[] token = TokenFixture.mint(TokenFixture.CLAIMS);
    for (int bit = 0; bit < token.length * 8; bit++) {
      byte[] flipped = token.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      int at = bit;
      assertInstanceOf(
          Verification.Rejected.class,
          TokenFixture.verify(flipped, TokenFixture.CONTEXT, TokenFixture.NOW),
          () -> "bit " + at);
    }
  }

  @Test
  void anyTruncationIsRejected() {
    byte[] token = TokenFixture.mint(TokenFixture.CLAIMS);
    for (int length = 0; length < token.length; length++) {
      assertInstanceOf(
          Verification.Rejected.class,
          TokenFixture.verify(
              java.util.Arrays.copyOf(token, length), TokenFixture.CONTEXT, TokenFixture.NOW));
    }
  }

  @Test
  void signedNoiseInPlaceOfClaimsIsRejectedWithoutAnException() {
    Random random = new Random(20261123);
    byte[] claims = ClaimsCodec.encode(TokenFixture.CLAIMS);
    for (int round = 0; round < 5000; round++) {
      byte[] noise = claims.clone();
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        noise[random.nextInt(noise.length)] = (byte) random.nextInt(256);
      }
      switch (ClaimsCodec.decode(noise)) {
        case ClaimsCodec.Decoding.Refused refused ->
            assertTrue(refused.reason().name().startsWith("CLAIMS_"));
        case ClaimsCodec.Decoding.Decoded(Claims decoded) ->
            org.junit.jupiter.api.Assertions.assertArrayEquals(noise, ClaimsCodec.encode(decoded));
      }
    }
  }

  @Test
  void theLargestClaimsFitAndMoreBytesAreNoToken() {
    Claims c = TokenFixture.CLAIMS;
    String wide = "\uD83D\uDE00";
    long max = Long.MAX_VALUE;
    Claims largest =
        new Claims(
            c.id(),
            Optional.of(new TokenId(max, max)),
            max,
            max,
            wide.repeat(64),
            max,
            max,
            wide.repeat(256),
            EnumSet.allOf(Right.class),
            max,
            max - 1,
            max,
            c.holder(),
            c.policy());
    byte[] token = TokenFixture.mint(largest);
    assertInstanceOf(
        Verification.Verified.class, TokenFixture.verify(token, TokenFixture.CONTEXT, max - 1));
    assertTrue(UnverifiedToken.of(new byte[UnverifiedToken.MAX_BYTES]).isPresent());
    assertTrue(UnverifiedToken.of(new byte[UnverifiedToken.MAX_BYTES + 1]).isEmpty());
  }

  @Test
  void valuesDoNotShareArrays() {
    byte[] bytes = TokenFixture.repeated(7);
    Digest digest = Digest.of(bytes);
    bytes[0] = 0;
    digest.bytes()[1] = 0;
    assertEquals(Digest.of(TokenFixture.repeated(7)), digest);
    Token token = new Mint(TokenFixture.keys()).mint(TokenFixture.CLAIMS, TokenFixture.CONTEXT);
    token.bytes()[0] = 9;
    assertEquals(1, token.bytes()[0]);
  }

  @Test
  void aTokenPrintsItsSizeOnly() {
    Token token = new Mint(TokenFixture.keys()).mint(TokenFixture.CLAIMS, TokenFixture.CONTEXT);
    assertEquals("Token[" + token.bytes().length + " bytes]", token.toString());
    assertEquals(
        "UnverifiedToken[3 bytes]",
        UnverifiedToken.of(new byte[3]).map(Object::toString).orElseThrow());
  }

  @Test
  void whatNamesThingsPrintsThem() {
    assertEquals("00000000000000ff", new KeyId(255).toString());
    assertEquals(
        "VerifiedCapability[" + TokenFixture.CLAIMS + "]",
        TestCapabilities.verified(TokenFixture.CLAIMS).toString());
  }

  @Test
  void theOuterFormIsReadVersionFirst() {
    assertEquals(new Envelope.Reading.Wrong(Rejection.MALFORMED), Envelope.read(new byte[0]));
    assertEquals(new Envelope.Reading.Wrong(Rejection.VERSION_UNKNOWN), Envelope.read(new byte[1]));
    assertEquals(
        new Envelope.Reading.Wrong(Rejection.MALFORMED),
        Envelope.read(new byte[] {Envelope.VERSION}));
  }

  @Test
  void aNonceHasThirtyTwoBytes() {
    assertThrows(IllegalArgumentException.class, () -> ConnectionNonce.of(new byte[31]));
    assertThrows(IllegalArgumentException.class, () -> ConnectionNonce.of(new byte[33]));
  }

  @Test
  void possessionIsProvenForOneNonceOneTokenOnePurpose() {
    byte[] raw = StrictEd25519.publicKeyOf(TokenFixture.HOLDER_SEED);
    HolderKey holder = HolderKey.parse(raw).orElseThrow();
    ConnectionNonce nonce = TokenFixture.CONTEXT.nonce();
    byte[] bytes = TokenFixture.mint(TokenFixture.CLAIMS);
    UnverifiedToken token = UnverifiedToken.of(bytes).orElseThrow();
    UnverifiedToken other = UnverifiedToken.of(new byte[1]).orElseThrow();
    byte[] shown =
        StrictEd25519.sign(
            TokenFixture.HOLDER_SEED, raw, Possession.toPresent(nonce.bytes(), bytes));
    byte[] registered =
        StrictEd25519.sign(
            TokenFixture.HOLDER_SEED, raw, Possession.toRegister(nonce.bytes(), raw));
    assertTrue(PossessionProof.verify(holder, nonce, token, shown));
    assertTrue(PossessionProof.verifyRegistration(holder, nonce, registered));
    assertFalse(PossessionProof.verify(holder, nonce, token, registered));
    assertFalse(PossessionProof.verifyRegistration(holder, nonce, shown));
    assertFalse(PossessionProof.verify(holder, nonce, other, shown));
    assertFalse(PossessionProof.verify(holder, new ConnectionNonce(0, 0, 0, 0), token, shown));
    assertFalse(PossessionProof.verify(holder, nonce, token, new byte[0]));
    assertTrue(TestCapabilities.verified(TokenFixture.CLAIMS).isHeldBy(holder));
    HolderKey stranger =
        HolderKey.parse(StrictEd25519.publicKeyOf(TokenFixture.SEED)).orElseThrow();
    assertFalse(TestCapabilities.verified(TokenFixture.CLAIMS).isHeldBy(stranger));
  }

  @Test
  void weakHolderKeysAreRefused() {
    byte[] neutral = new byte[32];
    neutral[0] = 1;
    assertTrue(HolderKey.parse(neutral).isEmpty());
    assertTrue(HolderKey.parse(new byte[32]).isEmpty());
    assertTrue(HolderKey.parse(new byte[31]).isEmpty());
    assertTrue(HolderKey.parse(TokenFixture.repeated(0xff)).isEmpty());
  }
}
