package org.keywarden.broker.capability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.keywarden.policy.Right;

/** What can be claimed at all, at the edge of each range. */
final class ClaimsTest {
  private static final Digest DIGEST = Digest.sha256(new byte[0]);
  private static final TokenId ID = new TokenId(1, 2);

  @Test
  void theSmallestNumbersCanBeClaimed() {
    assertEquals(1, numbers(1, 0, 0, 0, 0).grant());
    assertEquals(1, texts("", "", 0, 1).expiresAt());
  }

  @Test
  void smallerNumbersCannot() {
    assertThrows(IllegalArgumentException.class, () -> numbers(0, 0, 0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> numbers(1, -1, 0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> numbers(1, 0, -1, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> numbers(1, 0, 0, -1, 0));
    assertThrows(IllegalArgumentException.class, () -> numbers(1, 0, 0, 0, -1));
  }

  @Test
  void timesAreNotNegativeAndInOrder() {
    assertThrows(IllegalArgumentException.class, () -> texts("", "", -1, 5));
    assertThrows(IllegalArgumentException.class, () -> texts("", "", 5, 5));
  }

  @Test
  void textsAreUnicodeAndBounded() {
    assertEquals(64, texts("s".repeat(64), "a".repeat(256), 0, 1).seat().length());
    assertThrows(IllegalArgumentException.class, () -> texts("s".repeat(65), "", 0, 1));
    assertThrows(IllegalArgumentException.class, () -> texts("", "a".repeat(257), 0, 1));
    assertThrows(IllegalArgumentException.class, () -> texts("", "\uD83D", 0, 1));
    assertThrows(IllegalArgumentException.class, () -> texts("\uD83D", "", 0, 1));
  }

  private static Claims numbers(
      long grant, long instance, long focusSession, long epoch, long notBeforeSequence) {
    return new Claims(
        ID,
        Optional.empty(),
        grant,
        instance,
        "",
        focusSession,
        epoch,
        "",
        EnumSet.noneOf(Right.class),
        notBeforeSequence,
        0,
        1,
        DIGEST,
        DIGEST);
  }

  private static Claims texts(String seat, String application, long issuedAt, long expiresAt) {
    return new Claims(
        ID,
        Optional.empty(),
        1,
        0,
        seat,
        0,
        0,
        application,
        EnumSet.noneOf(Right.class),
        0,
        issuedAt,
        expiresAt,
        DIGEST,
        DIGEST);
  }
}
