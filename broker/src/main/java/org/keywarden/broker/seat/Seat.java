package org.keywarden.broker.seat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keywarden.policy.RoutePolicy;

/**
 * Who gets the keys of the focused field: a pure, deterministic state machine. The same events at
 * the same times give the same effects. Not thread-safe; one thread owns it. Never blocks.
 *
 * <p>Rows are routes, columns what may happen to the focused field; every other pair leaves the
 * route as it is. Every arrow (but that to COMPOSING, and what a wait for {@link GrantPace} comes
 * to) bumps the epoch first, which ends the live grant, then clears the preedit, answers what was
 * shown and not answered as "not handled", and only then decides anew.
 *
 * <pre>
 *            focus moves  secret       type plain   time is up          recorded  presented  plugin lost/selected,
 *                                                                                            policy, lock, resume
 * UNFOCUSED  decide       -            -            -                   -         -          UNFOCUSED
 * DECIDING   decide       GUARDED      decide       decide(unannounced) -         -          decide
 * GRANTING   decide       GUARDED      (facts) -    DIRECT              (offer) - COMPOSING  decide
 * COMPOSING  decide       GUARDED      (facts) -    decide (expired)    (renew) - -          decide
 * GUARDED    decide       GUARDED      -            decide*             -         -          decide
 * DIRECT     decide       GUARDED      (facts) -    -                   -         -          decide
 *
 * decide: UNFOCUSED without a focused field, DECIDING while a content type is still expected, GUARDED if secret or locked
 *         or a secret may still be
 *         typed elsewhere ({@link Unyielded}; no policy is asked), else what the policy says: GUARDED, DIRECT, or GRANTING (DIRECT without a ready plugin).
 *         GRANTING asks for a grant at once, or as soon as {@link GrantPace} allows.
 * *       only where a marker that does not hold for the stay ({@link SecretBy}) was taken back, {@link SeatLimits#relaxation}
 *         after the field was last secret, once no key is in flight.
 * </pre>
 *
 * <p>{@link RouteState} has what is so in each route only. {@link SeatState#enter} refuses an arrow
 * that is not here, and any but those to GUARDED and UNFOCUSED for a secret field.
 *
 * <p>Illegal events (a field opened twice, an unknown field, a clock running backwards, an instance
 * ready twice) throw {@link IllegalEvent} and change nothing: front doors and gateways let none
 * through. Events that merely come too late (an answer under a grant just revoked) are part of life
 * and are refused by effect.
 */
public final class Seat {
  private final SeatState state;
  private final Map<FieldId, Field> fields = new HashMap<>();
  private final PluginTable plugins;
  private final Grants grants;
  private final TrustedHand trusted;
  private final KeyPath keys;

  private final Routing routing;
  private final PluginHand hand;

  /**
   * A seat without fields, plugins or trusted keyboard.
   *
   * @param selected id of the plugin that composes, empty for none
   */
  public Seat(SeatLimits limits, RoutePolicy policy, String selected) {
    this.state = new SeatState(limits);
    this.plugins = new PluginTable(selected);
    this.grants = new Grants(state, plugins);
    Composition composition = new Composition(limits);
    KeyLedger ledger = new KeyLedger();
    this.trusted = new TrustedHand(state, ledger);
    this.keys = new KeyPath(state, plugins, ledger, trusted, composition);
    this.routing = new Routing(state, plugins, grants, composition, keys, policy);
    this.hand = new PluginHand(state, plugins, grants, composition, keys, routing);
  }

  /**
   * Takes one event.
   *
   * @param at when it happened, in ns of CLOCK_BOOTTIME; not before the last one's
   * @return what is to be done, in order
   * @throws IllegalEvent if the event is illegal in this state, which is then unchanged
   */
  public List<Effect> handle(long at, SeatEvent event) {
    if (at < state.now) {
      throw new IllegalEvent("time runs backwards");
    }
    requireLegal(event);
    List<Effect> effects = state.begin(at);
    passTime();
    dispatch(event);
    keys.pump();
    routing.relax();
    return effects;
  }

  /**
   * When the seat next wants {@link SeatEvent.TimePassed}, in ns; {@link Long#MAX_VALUE} for never.
   */
  public long nextDeadline() {
    long next = Math.min(keys.nextDeadline(), grants.nextDeadline());
    return Math.min(next, routing.nextDeadline());
  }

  /** Who has the keys of the focused field. */
  public Route route() {
    return state.route();
  }

  /** Changes whenever somebody loses the input. */
  public long epoch() {
    return state.epoch;
  }

  /** Whether secret keys may be on their way, wherever to: meanwhile no plugin is to run. */
  public boolean secretTyped() {
    return routing.secretTyped();
  }

  /** What the focused field lacks to be composed in. */
  public Lack lack() {
    if (!(state.in() instanceof RouteState.Direct in)) {
      return Lack.NOTHING;
    }
    return switch (in.decidedBy()) {
      case RouteState.Direct.NO_PLUGIN -> Lack.PLUGIN;
      case RouteState.Direct.NO_FORGETFUL_PLUGIN -> Lack.FORGETFUL_PLUGIN;
      default -> Lack.NOTHING;
    };
  }

