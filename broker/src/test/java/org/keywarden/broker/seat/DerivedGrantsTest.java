package org.keywarden.broker.seat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keywarden.broker.capability.Digest;
import org.keywarden.broker.capability.TestCapabilities;
import org.keywarden.policy.Right;

/** Grants of helpers: derived from the one of their holder, narrower, and never longer. */
final class DerivedGrantsTest extends SeatScene {
  private static final long LIFETIME = Duration.ofMinutes(10).toNanos();
  private static final long REQUEST = 77;
  private static final Digest HELPER = Digest.sha256(new byte[] {2});
  private static final Set<Right> COMMIT = EnumSet.of(Right.COMMIT_TEXT);

  private void recorded() {
    post(recorded(issued.getLast()));
  }

  private void open(TokenRequest request) {
    post(new SeatEvent.ComposeOpened(1, TestCapabilities.verified(request)));
  }

  private void only(Effect... effects) {
    assertEquals(List.of(effects), last);
  }

  private List<RevocationReason> revoked() {
    return all(PluginEffect.Revoke.class).map(PluginEffect.Revoke::reason).toList();
  }

  private void derive(long parent, Set<Right> asked, long lifetime) {
    post(new SeatEvent.DerivationAsked(REQUEST, parent, asked, lifetime, HELPER));
  }

  private TokenRequest child(long lifetime) {
    composing();
    derive(grant(), COMMIT, lifetime);
    return issued.getLast();
  }

  private TokenRequest liveChild(long lifetime) {
    TokenRequest child = child(lifetime);
    recorded();
    open(child);
    return child;
  }

  @Test
  void aHelperGetsANarrowerGrant() {
    TokenRequest child = child(1_000);
    TokenRequest parent = issued.getFirst();
    assertEquals(
        new TokenRequest(
            2,
            2,
            parent.grant(),
            false,
            INSTANCE,
            "ime",
            parent.focusSession(),
            parent.epoch(),
            "app",
            COMMIT,
            parent.notBeforeSequence(),
            now,
            now + 1_000,
            HELPER),
        child);
    recorded();
    only(new PluginEffect.AnswerDerivation(REQUEST, child.grant(), TOKEN));
    open(child);
    only(new PluginEffect.AcceptCompose(1, child.grant()));
  }

  @Test
  void aDerivedGrantEndsWithItsParentsTokenAtTheLatest() {
    TokenRequest child = child(2 * LIFETIME);
    assertEquals(issued.getFirst().expiresAt(), child.expiresAt());
  }

  @Test
  void anActionOfAHelperIsHeldToItsOwnRights() {
    TokenRequest child = liveChild(LIFETIME);
    press('a');
    post(new SeatEvent.ActionTaken(child.grant(), new Action.Commit("x")));
    assertEquals(List.of(), refusals());
    post(new SeatEvent.ActionTaken(child.grant(), preedit("x")));
    only(
        new PluginEffect.RefuseAction(child.grant(), Refusal.RIGHT_NOT_HELD),
        new RecordEffect.RecordRefusal(INSTANCE, child.grant(), Refusal.RIGHT_NOT_HELD));
  }

  @Test
  void whatHelpersAreRefusedCountsAgainstTheirHolder() {
    TokenRequest child = liveChild(LIFETIME);
    for (int i = 0; i < LIMITS.refusals(); i++) {
      assertTrue(all(PluginEffect.RestartPlugin.class).findAny().isEmpty());
      post(new SeatEvent.ActionTaken(child.grant(), preedit("x")));
    }
    assertEquals(1, all(PluginEffect.RestartPlugin.class).count());
    assertEquals(List.of(RevocationReason.PARENT_REVOKED, RevocationReason.MISBEHAVED), revoked());
  }

