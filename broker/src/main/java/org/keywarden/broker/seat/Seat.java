package org.keywarden.broker.seat;

import static org.keywarden.broker.seat.KeyLedger.Place.AT_PLUGIN;
import static org.keywarden.broker.seat.KeyLedger.Place.AT_TRUSTED;
import static org.keywarden.broker.seat.KeyLedger.Place.WAITING;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.capability.Claims;
import org.keywarden.broker.capability.Digest;
import org.keywarden.policy.ApplicationFacts;
import org.keywarden.policy.Decision;
import org.keywarden.policy.Facts;
import org.keywarden.policy.FieldFacts;
import org.keywarden.policy.PluginFacts;
import org.keywarden.policy.Right;
import org.keywarden.policy.RoutePolicy;
import org.keywarden.policy.SessionFacts;

/**
 * Who gets the keys of the focused field: a pure, deterministic state machine. The same events at
 * the same times give the same effects. Not thread-safe; one thread owns it. Never blocks.
 *
 * <p>Rows are routes, columns what may happen to the focused field; every other pair leaves the
 * route as it is. Every arrow bumps the epoch first, which ends the live grant, then clears the
 * preedit, answers what was shown and not answered as "not handled", and only then decides anew.
 *
 * <pre>
 *            focus moves  type secret  type plain   time is up          recorded  presented  plugin lost/selected,
 *                                                                                            policy, lock, resume
 * UNFOCUSED  decide       -            -            -                   -         -          UNFOCUSED
 * DECIDING   decide       GUARDED      decide       decide(unannounced) -         -          decide
 * GRANTING   decide       GUARDED      (facts) -    DIRECT              (offer) - COMPOSING  decide
 * COMPOSING  decide       GUARDED      (facts) -    decide (expired)    (renew) - -          decide
 * GUARDED    decide       GUARDED      decide*      GUARDED             -         -          decide
 * DIRECT     decide       GUARDED      (facts) -    -                   -         -          decide
 *
 * decide: UNFOCUSED without a focused field, DECIDING while a content type is still expected, GUARDED if secret or locked
 *         (no policy is asked), else what the policy says: GUARDED, DIRECT, or GRANTING (DIRECT without a ready plugin).
 * *       once no key is in flight and the field has been plain for {@link SeatLimits#relaxation}.
 * </pre>
 *
 * <p>Illegal events (a field opened twice, an unknown field, a clock running backwards, an instance
 * ready twice) throw {@link IllegalStateException} and change nothing: front doors and gateways let
 * none through. Events that merely come too late (an answer under a grant just revoked) are part of
 * life and are refused by effect.
 */
public final class Seat {
  private static final long NEVER = Long.MAX_VALUE;
  private static final PluginFacts NO_PLUGIN = new PluginFacts("", List.of(), Set.of());

  private record Plugin(PluginFacts facts, Digest holder) {}

  private final SeatLimits limits;
  private final Map<FieldId, Field> fields = new HashMap<>();
  private final Map<PluginInstance, Plugin> plugins = new HashMap<>();
  private final GrantTable grants = new GrantTable();
  private final KeyLedger ledger = new KeyLedger();
  private final PressedKeys pressed = new PressedKeys();
  private final Composition composition;

  private RoutePolicy policy;
  private String selected;
  private boolean locked;
  private long trusted;
  private int trustedMisses;

  private long now = Long.MIN_VALUE;
  private long epoch;
  private long focusSession;
  private long sequence;
  private long lastGrant;
  private long lastIssue;

  private Route route = Route.UNFOCUSED;
  private String decidedBy = "no field has focus";
  private @Nullable Field focused;

  /** The grant the broker gave for the focused field; null unless granting or composing. */
  private @Nullable Grant grant;

  /**
   * The plugin failed to take or keep a grant for this focus session; it gets no other before
   * something changes.
   */
  private boolean declined;

  /** While deciding: when the content type counts as never coming. */
  private long decideBy = NEVER;

  /** While composing: until when presses after a focus key are held. */
  private long fenceUntil = NEVER;

  /** While guarded by a mark now taken back: from when the field may count as plain. */
  private long relaxAt = NEVER;

  private long lastSecret = Long.MIN_VALUE;

  private List<Effect> out = new ArrayList<>();

