package org.keywarden.broker.seat;

import org.jspecify.annotations.Nullable;
import org.keywarden.policy.Right;

/**
 * The plugins as the seat sees them: what they do under their grants, what they are told of the
 * focused field, and how they lose what they have.
 */
final class PluginHand {
  private final SeatState state;
  private final PluginTable plugins;
  private final Grants grants;
  private final Composition composition;
  private final KeyPath keys;
  private final Routing routing;

  PluginHand(
      SeatState state,
      PluginTable plugins,
      Grants grants,
      Composition composition,
      KeyPath keys,
      Routing routing) {
    this.state = state;
    this.plugins = plugins;
    this.grants = grants;
    this.composition = composition;
    this.keys = keys;
    this.routing = routing;
  }

  void take(SeatEvent.OfPlugin event) {
    switch (event) {
      case SeatEvent.PluginReady e -> arrive(e);
      case SeatEvent.PluginLost e -> lose(e.instance());
      case SeatEvent.ComposeOpened e -> openCompose(e);
      case SeatEvent.ComposeClosed e -> closeCompose(e.grant());
      case SeatEvent.KeyAnswered e -> answer(e);
      case SeatEvent.ActionTaken e -> act(e.grant(), e.action(), null);
      case SeatEvent.RenewalPresented e -> grants.renew(e.capability().claims());
      case SeatEvent.DerivationAsked e -> grants.derive(e);
    }
  }

  void take(SeatEvent.OfToken event) {
    switch (event) {
      case SeatEvent.TokenRecorded e -> grants.recorded(e.issue(), e.token());
      case SeatEvent.TokenNotRecorded e -> notRecorded(e.issue());
    }
  }

  /** The user chose the plugin that composes. */
  void select(String plugin, String inputMethod) {
    if (plugins.select(plugin, inputMethod)) {
      routing.decideAnew(RevocationReason.SUPERSEDED);
    }
  }

  private void arrive(SeatEvent.PluginReady ready) {
    if (plugins.add(ready)) {
      routing.decideAnew(RevocationReason.SUPERSEDED);
    }
  }

  private void openCompose(SeatEvent.ComposeOpened opened) {
    Grant live = grants.present(opened);
    if (live != null && state.in() instanceof RouteState.Granting in && live == in.grant()) {
      state.enter(in.presented());
      composition.opened(state.now);
      deliverSurrounding();
    }
  }

  private void notRecorded(long issue) {
    Grant of = grants.unrecorded(issue);
    if (of != null) {
      end(of, RevocationReason.NOT_RECORDED);
    }
  }

  private void closeCompose(long number) {
    Grant of = grants.find(number);
    if (of != null) {
      end(of, RevocationReason.RELEASED);
    }
  }

  /** Ends a grant for a cause of its own; if the focused field composed under it, decides anew. */
  private void end(Grant of, RevocationReason why) {
    if (of == state.grant()) {
      routing.leaveGrant(why);
    } else {
      grants.close(of, why);
    }
  }

  private void expel(Grant of, PluginEffect.Misbehaviour why) {
    plugins.remove(of.instance);
    state.emit(new PluginEffect.RestartPlugin(of.instance, why));
    end(
        of,
        why == PluginEffect.Misbehaviour.NOT_PRESENTED
            ? RevocationReason.NOT_PRESENTED
            : RevocationReason.MISBEHAVED);
  }

  private void lose(PluginInstance instance) {
    plugins.remove(instance);
    Grant of = state.grant();
    if (of != null && of.instance.equals(instance)) {
      routing.decideAnew(RevocationReason.PLUGIN_LOST);
    }
  }

  private void answer(SeatEvent.KeyAnswered answered) {
    Grant of = grants.find(answered.grant());
    KeyLedger.Entry entry = keys.shownToPlugin();
    Refusal refusal = Gate.refusal(of, Right.RECEIVE_KEYS, state.epoch, state.now);
    if (refusal == null
        && (entry == null || of != state.grant() || entry.sequence != answered.sequence())) {
      refusal = Refusal.NO_SUCH_KEY;
    }
    if (refusal != null || entry == null || of == null) {
      state.emit(
          new PluginEffect.RefuseAction(
              answered.grant(), refusal == null ? Refusal.NOT_LIVE : refusal));
      return;
    }
    of.misses = 0;
    if (!plugins.isTried(of.instance)) {
      plugins.tried(of.instance);
      keys.hasten();
    }
    composition.unmute();
    Field field = state.focused();
    if (field != null && composition.losesText(answered.actions(), field, entry)) {
      refused(answered.grant(), of, Refusal.TEXT_NOT_ALLOWED);
      keys.dropComposition(true);
      return;
    }
    for (Action action : answered.actions()) {
      act(answered.grant(), action, entry);
    }
    keys.settle(entry, answered.handled());
  }

