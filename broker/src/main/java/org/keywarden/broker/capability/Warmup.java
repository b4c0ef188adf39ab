package org.keywarden.broker.capability;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import org.keywarden.policy.Right;

/**
 * Known-answer test of the signature code, repeated until the JIT compiler has seen it: the first
 * signatures of a JVM take milliseconds. The broker runs it at start and does not start if it
 * throws.
 */
public final class Warmup {
  /**
   * What is asked and what has to come of it.
   *
   * @param forged a signature that does not hold
   * @param shownAt when a token that holds at 0 only is verified
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Answers(
      byte[] seed,
      byte[] publicKey,
      byte[] message,
      byte[] signature,
      byte[] forged,
      long shownAt) {}

  /** RFC 8032, section 7.1, test 3; the forged signature differs in one bit. */
  static final Answers KNOWN =
      new Answers(
          hex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7"),
          hex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"),
          hex("af82"),
          hex(
              "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                  + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
          hex(
              "6391d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                  + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
          0);

  private Warmup() {}

  /**
   * Signs, verifies, mints and verifies a token, this many times, with keys of its own.
   *
   * @param rounds at least 1
   * @throws IllegalStateException if an answer is not the known one
   */
  public static void run(int rounds, SecureRandom random) {
    run(rounds, random, KNOWN);
  }

  static void run(int rounds, SecureRandom random, Answers known) {
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds is " + rounds + ", expected at least 1");
    }
    SigningKeys keys = new SigningKeys(random, (id, publicKey) -> {});
    ImplicitContext context =
        new ImplicitContext("/warmup", 1, 1, 1, "", ConnectionNonce.random(random));
    for (int round = 0; round < rounds; round++) {
      knownAnswers(known);
      roundTrip(keys, context, TokenId.random(random), known.shownAt());
    }
  }

  private static void knownAnswers(Answers known) {
    byte[] publicKey = known.publicKey();
    byte[] message = known.message();
    StrictEd25519.PublicKey key =
        StrictEd25519.publicKey(publicKey).orElseThrow(() -> failed("public key check"));
    expect(
        Arrays.equals(StrictEd25519.publicKeyOf(known.seed()), publicKey), "public key of a seed");
    expect(
        Arrays.equals(StrictEd25519.sign(known.seed(), publicKey, message), known.signature()),
        "signing");
    expect(StrictEd25519.verify(key, message, known.signature()), "verifying a signature");
    expect(!StrictEd25519.verify(key, message, known.forged()), "rejecting a forged signature");
  }

  private static void roundTrip(
      SigningKeys keys, ImplicitContext context, TokenId id, long shownAt) {
    Digest digest = Digest.of(KNOWN.publicKey());
    Claims claims =
        new Claims(
            id,
            Optional.empty(),
            1,
            1,
            "warmup",
            1,
            1,
            "warmup",
            EnumSet.allOf(Right.class),
            1,
            0,
            1,
            digest,
            digest);
    Optional<Verification> verification =
        UnverifiedToken.of(new Mint(keys).mint(claims, context).bytes())
            .map(token -> new Verifier(keys).verify(token, context, shownAt));
    expect(
        verification.isPresent()
            && verification.get() instanceof Verification.Verified(VerifiedCapability capability)
            && capability.claims().equals(claims),
        "verifying a token just minted");
  }

  private static void expect(boolean holds, String step) {
    if (!holds) {
      throw failed(step);
    }
  }

  private static IllegalStateException failed(String step) {
    return new IllegalStateException(
        "self test of Ed25519 failed at: "
            + step
            + "; do not use this Java runtime or Bouncy Castle build");
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
