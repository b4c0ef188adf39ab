package org.keywarden.broker.capability;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import org.keywarden.policy.Right;

/** Fixed keys, claims and context that tokens of these tests are made of. */
final class TokenFixture {
  static final long NOW = 5_000_000_000L;
  static final byte[] SEED =
      HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
  static final byte[] HOLDER_SEED =
      HexFormat.of().parseHex("202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f");
  static final ImplicitContext CONTEXT =
      new ImplicitContext(
          "/run/user/1000/keywarden/plugin/7.sock",
          4242,
          987_654,
          4_026_532_001L,
          "3f2c1a70-5b1e-4f0c-9a55-0d6f0f3b9d21",
          ConnectionNonce.of(repeated(0x4e)));
  static final Claims CLAIMS =
      new Claims(
          TokenId.of(HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f")),
          Optional.empty(),
          17,
          7,
          "seat0",
          3,
          41,
          "org.example.Editor",
          EnumSet.of(Right.RECEIVE_KEYS, Right.SET_PREEDIT, Right.COMMIT_TEXT),
          1009,
          4_000_000_000L,
          14_000_000_000L,
          Digest.sha256(StrictEd25519.publicKeyOf(HOLDER_SEED)),
          Digest.sha256(new byte[0]));

  private TokenFixture() {}

  /** Keys of which the first is the one of {@link #SEED}. */
  static SigningKeys keys() {
    return new SigningKeys(new Fixed(SEED), (id, publicKey) -> {});
  }

  static byte[] mint(Claims claims) {
    return new Mint(keys()).mint(claims, CONTEXT).bytes();
  }

  /** A token whose signature holds over claims that {@link ClaimsCodec} would not have made. */
  static byte[] sealed(byte[] claims) {
    return keys()
        .seal(
            0,
            (id, signer) -> {
              byte[] signedPart = Envelope.signedPart(id, claims);
              byte[] signature = signer.sign(Envelope.message(signedPart, CONTEXT));
              return ByteBuffer.allocate(signedPart.length + signature.length)
                  .put(signedPart)
                  .put(signature)
                  .array();
            });
  }

  static Verification verify(byte[] token, ImplicitContext context, long now) {
    return new Verifier(keys()).verify(UnverifiedToken.of(token).orElseThrow(), context, now);
  }

  static byte[] repeated(int value) {
    byte[] bytes = new byte[32];
    java.util.Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  /** Gives its bytes first, then counts. */
  static final class Fixed extends SecureRandom {
    private final byte[] first;
    private int calls;

    Fixed(byte[] first) {
      this.first = first.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(first, 0, bytes, 0, bytes.length);
      bytes[0] += (byte) calls++;
    }
  }
}