  @Test
  void aDerivedGrantThatIsNotPresentedEndsAlone() {
    child(LIFETIME);
    recorded();
    pass(LIMITS.presentation());
    only(
        new PluginEffect.Revoke(INSTANCE, 2, RevocationReason.NOT_PRESENTED),
        new RecordEffect.CloseGrant(2, RevocationReason.NOT_PRESENTED));
    assertEquals(Route.COMPOSING, seat.route());
  }

  @Test
  void aDerivedGrantThatIsNotRecordedIsRefusedToWhoAsked() {
    child(LIFETIME);
    post(new SeatEvent.TokenNotRecorded(2));
    only(
        new PluginEffect.RefuseDerivation(REQUEST, Refusal.NOT_LIVE),
        new PluginEffect.Revoke(INSTANCE, 2, RevocationReason.NOT_RECORDED),
        new RecordEffect.CloseGrant(2, RevocationReason.NOT_RECORDED));
    assertEquals(Route.COMPOSING, seat.route());
  }

  @Test
  void aDerivedGrantThatExpiresOrIsReleasedEndsAlone() {
    TokenRequest child = liveChild(1_000);
    assertEquals(child.expiresAt(), seat.nextDeadline());
    pass(1_000);
    only(
        new PluginEffect.Revoke(INSTANCE, 2, RevocationReason.EXPIRED),
        new RecordEffect.CloseGrant(2, RevocationReason.EXPIRED));
    derive(1, COMMIT, 1_000);
    recorded();
    open(issued.getLast());
    post(new SeatEvent.ComposeClosed(3));
    only(
        new PluginEffect.Revoke(INSTANCE, 3, RevocationReason.RELEASED),
        new RecordEffect.CloseGrant(3, RevocationReason.RELEASED));
    assertEquals(Route.COMPOSING, seat.route());
  }

  @Test
  void aDerivedGrantIsNotRenewed() {
    liveChild(LIFETIME);
    now = issued.getFirst().expiresAt() - LIFETIME / 2;
    post(new SeatEvent.TimePassed());
    assertEquals(1, all(RecordEffect.IssueToken.class).count(), "its parent is");
    assertEquals(1, issued.getLast().grant());
  }

  @Test
  void whenTheParentEndsDerivedGrantsEndFirst() {
    liveChild(LIFETIME);
    post(new SeatEvent.FocusLost(FIELD));
    assertEquals(List.of(RevocationReason.PARENT_REVOKED, RevocationReason.FOCUS_LOST), revoked());
    assertTrue(all(PluginEffect.RefuseDerivation.class).findAny().isEmpty(), "it was answered");
  }

  @Test
  void whatIsNotLiveIsNotDerivedFrom() {
    composing();
    derive(99, COMMIT, 1_000);
    only(new PluginEffect.RefuseDerivation(REQUEST, Refusal.NOT_LIVE));
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.FREE_FORM)));
    derive(grant(), COMMIT, 1_000);
    only(new PluginEffect.RefuseDerivation(REQUEST, Refusal.NOT_LIVE));
  }

  @Test
  void whatBringsKeysIsNotDerivedFromFurther() {
    TokenRequest child = liveChild(LIFETIME);
    derive(child.grant(), COMMIT, 1_000);
    only(new PluginEffect.RefuseDerivation(REQUEST, Refusal.NOT_LIVE));
  }

  @Test
  void whatIsNotNarrowerIsRefusedAndSoIsOneMoreThanTheLimit() {
    composing();
    derive(1, EnumSet.of(Right.RECEIVE_KEYS), 1_000);
    only(new PluginEffect.RefuseDerivation(REQUEST, Refusal.NOT_NARROWER));
    for (int i = 0; i < LIMITS.children(); i++) {
      derive(1, COMMIT, 1_000);
      assertEquals(1, all(RecordEffect.IssueToken.class).count());
    }
    derive(1, COMMIT, 1_000);
    only(new PluginEffect.RefuseDerivation(REQUEST, Refusal.NOT_NARROWER));
  }
}
