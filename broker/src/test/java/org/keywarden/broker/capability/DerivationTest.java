package org.keywarden.broker.capability;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keywarden.broker.capability.Derivation.Outcome;
import org.keywarden.broker.capability.Derivation.Reason;
import org.keywarden.broker.capability.Derivation.Request;
import org.keywarden.policy.Right;

final class DerivationTest {
  private static final Claims PARENT = TokenFixture.CLAIMS;
  private static final TokenId CHILD = new TokenId(5, 6);
  private static final Digest HELPER = Digest.sha256(new byte[] {1});
  private static final Set<Right> COMMIT = EnumSet.of(Right.COMMIT_TEXT);

  @Test
  void aChildIsItsParentNarrowed() {
    Claims expected =
        new Claims(
            CHILD,
            Optional.of(PARENT.id()),
            18,
            PARENT.pluginInstance(),
            PARENT.seat(),
            PARENT.focusSession(),
            PARENT.epoch(),
            PARENT.application(),
            COMMIT,
            PARENT.notBeforeSequence(),
            TokenFixture.NOW,
            PARENT.expiresAt(),
            HELPER,
            PARENT.policy());
    assertEquals(
        new Outcome.Allowed(expected),
        derive(new Request(CHILD, 18, COMMIT, PARENT.expiresAt(), HELPER)));
  }

  @Test
  void nothingWiderIsDerived() {
    long end = PARENT.expiresAt();
    refused(
        Reason.KEYS_HAVE_ONE_OWNER,
        new Request(CHILD, 18, EnumSet.of(Right.RECEIVE_KEYS), end, HELPER));
    refused(
        Reason.KEYS_HAVE_ONE_OWNER,
        new Request(CHILD, 18, EnumSet.of(Right.RECEIVE_RELEASES), end, HELPER));
    refused(
        Reason.RIGHTS_NOT_A_SUBSET,
        new Request(CHILD, 18, EnumSet.of(Right.COMMIT_TEXT, Right.FORWARD_KEY), end, HELPER));
    refused(Reason.RIGHTS_NOT_A_SUBSET, new Request(CHILD, 18, Set.of(), end, HELPER));
    refused(Reason.EXPIRY_OUT_OF_RANGE, new Request(CHILD, 18, COMMIT, end + 1, HELPER));
    refused(Reason.EXPIRY_OUT_OF_RANGE, new Request(CHILD, 18, COMMIT, TokenFixture.NOW, HELPER));
    refused(Reason.SAME_HOLDER, new Request(CHILD, 18, COMMIT, end, PARENT.holder()));
    refused(Reason.NOT_A_NEW_GRANT, new Request(PARENT.id(), 18, COMMIT, end, HELPER));
    refused(Reason.NOT_A_NEW_GRANT, new Request(CHILD, PARENT.grant(), COMMIT, end, HELPER));
  }

  private static void refused(Reason reason, Request request) {
    assertEquals(new Outcome.Refused(reason), derive(request));
  }

  private static Outcome derive(Request request) {
    return Derivation.derive(TestCapabilities.verified(PARENT), request, TokenFixture.NOW);
  }
}