  /**
   * Does what a plugin asks.
   *
   * @param answering the key whose answer carries it, null outside an answer
   */
  private void act(long number, Action action, KeyLedger.@Nullable Entry answering) {
    Grant of = grants.find(number);
    Field field = state.focused();
    Refusal refusal = Gate.refusal(of, Composition.rightFor(action), state.epoch, state.now);
    if (refusal == null && field != null) {
      refusal = composition.apply(action, field, answering, state.now, state::emit);
    }
    if (refusal != null) {
      refused(number, of, refusal);
    }
  }

  private void refused(long number, @Nullable Grant of, Refusal refusal) {
    state.emit(new PluginEffect.RefuseAction(number, refusal));
    if (of != null) {
      state.emit(new RecordEffect.RecordRefusal(of.instance, number, refusal));
      Grant accountable = of.parent == null ? of : of.parent;
      if (++accountable.refusals >= state.limits.refusals()) {
        expel(accountable, PluginEffect.Misbehaviour.REFUSED_TOO_OFTEN);
      }
    }
  }

  /** Keeps what a field reports only while the epoch may be that of a plugin's grant. */
  void changeSurrounding(Field field, SurroundingText surrounding) {
    boolean mayCompose =
        switch (state.route()) {
          case GRANTING, COMPOSING -> true;
          case UNFOCUSED, DECIDING, GUARDED, DIRECT -> false;
        };
    if (field == state.focused() && mayCompose && field.readable()) {
      composition.reported(surrounding);
      deliverSurrounding();
    }
  }

  private void deliverSurrounding() {
    SurroundingText around = composition.surrounding();
    if (around != null
        && state.in() instanceof RouteState.Composing in
        && Gate.refusal(in.grant(), Right.READ_SURROUNDING, state.epoch, state.now) == null) {
      state.emit(new PluginEffect.DeliverSurrounding(in.grant().number, around));
    }
  }

  // What the user does with what a plugin shows: as good a cause as a key.

  void clickCandidate(Field field, CandidateClick click) {
    Grant of = composingIn(field, Right.SHOW_CANDIDATES);
    if (of != null && click.index() >= 0 && click.index() < composition.candidates()) {
      composition.cause(state.now);
      state.emit(new PluginEffect.DeliverCandidateClick(of.number, click));
    }
  }

  void moveCandidates(Field field, CandidatesMove move) {
    Grant of = composingIn(field, Right.SHOW_CANDIDATES);
    if (of != null && composition.candidates() > 0) {
      composition.cause(state.now);
      state.emit(new PluginEffect.DeliverCandidatesMove(of.number, move));
    }
  }

  void activate(Field field, String key, boolean checked) {
    Grant of = composingIn(field, Right.SHOW_PROPERTIES);
    if (of != null && composition.mayActivate(key)) {
      composition.cause(state.now);
      state.emit(new PluginEffect.DeliverActivation(of.number, key, checked));
    }
  }

  /** The grant under which the field is composed in with the right, null if there is none. */
  private @Nullable Grant composingIn(Field field, Right right) {
    return state.in() instanceof RouteState.Composing in
            && field == in.field()
            && Gate.refusal(in.grant(), right, state.epoch, state.now) == null
        ? in.grant()
        : null;
  }

  /** Takes a key back that the plugin has had too long. */
  void passAnswerTime() {
    if (keys.pluginMissed() && state.in() instanceof RouteState.Composing in) {
      missAnswer(in.grant());
    }
  }

  void passGrantTime() {
    for (Grant each : grants.all()) {
      if (grants.find(each.number) == each) {
        passTime(each);
      }
    }
  }

  private void missAnswer(Grant of) {
    keys.dropComposition(true);
    plugins.tried(of.instance);
    if (++of.misses >= state.limits.misses()) {
      expel(of, PluginEffect.Misbehaviour.DEADLINES_MISSED);
    }
  }

  private void missPresentation(Grant of) {
    if (of.parent == null) {
      expel(of, PluginEffect.Misbehaviour.NOT_PRESENTED);
    } else {
      end(of, RevocationReason.NOT_PRESENTED);
    }
  }

  private void passTime(Grant each) {
    if (each.stage instanceof Grant.Stage.Recording recording && state.now >= recording.by()) {
      end(each, RevocationReason.NOT_RECORDED);
    } else if (each.stage instanceof Grant.Stage.Offered offered && state.now >= offered.by()) {
      missPresentation(each);
    } else if (state.now >= each.expiresAt) {
      end(each, RevocationReason.EXPIRED);
    } else {
      grants.renewIfDue(each);
    }
  }
}
