package org.keywarden.broker.seat;

import static org.keywarden.broker.seat.KeyLedger.Place.AT_PLUGIN;
import static org.keywarden.broker.seat.KeyLedger.Place.AT_TRUSTED;
import static org.keywarden.broker.seat.KeyLedger.Place.WAITING;

import org.jspecify.annotations.Nullable;
import org.keywarden.policy.Right;

/**
 * The way of a key of the focused field: held, shown to whom the route names, answered; and the
 * fence behind keys that may move the focus.
 */
final class KeyPath {
  private final SeatState state;
  private final PluginTable plugins;
  private final KeyLedger ledger;
  private final TrustedHand trusted;
  private final Composition composition;
  private final Fence fence;
  private final PressedKeys pressed = new PressedKeys();

  KeyPath(
      SeatState state,
      PluginTable plugins,
      KeyLedger ledger,
      TrustedHand trusted,
      Composition composition) {
    this.state = state;
    this.plugins = plugins;
    this.ledger = ledger;
    this.trusted = trusted;
    this.composition = composition;
    this.fence = new Fence(state);
  }

  /** Takes a key from an application. */
  void type(Field field, long keyId, Key key) {
    Key here = pressed.typed(key, state.focusSession);
    if (field != state.focused()) {
      state.emit(new HostEffect.AnswerKey(field.id, keyId, false));
      return;
    }
    if (ledger.size() >= state.limits.pendingKeys()) {
      dropComposition(true);
      ledger.settleAll(AT_TRUSTED);
      ledger.settleAll(WAITING);
      answerSettled();
    }
    long until = Math.max(state.now, ledger.lastAnswerBy()) + state.limits.hold();
    ledger.add(new KeyLedger.Entry(field.id, keyId, ++state.sequence, here, until));
  }

  /** Moves held keys on as far as the route allows, in order, and answers what is settled. */
  void pump() {
    do {
      advanceAll();
    } while (answerSettled());
  }

  private void advanceAll() {
    for (KeyLedger.Entry entry : ledger.all()) {
      boolean goOn =
          switch (entry.place) {
            case SETTLED -> true;
            case AT_PLUGIN -> !FocusKeys.mayMoveFocus(entry.key) && !SequenceKeys.begins(entry.key);
            case AT_TRUSTED -> false;
            case WAITING -> advance(entry);
          };
      if (!goOn || fences(entry)) {
        return;
      }
    }
  }

  /** Whether keys behind this one wait until it is answered, and then for the fence. */
  private static boolean fences(KeyLedger.Entry entry) {
    return entry.givenBack() && FocusKeys.mayMoveFocus(entry.key);
  }

  /** Decides about the first held key; says whether the next may follow. */
  private boolean advance(KeyLedger.Entry entry) {
    return switch (state.in()) {
      case RouteState.Unfocused in -> giveBack(entry);
      case RouteState.Direct in -> giveBack(entry);
      case RouteState.Paced in -> giveBack(entry);
      case RouteState.Deciding in -> false;
      case RouteState.Awaiting in -> false;
      case RouteState.Granting in -> false;
      case RouteState.Guarded in -> advanceGuarded(entry);
      case RouteState.Composing in -> advanceComposing(entry, in.grant());
    };
  }

  /**
   * Gives the key back to its application, unseen by any plugin; the next may follow. But a
   * sequence of dead keys is composed first.
   */
  private boolean giveBack(KeyLedger.Entry entry) {
    pressed.unseen(entry.key, state.focusSession, isSecret());
    if (state.in() instanceof RouteState.Focused && trusted.composes(entry.key)) {
      trusted.deliver(entry);
      return false;
    }
    entry.settle(false);
    return true;
  }

  private boolean advanceGuarded(KeyLedger.Entry entry) {
    long owner = -state.focusSession;
    if (!trusted.ready() || !pressed.mayShow(entry.key, owner)) {
      return giveBack(entry);
    }
    pressed.shown(entry.key, owner, state.focusSession, true);
    trusted.deliver(entry);
    return false;
  }

  private boolean advanceComposing(KeyLedger.Entry entry, Grant owner) {
    if (fence.stands()) {
      return entry.key.action() == KeyAction.RELEASE && giveBack(entry);
    }
    if (entry.declined) {
      return giveBack(entry);
    }
    if (trusted.inSequence() && SequenceKeys.mayGoOn(entry.key)) {
      if (composition.isOpen()) {
        // The key may be the application's in the end, and must not come before what is composed.
        dropComposition(true);
      }
      return giveBack(entry);
    }
    Right right = rightFor(entry.key);
    if (!pressed.mayShow(entry.key, owner.number) || !owner.rights.contains(right)) {
      return giveBack(entry);
    }
    int shown = ledger.at(AT_PLUGIN);
    if (FocusKeys.mayMoveFocus(entry.key)) {
      if (shown > 0) {
        return false;
      }
      if (!composition.isOpen()) {
        return giveBack(entry);
      }
    }
    if (shown >= state.limits.keysAtPlugin()
        || Gate.refusal(owner, right, state.epoch, state.now) != null) {
      return false;
    }
    pressed.shown(entry.key, owner.number, state.focusSession, false);
    boolean tried = plugins.isTried(owner.instance);
    entry.show(AT_PLUGIN, state.now + (tried ? state.limits.answer() : state.limits.firstAnswer()));
    composition.cause(state.now);
    state.emit(new PluginEffect.DeliverKey(owner.number, entry.sequence, entry.key));
    return !FocusKeys.mayMoveFocus(entry.key) && !SequenceKeys.begins(entry.key);
  }

