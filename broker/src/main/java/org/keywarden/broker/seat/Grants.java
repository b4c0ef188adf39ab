package org.keywarden.broker.seat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.capability.Claims;
import org.keywarden.broker.capability.Token;
import org.keywarden.policy.Decision;
import org.keywarden.policy.Right;

/**
 * The life of grants: issued, recorded, offered, presented, renewed, derived from, closed. A token
 * leaves the broker only after its record is durable ({@link #recorded}).
 */
final class Grants {
  private final SeatState state;
  private final PluginTable plugins;
  private final GrantTable table = new GrantTable();
  private final GrantPace pace;
  private final ApplicationPace applications = new ApplicationPace();
  private long lastGrant;
  private long lastIssue;

  Grants(SeatState state, PluginTable plugins) {
    this.state = state;
    this.plugins = plugins;
    this.pace = new GrantPace(state.limits);
  }

  /** Whether the log has more to make durable than it should, so that no grant is begun. */
  boolean logIsBehind() {
    return pace.logIsBehind();
  }

  /** From when a grant may be begun, in ns. */
  long nextBegin() {
    return pace.nextAt();
  }

  /** From when a grant may be begun for a field of the application, in ns. */
  long nextBeginFor(Application application) {
    return applications.nextAt(application);
  }

  @Nullable Grant find(long number) {
    return table.find(number);
  }

  /** The grants there are now; closing one meanwhile does not disturb the list. */
  List<Grant> all() {
    return List.copyOf(table.all());
  }

  /** Whether what is typed there may be remembered, by the policy and by the application. */
  static boolean mayLearn(Field field, Decision.Compose compose) {
    boolean isPrivate = field.type != null && field.type.hints().contains(Hint.PRIVATE);
    return compose.learning() && !isPrivate;
  }

  /** Begins a grant for the focused field, as the policy allows it. */
  Grant begin(Field field, PluginTable.Plugin plugin, Decision.Compose compose) {
    Grant first =
        new Grant(
            ++lastGrant,
            null,
            plugin.instance(),
            field.application.name(),
            state.focusSession,
            state.epoch,
            compose.rights(),
            mayLearn(field, compose),
            compose.lifetime().toNanos(),
            plugin.holder(),
            0,
            recording());
    first.firstKey = state.sequence + 1;
    first.expiresAt = state.now + first.lifetime;
    table.add(first);
    pace.given(state.now);
    applications.given(field.application, state.now);
    issue(first, first.firstKey, first.expiresAt);
    return first;
  }

  /** A field's grant is not given: so many cannot be given, or recorded. */
  void withhold(Field field) {
    state.emit(new RecordEffect.WithholdGrant(field.application.name()));
  }

  private Grant.Stage recording() {
    return new Grant.Stage.Recording(state.now + state.limits.recording());
  }

  private void issue(Grant of, long firstKey, long expiresAt) {
    of.issue = ++lastIssue;
    pace.issued();
    state.emit(
        new RecordEffect.IssueToken(
            new TokenRequest(
                of.issue,
                of.number,
                of.parent == null ? 0 : of.parent.number,
                of.stage instanceof Grant.Stage.Renewing,
                of.instance,
                plugins.idOf(of.instance),
                of.focusSession,
                of.epoch,
                of.application,
                of.rights,
                firstKey,
                state.now,
                expiresAt,
                of.holder)));
  }

  /** A token's record is durable: the token may go to its holder. */
  void recorded(long issue, Token token) {
    pace.settled();
    Grant of = table.findByIssue(issue);
    if (of == null) {
      return;
    }
    switch (of.stage) {
      case Grant.Stage.Recording recording -> {
        of.stage = new Grant.Stage.Offered(state.now + state.limits.presentation());
        state.emit(offer(of, token));
      }
      case Grant.Stage.Renewing renewing ->
          state.emit(new PluginEffect.OfferRenewal(of.instance, of.number, token));
      case Grant.Stage.Offered offered -> {}
      case Grant.Stage.Live live -> {}
    }
  }

  private Effect offer(Grant of, Token token) {
    if (of.parent != null) {
      return new PluginEffect.AnswerDerivation(of.derivation, of.number, token);
    }
    Field focused = state.focused();
    ContentType type = focused == null ? null : focused.type;
    return new PluginEffect.OfferGrant(
        of.instance, of.number, token, of.rights, type, of.learning, plugins.inputMethod());
  }

  /** A token could not be recorded; returns the grant that has no other, null if none. */
  @Nullable Grant unrecorded(long issue) {
    pace.settled();
    Grant of = table.findByIssue(issue);
    return of != null && of.stage instanceof Grant.Stage.Recording ? of : null;
  }