  /** The focus session, if an instance that forgets has it or should have it; else 0. */
  public long forgetfulStay() {
    boolean has =
        state.in() instanceof RouteState.Granted in && plugins.forgets(in.grant().instance);
    return has || lack() == Lack.FORGETFUL_PLUGIN ? state.focusSession : 0;
  }

  /** Id of the plugin that composes, empty for none. */
  public String selectedPlugin() {
    return plugins.selected();
  }

  /** The state as the user may see it. */
  public SeatStatus status() {
    Field focused = state.focused();
    return new SeatStatus(
        state.route(),
        focused == null ? "" : focused.application.name(),
        focused == null ? "" : focused.application.executable(),
        state.in().decidedBy(),
        state.epoch,
        plugins.selected(),
        plugins.inputMethod(),
        state.in() instanceof RouteState.Composing in ? in.grant().number : 0,
        trusted.ready());
  }

  private void requireLegal(SeatEvent event) {
    switch (event) {
      case SeatEvent.FieldOpened e -> require(!fields.containsKey(e.field()), "field is open");
      case SeatEvent.OfOpenField e -> require(fields.containsKey(e.field()), "field is not open");
      case SeatEvent.PluginReady e ->
          require(!plugins.contains(e.instance()), "instance is ready already");
      case SeatEvent.TrustedReady e ->
          require(!trusted.ready(), "a trusted keyboard is ready already");
      case SeatEvent.OfPlugin e -> {}
      case SeatEvent.OfToken e -> {}
      case SeatEvent.OfTrusted e -> {}
      case SeatEvent.OfSession e -> {}
    }
  }

  private void require(boolean legal, String otherwise) {
    if (!legal) {
      throw new IllegalEvent(otherwise + " (route " + state.route() + ")");
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
      case SeatEvent.OfOpenField e -> take(open(e.field()), e);
      case SeatEvent.OfPlugin e -> hand.take(e);
      case SeatEvent.OfToken e -> hand.take(e);
      case SeatEvent.OfTrusted e -> trusted.take(e);
      case SeatEvent.OfSession e -> take(e);
    }
  }

  private void take(Field field, SeatEvent.OfOpenField event) {
    switch (event) {
      case SeatEvent.FieldClosed e -> close(field);
      case SeatEvent.FocusGained e -> gainFocus(field, e.type());
      case SeatEvent.FocusLost e -> loseFocus(field);
      case SeatEvent.ContentTypeChanged e -> routing.changeType(field, e.type());
      case SeatEvent.SecrecyMarked e -> routing.mark(field, e.by(), e.secret());
      case SeatEvent.KeyTyped e -> type(field, e.keyId(), e.key());
      case SeatEvent.FieldReset e -> reset(field);
      case SeatEvent.SurroundingChanged e -> hand.changeSurrounding(field, e.surrounding());
      case SeatEvent.CursorMoved e -> keys.told(field);
      case SeatEvent.KeysHandled e -> keys.handled(field, e.number());
      case SeatEvent.CandidateClicked e -> hand.clickCandidate(field, e.click());
      case SeatEvent.CandidatesMoved e -> hand.moveCandidates(field, e.move());
      case SeatEvent.PropertyActivated e -> hand.activate(field, e.key(), e.checked());
    }
  }

  private void take(SeatEvent.OfSession event) {
    switch (event) {
      case SeatEvent.PluginSelected e -> hand.select(e.plugin(), e.inputMethod());
      case SeatEvent.PolicyReplaced e -> routing.use(e.policy());
      case SeatEvent.SessionLockChanged e -> routing.lock(e.locked());
      case SeatEvent.Resumed e -> routing.decideAnew(RevocationReason.SUPERSEDED);
      case SeatEvent.TimePassed e -> {}
    }
  }

  // Focus and secrecy.

  private void close(Field field) {
    loseFocus(field);
    fields.remove(field.id);
  }

  private void gainFocus(Field field, @Nullable ContentType type) {
    if (field == state.focused()) {
      if (type != null) {
        routing.changeType(field, type);
      }
      return;
    }
    if (type != null) {
      field.type = type;
    }
    routing.focusOn(field);
  }

  private void loseFocus(Field field) {
    if (field == state.focused()) {
      routing.focusOn(null);
    } else {
      routing.yields(field);
    }
  }

  private void type(Field field, long keyId, Key key) {
    keys.type(field, keyId, key);
    if (field != state.focused()) {
      routing.stirs(field);
    }
  }

  // What else happens to a field.

  private void reset(Field field) {
    Field focused = state.focused();
    if (focused == null || field.id.host() != focused.id.host()) {
      return;
    }
    boolean hidesFocus = keys.resetMayHideFocus(field);
    keys.told(field);
    if (field == focused) {
      if (state.route() == Route.COMPOSING) {
        keys.dropComposition(false);
      } else if (state.route() == Route.GUARDED) {
        trusted.forget();
      }
    }
    if (hidesFocus) {
      keys.letGo();
    }
  }

  // Time.

  private void passTime() {
    routing.passTime();
    keys.endFence();
    hand.passAnswerTime();
    trusted.passTime();
    keys.passTime();
    hand.passGrantTime();
    keys.answerSettled();
    routing.relax();
  }
}
