package org.keywarden.broker.seat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keywarden.broker.capability.Digest;
import org.keywarden.broker.capability.TestCapabilities;
import org.keywarden.policy.PluginFacts;

/** The life of grants: offered, presented, renewed, refused and closed. */
final class GrantLifeTest extends SeatScene {
  private static final long LIFETIME = Duration.ofMinutes(10).toNanos();
  private static final Digest HELPER = Digest.sha256(new byte[] {2});

  /** With these claims in place of those of the newest token. */
  private static TokenRequest with(TokenRequest of, long instance, long epoch, long expiresAt) {
    return new TokenRequest(
        of.issue(),
        of.grant(),
        of.parent(),
        of.renewal(),
        new PluginInstance(instance),
        of.plugin(),
        of.focusSession(),
        epoch,
        of.application(),
        of.rights(),
        of.notBeforeSequence(),
        of.issuedAt(),
        expiresAt,
        of.holder());
  }

  private void granting(ContentType type) {
    composing();
    post(new SeatEvent.FocusGained(NEXT, type));
    assertEquals(Route.GRANTING, seat.route());
  }

  private void granting() {
    granting(type(Purpose.FREE_FORM));
  }

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

  // Issued and offered.

  @Test
  void aTokenSaysWhatItIsFor() {
    composing();
    press('a');
    long epoch = seat.status().epoch();
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.FREE_FORM)));
    TokenRequest first = issued.getFirst();
    assertEquals(1, first.issue());
    assertEquals(1, first.grant());
    assertEquals(
        new TokenRequest(
            2,
            2,
            0,
            false,
            INSTANCE,
            "ime",
            first.focusSession() + 1,
            epoch + 1,
            "app",
            rights,
            2,
            now,
            now + LIFETIME,
            HOLDER),
        issued.getLast());
  }

  private boolean learns(ContentType type) {
    granting(type);
    recorded();
    PluginEffect.OfferGrant offer = all(PluginEffect.OfferGrant.class).findAny().orElseThrow();
    assertEquals(type, offer.type());
    assertEquals(rights, offer.rights());
    return offer.learning();
  }

  @Test
  void whatIsTypedIntoAPlainFieldMayBeLearned() {
    assertTrue(learns(type(Purpose.FREE_FORM)));
  }

  @Test
  void whatIsTypedIntoAPrivateFieldMayNot() {
    assertFalse(learns(new ContentType(Purpose.FREE_FORM, Set.of(Hint.PRIVATE), false)));
  }

  @Test
  void aRecordThatComesTwiceOffersOnce() {
    granting();
    recorded();
    recorded();
    only();
  }

  @Test
  void aRecordOfATokenThatIsNoMoreOffersNothing() {
    granting();
    post(new SeatEvent.FocusGained(FIELD, type(Purpose.FREE_FORM)));
    post(recorded(issued.get(issued.size() - 2)));
    only();
  }

  // Presented.

  private void isRefused(TokenRequest request, Refusal refusal) {
    open(request);
    only(
        new PluginEffect.RefuseCompose(1, request.grant(), refusal),
        new RecordEffect.RecordRefusal(request.instance(), request.grant(), refusal));
  }

  @Test
  void aTokenOpensOneStream() {
    granting();
    recorded();
    open(issued.getLast());
    assertTrue(last.contains(new PluginEffect.AcceptCompose(1, grant())));
    assertEquals(Route.COMPOSING, seat.route());
    isRefused(issued.getLast(), Refusal.IN_USE);
    assertEquals(Route.COMPOSING, seat.route(), "one that was live before stays");
  }

  @Test
  void aTokenIsRefusedBeforeItIsRecordedAndWithForeignClaims() {
    granting();
    isRefused(issued.getLast(), Refusal.NOT_LIVE);
    recorded();
    TokenRequest offered = issued.getLast();
    isRefused(with(offered, 9, offered.epoch(), offered.expiresAt()), Refusal.NOT_LIVE);
    isRefused(with(offered, 1, offered.epoch() - 1, offered.expiresAt()), Refusal.NOT_LIVE);
    isRefused(issued.getFirst(), Refusal.NOT_LIVE);
    open(offered);
    assertEquals(Route.COMPOSING, seat.route());
  }

  @Test
  void theStatusNamesALiveGrantOnly() {
    granting();
    assertEquals(0, seat.status().grant());
    recorded();
    assertEquals(0, seat.status().grant());
    open(issued.getLast());
    assertEquals(grant(), seat.status().grant());
  }

  @Test
  void aTokenNotPresentedInTimeRestartsThePlugin() {
    granting();
    recorded();
    assertEquals(now + LIMITS.presentation(), seat.nextDeadline());
    pass(LIMITS.presentation() - 1);
    assertEquals(Route.GRANTING, seat.route());
    pass(1);
    assertEquals(
        List.of(new PluginEffect.RestartPlugin(INSTANCE, PluginEffect.Misbehaviour.NOT_PRESENTED)),
        all(PluginEffect.RestartPlugin.class).toList());
    assertEquals(List.of(RevocationReason.NOT_PRESENTED), revoked());
    assertEquals(Route.DIRECT, seat.route());
  }

  @Test
  void whoMisbehavesIsRevokedForThat() {
    composing();
    for (int i = 0; i < LIMITS.refusals(); i++) {
      post(new SeatEvent.ActionTaken(grant(), new Action.Commit("x")));
    }
    assertEquals(List.of(RevocationReason.MISBEHAVED), revoked());
  }

  @Test
  void aTokenNotRecordedInTimeEndsItsGrant() {
    granting();
    assertEquals(now + LIMITS.recording(), seat.nextDeadline());
    pass(LIMITS.recording() - 1);
    assertEquals(Route.GRANTING, seat.route());
    pass(1);
    assertEquals(List.of(RevocationReason.NOT_RECORDED), revoked());
    assertEquals(Route.DIRECT, seat.route());
    assertEquals("the input method took no grant", seat.status().decidedBy());
  }

  @Test
  void aTokenThatCannotBeRecordedIsNotWaitedFor() {
    composing();
    for (int i = 0; i <= LIMITS.unrecorded(); i++) {
      now += LIMITS.grantEvery();
      post(new SeatEvent.FocusGained(i % 2 == 0 ? NEXT : FIELD, type(Purpose.FREE_FORM)));
      assertEquals(Route.GRANTING, seat.route());
      post(new SeatEvent.TokenNotRecorded(issued.getLast().issue()));
    }
  }

  @Test
  void aGrantThatThePluginReleasesIsClosed() {
    composing();
    long ended = grant();
    post(new SeatEvent.ComposeClosed(ended));
    assertTrue(last.contains(new PluginEffect.Revoke(INSTANCE, ended, RevocationReason.RELEASED)));
    assertTrue(last.contains(new RecordEffect.CloseGrant(ended, RevocationReason.RELEASED)));
    post(new SeatEvent.ComposeClosed(ended));
    only();
  }

  // Renewed.

  private TokenRequest renewal() {
    composing();
    press('a');
    answer(1, true);
    long half = issued.getFirst().expiresAt() - LIFETIME / 2;
    assertEquals(half, seat.nextDeadline());
    now = half - 1;
    post(new SeatEvent.TimePassed());
    only();
    pass(1);
    TokenRequest asked = issued.getLast();
    assertTrue(asked.renewal());
    assertEquals(issued.getFirst().grant(), asked.grant());
    assertEquals(2, asked.issue());
    assertEquals(2, asked.notBeforeSequence(), "the next key is the first it covers");
    assertEquals(now + LIFETIME, asked.expiresAt());
    assertEquals(issued.getFirst().expiresAt(), seat.nextDeadline(), "it asks once");
    pass(1);
    only();
    return asked;
  }

  private void renews(TokenRequest request) {
    post(new SeatEvent.RenewalPresented(TestCapabilities.verified(request)));
  }

  @Test
  void aGrantIsRenewedAtHalfOfItsLife() {
    TokenRequest asked = renewal();
    post(recorded(asked));
    only(new PluginEffect.OfferRenewal(INSTANCE, asked.grant(), TOKEN));
    renews(asked);
    only();
    now = issued.getFirst().expiresAt();
    press('b');
    assertTrue(shown(), "beyond the end of the first token");
    now = asked.expiresAt() - LIFETIME / 2;
    post(new SeatEvent.TimePassed());
    assertEquals(3, issued.getLast().issue(), "and again at half of the second");
  }

  @Test
  void aGrantThatIsNotRenewedEnds() {
    renewal();
    now = issued.getFirst().expiresAt();
    post(new SeatEvent.TimePassed());
    assertEquals(List.of(RevocationReason.EXPIRED), revoked());
    assertEquals(Route.GRANTING, seat.route(), "another takes its place");
  }

  @Test
  void aRenewalIsTheOneThatWasAskedFor() {
    TokenRequest asked = renewal();
    post(recorded(asked));
    PluginEffect refused = new PluginEffect.RefuseRenewal(asked.grant(), Refusal.NOT_LIVE);
    renews(with(asked, 9, asked.epoch(), asked.expiresAt()));
    only(refused);
    renews(with(asked, 1, asked.epoch() + 1, asked.expiresAt()));
    only(refused);
    renews(with(asked, 1, asked.epoch(), asked.expiresAt() + 1));
    only(refused);
    renews(asked);
    only();
    renews(asked);
    only(refused);
  }

  @Test
  void nothingIsRenewedThatIsNotLive() {
    composing();
    renews(issued.getLast());
    only(new PluginEffect.RefuseRenewal(grant(), Refusal.NOT_LIVE));
    TokenRequest ended = issued.getLast();
    post(new SeatEvent.FocusLost(FIELD));
    renews(ended);
    only(new PluginEffect.RefuseRenewal(ended.grant(), Refusal.NOT_LIVE));
  }

  // Instances of plugins.

  @Test
  void theNewestInstanceComposesAndTheLossOfAnotherIsNothing() {
    composing();
    PluginFacts facts = new PluginFacts("ime", List.of(), rights);
    post(new SeatEvent.PluginReady(new PluginInstance(3), facts, HELPER));
    assertEquals(3, issued.getLast().instance().number());
    assertEquals(HELPER, issued.getLast().holder());
    assertEquals(List.of(RevocationReason.SUPERSEDED), revoked());
    post(new SeatEvent.PluginReady(new PluginInstance(2), facts, HOLDER));
    assertEquals(3, issued.getLast().instance().number());
    post(new SeatEvent.PluginLost(new PluginInstance(2)));
    assertEquals(List.of(), revoked());
    post(new SeatEvent.PluginLost(new PluginInstance(3)));
    assertEquals(List.of(RevocationReason.PLUGIN_LOST), revoked());
    assertEquals(1, issued.getLast().instance().number());
  }
}