  /**
   * A seat without fields, plugins or trusted keyboard.
   *
   * @param selected id of the plugin that composes, empty for none
   */
  public Seat(SeatLimits limits, RoutePolicy policy, String selected) {
    this.limits = limits;
    this.policy = policy;
    this.selected = selected;
    this.composition = new Composition(new CausalBudget(limits.cause()));
  }

  /**
   * Takes one event.
   *
   * @param at when it happened, in ns of CLOCK_BOOTTIME; not before the last one's
   * @return what is to be done, in order
   * @throws IllegalStateException if the event is illegal in this state, which is then unchanged
   */
  public List<Effect> handle(long at, SeatEvent event) {
    if (at < now) {
      throw new IllegalStateException("time runs backwards");
    }
    requireLegal(event);
    now = at;
    out = new ArrayList<>();
    passTime();
    dispatch(event);
    pump();
    return out;
  }

  /**
   * When the seat next wants {@link SeatEvent.TimePassed}, in ns; {@link Long#MAX_VALUE} for never.
   */
  public long nextDeadline() {
    long next = Math.min(decideBy, Math.min(fenceUntil, ledger.nextDeadline()));
    if (ledger.isEmpty()) {
      next = Math.min(next, relaxAt);
    }
    for (Grant each : grants.all()) {
      next = Math.min(next, dueOf(each));
    }
    return next;
  }

  private static long dueOf(Grant grant) {
    return switch (grant.stage) {
      case RECORDING, OFFERED -> Math.min(grant.stageEnds, grant.expiresAt);
      case LIVE ->
          grant.parent == null && grant.renewalExpiresAt == 0
              ? Math.min(grant.renewAt(), grant.expiresAt)
              : grant.expiresAt;
    };
  }

  /** The state as the user may see it. */
  public SeatStatus status() {
    Grant live = grant;
    return new SeatStatus(
        route,
        focused == null ? "" : focused.application.name(),
        decidedBy,
        epoch,
        selected,
        live != null && live.stage == Grant.Stage.LIVE ? live.number : 0,
        trusted != 0);
  }

  private void requireLegal(SeatEvent event) {
    switch (event) {
      case SeatEvent.FieldOpened e -> require(!fields.containsKey(e.field()), "field is open");
      case SeatEvent.FieldClosed e -> requireOpen(e.field());
      case SeatEvent.FocusGained e -> requireOpen(e.field());
      case SeatEvent.FocusLost e -> requireOpen(e.field());
      case SeatEvent.ContentTypeChanged e -> requireOpen(e.field());
      case SeatEvent.KeyTyped e -> requireOpen(e.field());
      case SeatEvent.FieldReset e -> requireOpen(e.field());
      case SeatEvent.SurroundingChanged e -> requireOpen(e.field());
      case SeatEvent.CursorMoved e -> requireOpen(e.field());
      case SeatEvent.CandidateClicked e -> requireOpen(e.field());
      case SeatEvent.PluginReady e ->
          require(!plugins.containsKey(e.instance()), "instance is ready already");
      case SeatEvent.TrustedReady e -> require(trusted == 0, "a trusted keyboard is ready already");
      case SeatEvent.PluginLost e -> {}
      case SeatEvent.ComposeOpened e -> {}
      case SeatEvent.ComposeClosed e -> {}
      case SeatEvent.KeyAnswered e -> {}
      case SeatEvent.ActionTaken e -> {}
      case SeatEvent.RenewalPresented e -> {}
      case SeatEvent.DerivationAsked e -> {}
      case SeatEvent.TokenRecorded e -> {}
      case SeatEvent.TokenNotRecorded e -> {}
      case SeatEvent.TrustedLost e -> {}
      case SeatEvent.TrustedAnswered e -> {}
      case SeatEvent.PluginSelected e -> {}
      case SeatEvent.PolicyReplaced e -> {}
      case SeatEvent.SessionLockChanged e -> {}
      case SeatEvent.Resumed e -> {}
      case SeatEvent.TimePassed e -> {}
    }
  }

  private void requireOpen(FieldId field) {
    require(fields.containsKey(field), "field is not open");
  }

  private void require(boolean legal, String otherwise) {
    if (!legal) {
      throw new IllegalStateException(otherwise + " (route " + route + ")");
    }
  }

  private Field open(FieldId id) {
    Field field = fields.get(id);
    if (field == null) {
      throw new IllegalStateException("field is not open");
    }
    return field;
  }

