package org.keywarden.broker.plugin;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.auditing.GrantLog;
import org.keywarden.broker.capability.Claims;
import org.keywarden.broker.capability.Digest;
import org.keywarden.broker.capability.ImplicitContext;
import org.keywarden.broker.capability.Mint;
import org.keywarden.broker.capability.Token;
import org.keywarden.broker.capability.TokenId;
import org.keywarden.broker.seat.PluginInstance;
import org.keywarden.broker.seat.RecordEffect;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.seat.SeatInbox;
import org.keywarden.broker.seat.TokenRequest;

/**
 * Mints tokens and gives each to the seat once its record is durable. Signing runs off the seat's
 * thread; everything else on it.
 */
public final class TokenIssuer {
  private static final String SEAT = "seat0";

  /** Where tokens are valid. */
  @FunctionalInterface
  public interface Contexts {
    /** Of the instance's connection; null if that is gone. */
    @Nullable ImplicitContext of(PluginInstance instance);
  }

  private final Mint mint;
  private final GrantLog log;
  private final SecureRandom random;
  private final Executor signing;
  private final Executor seatThread;
  private final LongSupplier clock;
  private final Supplier<Digest> policy;
  private final Contexts contexts;
  private final SeatInbox inbox;

  private final Map<Long, TokenId> ids = new HashMap<>();

  public TokenIssuer(
      Mint mint,
      GrantLog log,
      SecureRandom random,
      Executor signing,
      Executor seatThread,
      LongSupplier clock,
      Supplier<Digest> policy,
      Contexts contexts,
      SeatInbox inbox) {
    this.mint = mint;
    this.log = log;
    this.random = random;
    this.signing = signing;
    this.seatThread = seatThread;
    this.clock = clock;
    this.policy = policy;
    this.contexts = contexts;
    this.inbox = inbox;
  }

  /** Does what the seat asks of the mint and the log. */
  public void apply(RecordEffect effect) {
    switch (effect) {
      case RecordEffect.IssueToken e -> issue(e.request());
      case RecordEffect.CloseGrant e -> {
        ids.remove(e.grant());
        log.closed(e.grant(), e.reason(), clock.getAsLong());
      }
      case RecordEffect.WithholdGrant e -> log.withheld(e.application());
      case RecordEffect.RecordRefusal e ->
          log.refused(e.instance().number(), e.grant(), e.refusal(), clock.getAsLong());
    }
  }

  private void issue(TokenRequest request) {
    ImplicitContext context = contexts.of(request.instance());
    if (context == null) {
      seatThread.execute(() -> inbox.post(new SeatEvent.TokenNotRecorded(request.issue())));
      return;
    }
    Claims claims = claimsOf(request);
    signing.execute(
        () -> {
          Token token = mint.mint(claims, context);
          seatThread.execute(() -> record(request, token));
        });
  }

  private Claims claimsOf(TokenRequest request) {
    TokenId id = TokenId.random(random);
    Optional<TokenId> parent = Optional.ofNullable(ids.get(request.parent()));
    ids.put(request.grant(), id);
    return new Claims(
        id,
        parent,
        request.grant(),
        request.instance().number(),
        SEAT,
        request.focusSession(),
        request.epoch(),
        request.application(),
        request.rights(),
        request.notBeforeSequence(),
        request.issuedAt(),
        request.expiresAt(),
        request.holder(),
        policy.get());
  }

  private void record(TokenRequest request, Token token) {
    log.issued(
        request,
        () -> inbox.post(new SeatEvent.TokenRecorded(request.issue(), token)),
        () -> inbox.post(new SeatEvent.TokenNotRecorded(request.issue())));
  }
}
