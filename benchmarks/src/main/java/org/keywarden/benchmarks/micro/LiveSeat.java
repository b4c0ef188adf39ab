package org.keywarden.benchmarks.micro;

import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keywarden.broker.capability.Claims;
import org.keywarden.broker.capability.ConnectionNonce;
import org.keywarden.broker.capability.Digest;
import org.keywarden.broker.capability.ImplicitContext;
import org.keywarden.broker.capability.Mint;
import org.keywarden.broker.capability.SigningKeys;
import org.keywarden.broker.capability.Token;
import org.keywarden.broker.capability.TokenId;
import org.keywarden.broker.capability.UnverifiedToken;
import org.keywarden.broker.capability.Verification;
import org.keywarden.broker.capability.VerifiedCapability;
import org.keywarden.broker.capability.Verifier;
import org.keywarden.broker.seat.Application;
import org.keywarden.broker.seat.ContentType;
import org.keywarden.broker.seat.Effect;
import org.keywarden.broker.seat.FieldId;
import org.keywarden.broker.seat.FieldTraits;
import org.keywarden.broker.seat.Key;
import org.keywarden.broker.seat.KeyAction;
import org.keywarden.broker.seat.PluginEffect;
import org.keywarden.broker.seat.PluginInstance;
import org.keywarden.broker.seat.Purpose;
import org.keywarden.broker.seat.RecordEffect;
import org.keywarden.broker.seat.Route;
import org.keywarden.broker.seat.Seat;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.seat.SeatLimits;
import org.keywarden.broker.seat.TokenRequest;
import org.keywarden.policy.CompiledPolicy;
import org.keywarden.policy.PluginFacts;
import org.keywarden.policy.Right;

/**
 * A seat whose focused field composes under a live grant. Its time goes on by 1 ns per event, so
 * that no lifetime, deadline or budget ends while it is measured: all of them are milliseconds at
 * least. Not thread-safe.
 */
final class LiveSeat {
  private static final String PLUGIN = "org.example.ime";
  private static final FieldId FIELD = new FieldId(1, 1);
  private static final Key PRESS = new Key('a', 38, 0, KeyAction.PRESS);
  private static final Key RELEASE = new Key('a', 38, 0, KeyAction.RELEASE);

  private final SecureRandom random = new SecureRandom();
  private final SigningKeys keys = new SigningKeys(random, (id, publicKey) -> {});
  private final ImplicitContext context =
      new ImplicitContext(
          "/run/user/1000/keywarden/plugin/7.sock",
          4242,
          987_654,
          4_026_532_001L,
          "3f2c1a70-5b1e-4f0c-9a55-0d6f0f3b9d21",
          ConnectionNonce.random(random));
  private final Seat seat;
  private long now = 1_000_000_000L;
  private long keyId;

  /** What the seat asked for first while it came to compose. */
  final Claims claims;

  LiveSeat() {
    seat = new Seat(SeatLimits.DEFAULT, CompiledPolicy.standard(), PLUGIN);
    PluginFacts facts = new PluginFacts(PLUGIN, List.of("ja"), EnumSet.allOf(Right.class));
    Digest holder = Digest.sha256(new byte[32]);
    handle(new SeatEvent.PluginReady(new PluginInstance(7), facts, holder));
    handle(
        new SeatEvent.FieldOpened(
            FIELD,
            new Application("org.example.Editor", "", false),
            new FieldTraits(true, false, false)));
    TokenRequest request =
        handle(
                new SeatEvent.FocusGained(
                    FIELD, new ContentType(Purpose.FREE_FORM, Set.of(), false)))
            .stream()
            .filter(RecordEffect.IssueToken.class::isInstance)
            .map(RecordEffect.IssueToken.class::cast)
            .findFirst()
            .orElseThrow()
            .request();
    claims = claimsOf(request);
    Token token = token();
    handle(new SeatEvent.TokenRecorded(request.issue(), token));
    handle(new SeatEvent.ComposeOpened(1, verified(token.bytes())));
    if (seat.status().route() != Route.COMPOSING) {
      throw new IllegalStateException("the seat does not compose but is " + seat.status().route());
    }
  }

  private Claims claimsOf(TokenRequest request) {
    return new Claims(
        TokenId.random(random),
        Optional.empty(),
        request.grant(),
        request.instance().number(),
        "seat0",
        request.focusSession(),
        request.epoch(),
        request.application(),
        request.rights(),
        request.notBeforeSequence(),
        request.issuedAt(),
        request.expiresAt(),
        request.holder(),
        Digest.sha256(new byte[0]));
  }

  /** Mints a token for the grant. */
  byte[] mint() {
    return token().bytes();
  }

  private Token token() {
    return new Mint(keys).mint(claims, context);
  }

  /** Verifies a token; fails if it does not hold. */
  VerifiedCapability verified(byte[] token) {
    Verification outcome =
        new Verifier(keys)
            .verify(UnverifiedToken.of(token).orElseThrow(), context, claims.issuedAt());
    return switch (outcome) {
      case Verification.Verified verified -> verified.capability();
      case Verification.Rejected rejected ->
          throw new IllegalStateException("own token rejected: " + rejected.reason());
    };
  }

  /** Types the next key: presses and releases in turn. Returns what goes to the plugin. */
  PluginEffect.DeliverKey type() {
    keyId++;
    Key key = (keyId & 1) == 1 ? PRESS : RELEASE;
    for (Effect effect : handle(new SeatEvent.KeyTyped(FIELD, keyId, key))) {
      if (effect instanceof PluginEffect.DeliverKey delivery) {
        return delivery;
      }
    }
    throw new IllegalStateException("the gate did not let the key pass");
  }

  /** Answers the key as one that the input method had no use for; returns what follows. */
  List<Effect> answer(PluginEffect.DeliverKey delivery) {
    return handle(
        new SeatEvent.KeyAnswered(delivery.grant(), delivery.sequence(), false, List.of()));
  }

  private List<Effect> handle(SeatEvent event) {
    now++;
    return seat.handle(now, event);
  }
}