  private void dispatch(SeatEvent event) {
    switch (event) {
      case SeatEvent.FieldOpened e ->
          fields.put(e.field(), new Field(e.field(), e.application(), e.traits()));
      case SeatEvent.FieldClosed e -> closeField(open(e.field()));
      case SeatEvent.FocusGained e -> gainFocus(open(e.field()), e.type());
      case SeatEvent.FocusLost e -> loseFocus(open(e.field()));
      case SeatEvent.ContentTypeChanged e -> changeType(open(e.field()), e.type());
      case SeatEvent.KeyTyped e -> type(open(e.field()), e.keyId(), e.key());
      case SeatEvent.FieldReset e -> reset(open(e.field()));
      case SeatEvent.SurroundingChanged e -> changeSurrounding(open(e.field()), e.surrounding());
      case SeatEvent.CursorMoved e -> liftFence(open(e.field()));
      case SeatEvent.CandidateClicked e -> clickCandidate(open(e.field()), e.index());
      case SeatEvent.PluginReady e -> pluginReady(e);
      case SeatEvent.PluginLost e -> pluginLost(e.instance());
      case SeatEvent.ComposeOpened e -> openCompose(e.capability().claims());
      case SeatEvent.ComposeClosed e -> closeCompose(e.grant());
      case SeatEvent.KeyAnswered e -> answer(e);
      case SeatEvent.ActionTaken e -> act(e.grant(), e.action(), null);
      case SeatEvent.RenewalPresented e -> renew(e.capability().claims());
      case SeatEvent.DerivationAsked e -> derive(e);
      case SeatEvent.TokenRecorded e -> recorded(e.issue());
      case SeatEvent.TokenNotRecorded e -> notRecorded(e.issue());
      case SeatEvent.TrustedReady e -> trusted = e.instance();
      case SeatEvent.TrustedLost e -> trustedLost(e.instance());
      case SeatEvent.TrustedAnswered e -> trustedAnswered(e);
      case SeatEvent.PluginSelected e -> select(e.plugin());
      case SeatEvent.PolicyReplaced e -> {
        policy = e.policy();
        decideAnew(RevocationReason.SUPERSEDED);
      }
      case SeatEvent.SessionLockChanged e -> {
        locked = e.locked();
        decideAnew(RevocationReason.SUPERSEDED);
      }
      case SeatEvent.Resumed e -> decideAnew(RevocationReason.SUPERSEDED);
      case SeatEvent.TimePassed e -> {}
    }
  }

  // Focus and secrecy.

  private void closeField(Field field) {
    if (field == focused) {
      focusOn(null);
    }
    fields.remove(field.id);
  }

  private void gainFocus(Field field, @Nullable ContentType type) {
    if (field == focused) {
      if (type != null) {
        changeType(field, type);
      }
      return;
    }
    if (type != null) {
      field.type = type;
    }
    focusOn(field);
  }

  private void loseFocus(Field field) {
    if (field == focused) {
      focusOn(null);
    }
  }

  private void focusOn(@Nullable Field next) {
    leave(RevocationReason.FOCUS_LOST, true);
    focused = next;
    focusSession++;
    declined = false;
    relaxAt = NEVER;
    decideBy =
        next != null && next.traits.announces() && next.type == null ? now + limits.hold() : NEVER;
    decide();
  }

  private void changeType(Field field, ContentType type) {
    boolean same = type.equals(field.type);
    boolean wasSecret = field.secret();
    field.type = type;
    if (field != focused) {
      return;
    }
    liftFence(field);
    if (type.secret()) {
      lastSecret = now;
      relaxAt = NEVER;
      decideBy = NEVER;
      if (route != Route.GUARDED || !wasSecret) {
        decideAnew(RevocationReason.FIELD_SECRET);
      }
    } else if (route == Route.GUARDED && (wasSecret || relaxAt != NEVER)) {
      relaxAt = Math.max(now, lastSecret + limits.relaxation());
    } else if (!same) {
      decideBy = NEVER;
      decideAnew(RevocationReason.SUPERSEDED);
    }
  }

  /** Ends the current owner's hold on the input and decides who is next. */
  private void decideAnew(RevocationReason why) {
    leave(why, false);
    declined = declined && why != RevocationReason.SUPERSEDED;
    decide();
  }

