package org.keywarden.broker.seat;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keywarden.broker.capability.Digest;
import org.keywarden.policy.Right;

/** What is narrower; that the child then is its parent's is judged by {@link SeatOracle}. */
final class DerivationTest {
  private static final Digest HOLDER = Digest.sha256(new byte[] {1});
  private static final Digest HELPER = Digest.sha256(new byte[] {2});
  private static final Set<Right> COMMIT = EnumSet.of(Right.COMMIT_TEXT);
  private static final Grant PARENT =
      new Grant(
          1,
          null,
          new PluginInstance(1),
          "app",
          1,
          1,
          EnumSet.of(
              Right.RECEIVE_KEYS, Right.RECEIVE_RELEASES, Right.COMMIT_TEXT, Right.SET_PREEDIT),
          true,
          10,
          HOLDER,
          0,
          new Grant.Stage.Live());

  private static boolean narrows(Set<Right> rights, long lifetime, Digest holder) {
    return Derivation.narrows(
        PARENT, new SeatEvent.DerivationAsked(1, 1, rights, lifetime, holder));
  }

  @Test
  void fewerRightsOfAnotherHolderAre() {
    assertTrue(narrows(COMMIT, 1, HELPER));
    assertTrue(narrows(EnumSet.of(Right.COMMIT_TEXT, Right.SET_PREEDIT), 1, HELPER));
  }

  @Test
  void keysNoRightsForeignRightsAndNoTimeAreNot() {
    assertFalse(narrows(EnumSet.of(Right.RECEIVE_KEYS), 1, HELPER));
    assertFalse(narrows(EnumSet.of(Right.RECEIVE_RELEASES), 1, HELPER));
    assertFalse(narrows(Set.of(), 1, HELPER));
    assertFalse(narrows(EnumSet.of(Right.COMMIT_TEXT, Right.FORWARD_KEY), 1, HELPER));
    assertFalse(narrows(COMMIT, 0, HELPER));
    assertFalse(narrows(COMMIT, -1, HELPER));
  }

  @Test
  void theParentsOwnHolderIsNot() {
    assertFalse(narrows(COMMIT, 1, HOLDER));
  }
}
