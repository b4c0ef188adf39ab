package org.keywarden.broker.seat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keywarden.broker.capability.Digest;
import org.keywarden.policy.Right;

/**
 * The gate by itself: the seat closes grants in time, so only here is each of its conditions alone.
 */
final class GateTest {
  private static final long EPOCH = 7;
  private static final long EXPIRY = 1_000;

  private static Grant grant(Grant.Stage stage) {
    Grant grant =
        new Grant(
            1,
            null,
            new PluginInstance(1),
            "app",
            1,
            EPOCH,
            Set.of(Right.COMMIT_TEXT),
            true,
            EXPIRY,
            Digest.sha256(new byte[0]),
            0,
            stage);
    grant.expiresAt = EXPIRY;
    return grant;
  }

  @Test
  void aLiveGrantWithTheRightPasses() {
    assertNull(Gate.refusal(grant(new Grant.Stage.Live()), Right.COMMIT_TEXT, EPOCH, EXPIRY - 1));
  }

  @Test
  void nothingPassesWithoutAGrant() {
    assertEquals(Refusal.NOT_LIVE, Gate.refusal(null, Right.COMMIT_TEXT, EPOCH, 0));
  }

  @Test
  void anotherEpochDoesNotPass() {
    assertEquals(
        Refusal.NOT_LIVE,
        Gate.refusal(grant(new Grant.Stage.Live()), Right.COMMIT_TEXT, EPOCH + 1, 0));
  }

  @Test
  void theEndIsNotWithinTheLife() {
    assertEquals(
        Refusal.NOT_LIVE,
        Gate.refusal(grant(new Grant.Stage.Live()), Right.COMMIT_TEXT, EPOCH, EXPIRY));
  }

  @Test
  void anOfferedGrantDoesNotPass() {
    assertEquals(
        Refusal.NOT_LIVE,
        Gate.refusal(grant(new Grant.Stage.Offered(EXPIRY)), Right.COMMIT_TEXT, EPOCH, 0));
    assertEquals(
        Refusal.NOT_LIVE,
        Gate.refusal(grant(new Grant.Stage.Recording(EXPIRY)), Right.COMMIT_TEXT, EPOCH, 0));
  }

  @Test
  void aRightNotHeldDoesNotPass() {
    assertEquals(
        Refusal.RIGHT_NOT_HELD,
        Gate.refusal(grant(new Grant.Stage.Live()), Right.RECEIVE_KEYS, EPOCH, 0));
  }
}