  /** Bumps the epoch, then takes the input from whoever has it. */
  private void leave(RevocationReason why, boolean focusMoves) {
    epoch++;
    if (grant != null) {
      close(grant, why);
    }
    if (focused != null) {
      composition.finish(focused.id, !focused.secret(), out);
    }
    fenceUntil = NEVER;
    ledger.settleAll(AT_PLUGIN);
    boolean trustedStarted = ledger.settleAll(AT_TRUSTED);
    if (trusted != 0 && (trustedStarted || route == Route.GUARDED)) {
      out.add(new TrustedEffect.ForgetTrusted(trusted));
    }
    if (focusMoves) {
      ledger.settleAll(WAITING);
    }
    answerSettled();
  }

  private void decide() {
    Field field = focused;
    if (field == null) {
      changeRoute(Route.UNFOCUSED, "no field has focus");
    } else if (field.secret() || relaxAt != NEVER) {
      lastSecret = field.secret() ? now : lastSecret;
      changeRoute(Route.GUARDED, "the field is secret");
    } else if (locked) {
      changeRoute(Route.GUARDED, "the session is locked");
    } else if (now < decideBy && decideBy != NEVER) {
      changeRoute(Route.DECIDING, "the field has not said what it is yet");
    } else {
      decideByPolicy(field);
    }
  }

  private void decideByPolicy(Field field) {
    PluginInstance instance = readyInstance();
    Plugin plugin = instance == null ? null : plugins.get(instance);
    Decision decision = policy.decide(factsOf(field, plugin == null ? NO_PLUGIN : plugin.facts()));
    switch (decision) {
      case Decision.Guard guard -> changeRoute(Route.GUARDED, guard.rule());
      case Decision.Direct direct -> changeRoute(Route.DIRECT, direct.rule());
      case Decision.Compose compose -> {
        if (plugin == null || instance == null) {
          changeRoute(Route.DIRECT, "no input method is ready");
        } else if (declined || !compose.rights().contains(Right.RECEIVE_KEYS)) {
          changeRoute(Route.DIRECT, declined ? "the input method took no grant" : compose.rule());
        } else {
          grant = issueFirst(field, instance, plugin, compose);
          changeRoute(Route.GRANTING, compose.rule());
        }
      }
    }
  }