  /** Takes a presented capability; returns the grant that is live by it, null if it was refused. */
  @Nullable Grant present(SeatEvent.ComposeOpened opened) {
    Claims claims = opened.capability().claims();
    Grant of = table.find(claims.grant());
    if (of == null
        || of.epoch != state.epoch
        || claims.epoch() != state.epoch
        || state.now >= of.expiresAt) {
      return refuse(opened, Refusal.NOT_LIVE);
    }
    if (of.live()) {
      return refuse(opened, Refusal.IN_USE);
    }
    if (of.stage instanceof Grant.Stage.Recording
        || claims.pluginInstance() != of.instance.number()) {
      return refuse(opened, Refusal.NOT_LIVE);
    }
    of.stage = new Grant.Stage.Live();
    state.emit(new PluginEffect.AcceptCompose(opened.stream(), of.number));
    return of;
  }

  private @Nullable Grant refuse(SeatEvent.ComposeOpened opened, Refusal refusal) {
    Claims claims = opened.capability().claims();
    state.emit(new PluginEffect.RefuseCompose(opened.stream(), claims.grant(), refusal));
    state.emit(
        new RecordEffect.RecordRefusal(
            new PluginInstance(claims.pluginInstance()), claims.grant(), refusal));
    return null;
  }

  /** Takes a presented renewal. */
  void renew(Claims claims) {
    Grant of = table.find(claims.grant());
    if (of != null
        && Gate.refusal(of, Right.RECEIVE_KEYS, state.epoch, state.now) == null
        && of.stage instanceof Grant.Stage.Renewing renewing
        && claims.epoch() == state.epoch
        && claims.pluginInstance() == of.instance.number()
        && claims.expiresAt() == renewing.expiresAt()) {
      of.expiresAt = renewing.expiresAt();
      of.stage = new Grant.Stage.Live();
    } else {
      state.emit(new PluginEffect.RefuseRenewal(claims.grant(), Refusal.NOT_LIVE));
    }
  }

  /** Begins a narrower grant under another one. */
  void derive(SeatEvent.DerivationAsked asked) {
    Grant parent = table.find(asked.parent());
    if (parent == null
        || Gate.refusal(parent, Right.RECEIVE_KEYS, state.epoch, state.now) != null) {
      state.emit(new PluginEffect.RefuseDerivation(asked.request(), Refusal.NOT_LIVE));
    } else if (!Derivation.narrows(parent, asked)
        || table.childrenOf(parent) >= state.limits.children()) {
      state.emit(new PluginEffect.RefuseDerivation(asked.request(), Refusal.NOT_NARROWER));
    } else {
      deriveFrom(parent, asked);
    }
  }

  private void deriveFrom(Grant parent, SeatEvent.DerivationAsked asked) {
    long lifetime = Math.min(asked.lifetime(), parent.expiresAt - state.now);
    Grant child =
        new Grant(
            ++lastGrant,
            parent,
            parent.instance,
            parent.application,
            state.focusSession,
            state.epoch,
            asked.rights(),
            parent.learning,
            lifetime,
            asked.holder(),
            asked.request(),
            recording());
    child.firstKey = parent.firstKey;
    child.expiresAt = state.now + lifetime;
    table.add(child);
    issue(child, child.firstKey, child.expiresAt);
  }

  /** Closes a grant and those derived from it. */
  void close(Grant of, RevocationReason why) {
    for (Grant ended : table.remove(of)) {
      RevocationReason reason = ended == of ? why : RevocationReason.PARENT_REVOKED;
      if (ended.stage instanceof Grant.Stage.Recording && ended.parent != null) {
        state.emit(new PluginEffect.RefuseDerivation(ended.derivation, Refusal.NOT_LIVE));
      }
      state.emit(new PluginEffect.Revoke(ended.instance, ended.number, reason));
      state.emit(new RecordEffect.CloseGrant(ended.number, reason));
    }
  }

  /** Asks for the next token of a live grant that is half through the one it has. */
  void renewIfDue(Grant each) {
    if (renewable(each) && state.now >= each.renewAt()) {
      long expiresAt = state.now + each.lifetime;
      each.stage = new Grant.Stage.Renewing(expiresAt);
      issue(each, state.sequence + 1, expiresAt);
    }
  }

  private static boolean renewable(Grant each) {
    return each.stage instanceof Grant.Stage.Live && each.parent == null;
  }

  /** When the next grant wants something done, in ns; {@link SeatState#NEVER} if none does. */
  long nextDeadline() {
    long next = SeatState.NEVER;
    for (Grant each : table.all()) {
      next = Math.min(next, dueOf(each));
    }
    return next;
  }

  private static long dueOf(Grant grant) {
    long due =
        switch (grant.stage) {
          case Grant.Stage.Recording recording -> recording.by();
          case Grant.Stage.Offered offered -> offered.by();
          case Grant.Stage.Live live -> renewable(grant) ? grant.renewAt() : SeatState.NEVER;
          case Grant.Stage.Renewing renewing -> SeatState.NEVER;
        };
    return Math.min(due, grant.expiresAt);
  }
}
