package org.keywarden.broker.capability;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/** The self test passes, and each of its steps can fail. */
final class WarmupTest {
  private static final Warmup.Answers RIGHT = Warmup.KNOWN;
  private final SecureRandom random = new SecureRandom();

  @Test
  void itPasses() {
    Warmup.run(1, random);
    Warmup.run(2, random);
  }

  @Test
  void itHasAtLeastOneRound() {
    assertThrows(IllegalArgumentException.class, () -> Warmup.run(0, random));
  }

  @Test
  void aKeyThatIsNoneFailsIt() {
    fails("public key check", RIGHT.seed(), new byte[32], RIGHT.signature(), RIGHT.forged(), 0);
  }

  @Test
  void aSeedOfAnotherKeyFailsIt() {
    fails(
        "public key of a seed",
        TokenFixture.SEED,
        RIGHT.publicKey(),
        RIGHT.signature(),
        RIGHT.forged(),
        0);
  }

  @Test
  void anotherSignatureFailsIt() {
    fails("signing", RIGHT.seed(), RIGHT.publicKey(), RIGHT.forged(), RIGHT.forged(), 0);
  }

  @Test
  void aForgedSignatureThatHoldsFailsIt() {
    fails(
        "rejecting a forged signature",
        RIGHT.seed(),
        RIGHT.publicKey(),
        RIGHT.signature(),
        RIGHT.signature(),
        0);
  }

  @Test
  void aTokenThatDoesNotHoldFailsIt() {
    fails(
        "verifying a token just minted",
        RIGHT.seed(),
        RIGHT.publicKey(),
        RIGHT.signature(),
        RIGHT.forged(),
        1);
  }

  private void fails(
      String step, byte[] seed, byte[] publicKey, byte[] signature, byte[] forged, long shownAt) {
    Warmup.Answers answers =
        new Warmup.Answers(seed, publicKey, RIGHT.message(), signature, forged, shownAt);
    IllegalStateException failure =
        assertThrows(IllegalStateException.class, () -> Warmup.run(1, random, answers));
    assertTrue(String.valueOf(failure.getMessage()).contains(" at: " + step + ";"));
  }
}