  private Facts factsOf(Field field, PluginFacts plugin) {
    ContentType type = field.type;
    Purpose purpose = type == null ? Purpose.FREE_FORM : type.purpose();
    Set<String> hints =
        type == null
            ? Set.of()
            : type.hints().stream()
                .map(hint -> hint.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    return new Facts(
        new FieldFacts(purpose.name().toLowerCase(Locale.ROOT), hints, type != null),
        new ApplicationFacts(
            field.application.name(), field.application.executable(), field.application.allowed()),
        plugin,
        new SessionFacts(locked));
  }

  private @Nullable PluginInstance readyInstance() {
    PluginInstance newest = null;
    for (Map.Entry<PluginInstance, Plugin> each : plugins.entrySet()) {
      if (each.getValue().facts().id().equals(selected)
          && (newest == null || each.getKey().number() > newest.number())) {
        newest = each.getKey();
      }
    }
    return newest;
  }

  /** The only place that changes the route. */
  private void changeRoute(Route next, String reason) {
    boolean changed = next != route || next != Route.UNFOCUSED;
    route = next;
    decidedBy = reason;
    if (changed) {
      out.add(new HostEffect.RouteChanged(focused == null ? null : focused.id, next));
    }
  }

  // Grants.

  private Grant issueFirst(
      Field field, PluginInstance instance, Plugin plugin, Decision.Compose compose) {
    boolean isPrivate = field.type != null && field.type.hints().contains(Hint.PRIVATE);
    Grant first =
        new Grant(
            ++lastGrant,
            null,
            instance,
            focusSession,
            epoch,
            compose.rights(),
            compose.learning() && !isPrivate,
            compose.lifetime().toNanos(),
            plugin.holder(),
            0);
    first.expiresAt = now + first.lifetime;
    grants.add(first);
    issue(first, first.expiresAt, false);
    return first;
  }

  private void issue(Grant of, long expiresAt, boolean renewal) {
    of.issue = ++lastIssue;
    if (renewal) {
      of.renewalExpiresAt = expiresAt;
    } else {
      of.stageEnds = now + limits.recording();
    }
    Plugin plugin = plugins.get(of.instance);
    out.add(
        new RecordEffect.IssueToken(
            new TokenRequest(
                of.issue,
                of.number,
                of.parent == null ? 0 : of.parent.number,
                renewal,
                of.instance,
                plugin == null ? "" : plugin.facts().id(),
                of.focusSession,
                of.epoch,
                focused == null ? "" : focused.application.name(),
                of.rights,
                sequence + 1,
                now,
                expiresAt,
                of.holder)));
  }

  private void recorded(long issue) {
    Grant of = grants.findByIssue(issue);
    if (of == null) {
      return;
    }
    if (of.renewalExpiresAt != 0) {
      out.add(new PluginEffect.OfferRenewal(of.instance, of.number, issue));
    } else if (of.stage == Grant.Stage.RECORDING) {
      of.stage = Grant.Stage.OFFERED;
      of.stageEnds = now + limits.presentation();
      if (of.parent == null) {
        ContentType type = focused == null ? null : focused.type;
        out.add(
            new PluginEffect.OfferGrant(
                of.instance, of.number, issue, of.rights, type, of.learning));
      } else {
        out.add(new PluginEffect.AnswerDerivation(of.derivation, of.number, issue));
      }
    }
  }

  private void notRecorded(long issue) {
    Grant of = grants.findByIssue(issue);
    if (of != null && of.stage == Grant.Stage.RECORDING) {
      end(of, RevocationReason.NOT_RECORDED);
    }
  }

  private void openCompose(Claims claims) {
    Grant of = grants.find(claims.grant());
    if (of == null || of.epoch != epoch || claims.epoch() != epoch || now >= of.expiresAt) {
      refuseCompose(claims, Refusal.NOT_LIVE);
    } else if (of.stage == Grant.Stage.LIVE) {
      refuseCompose(claims, Refusal.IN_USE);
    } else if (of.stage == Grant.Stage.RECORDING
        || claims.pluginInstance() != of.instance.number()) {
      refuseCompose(claims, Refusal.NOT_LIVE);
    } else {
      of.stage = Grant.Stage.LIVE;
      out.add(new PluginEffect.AcceptCompose(of.number));
      if (of == grant) {
        changeRoute(Route.COMPOSING, decidedBy);
        deliverSurrounding();
      }
    }
  }

  private void refuseCompose(Claims claims, Refusal refusal) {
    out.add(new PluginEffect.RefuseCompose(claims.grant(), refusal));
    out.add(
        new RecordEffect.RecordRefusal(
            new PluginInstance(claims.pluginInstance()), claims.grant(), refusal));
  }

  private void closeCompose(long number) {
    Grant of = grants.find(number);
    if (of != null) {
      end(of, RevocationReason.RELEASED);
    }
  }

  private void renew(Claims claims) {
    Grant of = grants.find(claims.grant());
    boolean good =
        of != null
            && Gate.refusal(of, Right.RECEIVE_KEYS, epoch, now) == null
            && of.renewalExpiresAt != 0
            && claims.epoch() == epoch
            && claims.pluginInstance() == of.instance.number()
            && claims.expiresAt() == of.renewalExpiresAt;
    if (of != null && good) {
      of.expiresAt = of.renewalExpiresAt;
      of.renewalExpiresAt = 0;
    } else {
      out.add(new PluginEffect.RefuseRenewal(claims.grant(), Refusal.NOT_LIVE));
    }
  }

  private void derive(SeatEvent.DerivationAsked asked) {
    Grant parent = grants.find(asked.parent());
    Set<Right> rights = new HashSet<>(asked.rights());
    if (parent == null || Gate.refusal(parent, Right.RECEIVE_KEYS, epoch, now) != null) {
      out.add(new PluginEffect.RefuseDerivation(asked.request(), Refusal.NOT_LIVE));
    } else if (rights.isEmpty()
        || rights.contains(Right.RECEIVE_KEYS)
        || !parent.rights.containsAll(rights)
        || asked.lifetime() <= 0
        || grants.childrenOf(parent) >= limits.children()) {
      out.add(new PluginEffect.RefuseDerivation(asked.request(), Refusal.NOT_NARROWER));
    } else {
      long lifetime = Math.min(asked.lifetime(), parent.expiresAt - now);
      Grant child =
          new Grant(
              ++lastGrant,
              parent,
              parent.instance,
              focusSession,
              epoch,
              rights,
              parent.learning,
              lifetime,
              asked.holder(),
              asked.request());
      child.expiresAt = now + lifetime;
      grants.add(child);
      issue(child, child.expiresAt, false);
    }
  }

  /** Ends a grant for a cause of its own; if the focused field composed under it, decides anew. */
  private void end(Grant of, RevocationReason why) {
    if (of == grant) {
      declined = why != RevocationReason.EXPIRED;
      decideAnew(why);
    } else {
      close(of, why);
    }
  }

  private void close(Grant of, RevocationReason why) {
    for (Grant ended : grants.remove(of)) {
      RevocationReason reason = ended == of ? why : RevocationReason.PARENT_REVOKED;
      if (ended.stage == Grant.Stage.RECORDING && ended.parent != null) {
        out.add(new PluginEffect.RefuseDerivation(ended.derivation, Refusal.NOT_LIVE));
      }
      out.add(new PluginEffect.Revoke(ended.instance, ended.number, reason));
      out.add(new RecordEffect.CloseGrant(ended.number, reason));
    }
    if (of == grant) {
      grant = null;
    }
  }

  // Keys.

  private void type(Field field, long keyId, Key key) {
    if (field != focused) {
      out.add(new HostEffect.AnswerKey(field.id, keyId, false));
      return;
    }
    if (ledger.size() >= limits.pendingKeys()) {
      dropComposition(true);
      ledger.settleAll(AT_TRUSTED);
      ledger.settleAll(WAITING);
      answerSettled();
    }
    ledger.add(new KeyLedger.Entry(field.id, keyId, ++sequence, key, now + limits.hold()));
  }

  /** Moves held keys on as far as the route allows, in order, and answers what is settled. */
  private void pump() {
    for (KeyLedger.Entry entry : ledger.all()) {
      boolean goOn =
          switch (entry.place) {
            case SETTLED -> true;
            case AT_PLUGIN -> !FocusKeys.mayMoveFocus(entry.key);
            case AT_TRUSTED -> false;
            case WAITING -> advance(entry);
          };
      if (!goOn) {
        break;
      }
    }
    answerSettled();
    relax();
  }

  private void relax() {
    if (relaxAt != NEVER && now >= relaxAt && ledger.isEmpty()) {
      relaxAt = NEVER;
      decideAnew(RevocationReason.SUPERSEDED);
    }
  }

  /** Decides about the first held key; says whether the next may follow. */
  private boolean advance(KeyLedger.Entry entry) {
    return switch (route) {
      case UNFOCUSED, DIRECT -> pass(entry);
      case DECIDING, GRANTING -> false;
      case GUARDED -> advanceGuarded(entry);
      case COMPOSING -> advanceComposing(entry);
    };
  }

  /** Leaves the key to the application, unseen by anyone else. */
  private boolean pass(KeyLedger.Entry entry) {
    pressed.unseen(entry.key);
    entry.settle(false);
    return true;
  }

  private boolean advanceGuarded(KeyLedger.Entry entry) {
    long owner = -focusSession;
    if (trusted == 0 || !pressed.mayShow(entry.key, owner)) {
      return pass(entry);
    }
    note(entry.key, owner);
    entry.show(AT_TRUSTED, now + limits.answer());
    out.add(new TrustedEffect.DeliverTrusted(trusted, entry.sequence, entry.key));
    return false;
  }

  private boolean advanceComposing(KeyLedger.Entry entry) {
    Grant owner = grant;
    if (owner == null || fenceUntil != NEVER) {
      return false;
    }
    if (!pressed.mayShow(entry.key, owner.number)) {
      return pass(entry);
    }
    int shown = ledger.at(AT_PLUGIN);
    if (FocusKeys.mayMoveFocus(entry.key)) {
      if (shown > 0) {
        return false;
      }
      if (!composition.isOpen()) {
        pass(entry);
        raiseFence();
        return fenceUntil == NEVER;
      }
    }
    if (shown >= limits.keysAtPlugin()
        || Gate.refusal(owner, Right.RECEIVE_KEYS, epoch, now) != null) {
      return false;
    }
    note(entry.key, owner.number);
    entry.show(AT_PLUGIN, now + limits.answer());
    composition.cause(now);
    out.add(new PluginEffect.DeliverKey(owner.number, entry.sequence, entry.key));
    return !FocusKeys.mayMoveFocus(entry.key);
  }

  private void note(Key key, long owner) {
    switch (key.action()) {
      case PRESS -> pressed.shown(key, owner);
      case RELEASE -> pressed.unseen(key);
      case REPEAT -> {}
    }
  }

  private void raiseFence() {
    if (focused != null && !focused.traits.synchronous()) {
      fenceUntil = now + limits.hold();
    }
  }

  private void liftFence(Field field) {
    if (focused != null && field.id.host() == focused.id.host()) {
      fenceUntil = NEVER;
    }
  }

  private void answerSettled() {
    ledger.drain(
        entry ->
            out.add(
                new HostEffect.AnswerKey(
                    entry.field, entry.keyId, entry.handled || entry.forwarded)));
  }

  private void answer(SeatEvent.KeyAnswered answered) {
    Grant of = grants.find(answered.grant());
    KeyLedger.Entry entry = ledger.firstAt(AT_PLUGIN);
    Refusal refusal = Gate.refusal(of, Right.RECEIVE_KEYS, epoch, now);
    if (refusal == null
        && (entry == null || of != grant || entry.sequence != answered.sequence())) {
      refusal = Refusal.NO_SUCH_KEY;
    }
    if (refusal != null || entry == null || of == null) {
      out.add(
          new PluginEffect.RefuseAction(
              answered.grant(), refusal == null ? Refusal.NOT_LIVE : refusal));
      return;
    }
    of.misses = 0;
    composition.unmute();
    for (Action action : answered.actions()) {
      act(answered.grant(), action, entry);
    }
    if (entry.place == AT_PLUGIN) {
      entry.settle(answered.handled());
      if (!answered.handled() && !entry.forwarded && FocusKeys.mayMoveFocus(entry.key)) {
        raiseFence();
      }
    }
  }

  private void act(long number, Action action, KeyLedger.@Nullable Entry answering) {
    Grant of = grants.find(number);
    Refusal refusal = Gate.refusal(of, Composition.rightFor(action), epoch, now);
    if (refusal == null && focused != null) {
      refusal = composition.apply(action, focused, answering, now, out);
    }
    if (refusal != null) {
      out.add(new PluginEffect.RefuseAction(number, refusal));
      if (of != null) {
        out.add(new RecordEffect.RecordRefusal(of.instance, number, refusal));
        Grant accountable = of.parent == null ? of : of.parent;
        if (++accountable.refusals >= limits.refusals()) {
          expel(accountable, PluginEffect.Misbehaviour.REFUSED_TOO_OFTEN);
        }
      }
    }
  }

  /**
   * The composition is dropped behind the plugin's back: what it says of keys shown so far no
   * longer counts.
   */
  private void dropComposition(boolean keep) {
    Grant of = grant;
    Field field = focused;
    if (of == null || field == null || of.stage != Grant.Stage.LIVE) {
      return;
    }
    ledger.settleAll(AT_PLUGIN);
    composition.finish(field.id, keep && !field.secret(), out);
    composition.mute();
    out.add(new PluginEffect.ResetComposition(of.number));
  }

  private void expel(Grant of, PluginEffect.Misbehaviour why) {
    plugins.remove(of.instance);
    out.add(new PluginEffect.RestartPlugin(of.instance, why));
    end(
        of,
        why == PluginEffect.Misbehaviour.NOT_PRESENTED
            ? RevocationReason.NOT_PRESENTED
            : RevocationReason.MISBEHAVED);
  }

  // What else happens to the focused field.

  private void reset(Field field) {
    if (field.id.host() != (focused == null ? -1 : focused.id.host())) {
      return;
    }
    if (fenceUntil != NEVER && field.traits.resetMayHideFocus()) {
      ledger.settleAll(WAITING);
    }
    liftFence(field);
    if (field == focused) {
      if (route == Route.COMPOSING) {
        dropComposition(false);
      } else if (route == Route.GUARDED && trusted != 0) {
        out.add(new TrustedEffect.ForgetTrusted(trusted));
      }
    }
  }

  private void changeSurrounding(Field field, SurroundingText surrounding) {
    field.surrounding = surrounding;
    if (field == focused) {
      deliverSurrounding();
    }
  }

  private void deliverSurrounding() {
    Grant of = grant;
    if (of != null
        && focused != null
        && focused.surrounding != null
        && Gate.refusal(of, Right.READ_SURROUNDING, epoch, now) == null) {
      out.add(new PluginEffect.DeliverSurrounding(of.number, focused.surrounding));
    }
  }

  private void clickCandidate(Field field, int index) {
    Grant of = grant;
    if (of != null
        && field == focused
        && index >= 0
        && index < composition.candidates()
        && Gate.refusal(of, Right.SHOW_CANDIDATES, epoch, now) == null) {
      composition.cause(now);
      out.add(new PluginEffect.DeliverCandidateClick(of.number, index));
    }
  }

  // Plugins, the trusted keyboard, the user.

  private void pluginReady(SeatEvent.PluginReady ready) {
    plugins.put(ready.instance(), new Plugin(ready.facts(), ready.holder()));
    if (ready.facts().id().equals(selected)) {
      decideAnew(RevocationReason.SUPERSEDED);
    }
  }

  private void pluginLost(PluginInstance instance) {
    plugins.remove(instance);
    Grant of = grant;
    if (of != null && of.instance.equals(instance)) {
      decideAnew(RevocationReason.PLUGIN_LOST);
    }
  }

  private void select(String plugin) {
    if (!plugin.equals(selected)) {
      selected = plugin;
      decideAnew(RevocationReason.SUPERSEDED);
    }
  }

  private void trustedLost(long instance) {
    if (instance == trusted) {
      trusted = 0;
      trustedMisses = 0;
      ledger.settleAll(AT_TRUSTED);
    }
  }

  private void trustedAnswered(SeatEvent.TrustedAnswered answered) {
    KeyLedger.Entry entry = ledger.firstAt(AT_TRUSTED);
    if (answered.instance() != trusted || entry == null || entry.sequence != answered.sequence()) {
      return;
    }
    trustedMisses = 0;
    boolean text = !answered.text().isEmpty() && OutputRules.allowed(answered.text(), false);
    if (text) {
      out.add(new HostEffect.EditField(entry.field, new Edit.Insert(answered.text())));
    }
    entry.settle(answered.handled() || text);
  }

  // Time.

  private void passTime() {
    if (now >= decideBy) {
      decideBy = NEVER;
      decideAnew(RevocationReason.SUPERSEDED);
    }
    if (now >= fenceUntil) {
      fenceUntil = NEVER;
      pump();
    }
    missAnswers();
    ledger.settleOverdue(now);
    for (Grant each : List.copyOf(grants.all())) {
      if (grants.find(each.number) == each) {
        passTime(each);
      }
    }
    answerSettled();
    relax();
  }

  private void passTime(Grant each) {
    boolean stageOver = each.stage != Grant.Stage.LIVE && now >= each.stageEnds;
    if (stageOver && each.stage == Grant.Stage.RECORDING) {
      end(each, RevocationReason.NOT_RECORDED);
    } else if (stageOver && each.parent == null) {
      expel(each, PluginEffect.Misbehaviour.NOT_PRESENTED);
    } else if (stageOver) {
      end(each, RevocationReason.NOT_PRESENTED);
    } else if (now >= each.expiresAt) {
      end(each, RevocationReason.EXPIRED);
    } else if (each.stage == Grant.Stage.LIVE
        && each.parent == null
        && each.renewalExpiresAt == 0
        && now >= each.renewAt()) {
      issue(each, now + each.lifetime, true);
    }
  }

  private void missAnswers() {
    KeyLedger.Entry atPlugin = ledger.firstAt(AT_PLUGIN);
    Grant of = grant;
    if (atPlugin != null && now >= atPlugin.deadline && of != null) {
      dropComposition(true);
      if (++of.misses >= limits.misses()) {
        expel(of, PluginEffect.Misbehaviour.DEADLINES_MISSED);
      }
    }
    KeyLedger.Entry atTrusted = ledger.firstAt(AT_TRUSTED);
    if (atTrusted != null && now >= atTrusted.deadline) {
      atTrusted.settle(false);
      out.add(new TrustedEffect.ForgetTrusted(trusted));
      if (++trustedMisses >= limits.misses()) {
        out.add(new TrustedEffect.RestartTrusted(trusted));
        trusted = 0;
        trustedMisses = 0;
      }
    }
  }
}