  private static Right rightFor(Key key) {
    return switch (key.action()) {
      case PRESS, REPEAT -> Right.RECEIVE_KEYS;
      case RELEASE -> Right.RECEIVE_RELEASES;
    };
  }

  /** Whether a key that nobody sees may be secret: of no field, too, nobody knows what it is. */
  private boolean isSecret() {
    return switch (state.in()) {
      case RouteState.Unfocused in -> true;
      case RouteState.Guarded in -> true;
      case RouteState.Focused in -> in.field().secret();
    };
  }

  /** An application has told something of a field of its that a focus key may have caused. */
  void told(Field field) {
    Field focused = state.focused();
    if (focused != null && field.id.host() == focused.id.host()) {
      fence.told();
    }
  }

  /** The focused field's application has handled what it was given. */
  void handled(Field field, long number) {
    if (field == state.focused()) {
      fence.handled(number);
      endFence();
    }
  }

  /** Whether a reset may be all that tells that a focus key moved the focus. */
  boolean resetMayHideFocus(Field field) {
    return fence.stands() && field.traits.resetMayHideFocus() && state.route() != Route.GUARDED;
  }

  /** Leaves held keys to the application. */
  void letGo() {
    if (composition.isOpen()) {
      dropComposition(true);
    }
    ledger.settleAll(WAITING);
  }

  /** Another field gains the focus; before keys of the old one are taken back. */
  void focusGained(Field field) {
    fence.focusGained(field);
  }

  /** The key a plugin has had longest, null if it has none. */
  KeyLedger.@Nullable Entry shownToPlugin() {
    return ledger.firstAt(AT_PLUGIN);
  }

  /** From now on the plugin's keys are waited for no longer than those still to come. */
  void hasten() {
    ledger.hasten(AT_PLUGIN, state.now + state.limits.answer());
  }

  /** Settles a key as its answer says, unless an action in the answer took it out of its place. */
  void settle(KeyLedger.Entry entry, boolean handled) {
    if (entry.place != AT_PLUGIN) {
      return;
    }
    if (!handled && !entry.forwarded && trusted.composes(entry.key)) {
      entry.decline(state.now + state.limits.hold());
    } else {
      entry.settle(handled);
    }
  }

  /**
   * Answers the settled keys that no unsettled one precedes. What was composed while the trusted
   * keyboard had a key goes before it, as the application may throw away a composition still open.
   *
   * @return whether one was among them that others wait for
   */
  boolean answerSettled() {
    boolean waitedFor = false;
    KeyLedger.Entry entry;
    while ((entry = ledger.takeSettled()) != null) {
      if (entry.passedBy() && composition.isOpen()) {
        dropComposition(true);
      }
      state.emit(
          new HostEffect.AnswerKey(entry.field, entry.keyId, entry.handled || entry.forwarded));
      if (entry.givenBack()
          && fence.givenBack(entry.key, entry.field, state.now)
          && state.route() == Route.COMPOSING) {
        state.emit(new HostEffect.FenceRaised(entry.field, fence.number()));
      }
      waitedFor |= fences(entry);
    }
    return waitedFor;
  }

  /**
   * Takes every key back from whom it was shown to, unhandled.
   *
   * @param heldToo whether held keys were typed for what ends here, and must not wait for what is
   *     next
   */
  void takeBack(boolean heldToo) {
    ledger.settleAll(AT_PLUGIN);
    ledger.settleAll(AT_TRUSTED);
    trusted.forget();
    if (heldToo) {
      ledger.settleAll(WAITING);
    }
    answerSettled();
  }

  /**
   * The composition is dropped behind the plugin's back: what it says of keys shown so far no
   * longer counts.
   */
  void dropComposition(boolean keep) {
    if (state.in() instanceof RouteState.Composing in) {
      ledger.settleAll(AT_PLUGIN);
      composition.finish(in.field().id, keep && !in.field().secret(), state::emit);
      composition.mute();
      state.emit(new PluginEffect.ResetComposition(in.grant().number));
    }
  }

  /**
   * Ends a fence that has stood long enough. Keys held to its end are left to the application, and
   * after a press among them it stands anew: an application that has said nothing all the time may
   * not have come to the focus key yet. Some come to it only once every key behind it is answered.
   */
  void endFence() {
    if (!fence.overdue(state.now)) {
      return;
    }
    if (state.route() != Route.GUARDED && !fence.proved()) {
      if (ledger.anyPressAt(WAITING) && composition.isOpen()) {
        dropComposition(true);
      }
      for (KeyLedger.Entry entry : ledger.all()) {
        if (entry.place == WAITING) {
          giveBack(entry);
        }
      }
    }
    answerSettled();
    fence.passTime(state.now);
    pump();
  }

  /** Whether the plugin has had a key too long. */
  boolean pluginMissed() {
    KeyLedger.Entry entry = ledger.firstAt(AT_PLUGIN);
    return entry != null && state.now >= entry.deadline;
  }

  /**
   * Gives up on keys held too long. What was composed before them goes before them: the application
   * may answer such a key by throwing away a composition still open.
   */
  void passTime() {
    if (!ledger.settleOverdue(state.now)) {
      return;
    }
    dropComposition(true);
    if (ledger.settleAll(AT_TRUSTED)) {
      trusted.forget();
    }
  }

  boolean isEmpty() {
    return ledger.isEmpty();
  }

  /** When the next key's time is up, in ns; {@link SeatState#NEVER} for never. */
  long nextDeadline() {
    return Math.min(fence.nextDeadline(), ledger.nextDeadline());
  }
}
