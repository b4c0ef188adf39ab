package org.keywarden.broker.seat;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keywarden.policy.Right;

/**
 * Judges a seat from outside: it sees the events and the effects, keeps its own small picture of
 * the world, and knows nothing of how the seat decides. Names the guarantee that was broken.
 */
final class SeatOracle {
  private static final long SECOND = 1_000_000_000L;

  /** A key no answer was given to yet. */
  private record Unanswered(FieldId field, long keyId, long typedAt, long sequence, Key key) {}

  private final SeatLimits limits;
  private final FieldsSeen fields = new FieldsSeen();
  private final GrantsSeen grants = new GrantsSeen();
  private final PressesSeen presses;
  private final RobbedField robbed;
  private final Map<FieldId, ArrayDeque<Unanswered>> unanswered = new HashMap<>();
  private final Set<Long> returns = new HashSet<>();
  private final Set<PluginInstance> ready = new HashSet<>();

  /** Whether the user wants no input method. */
  private boolean keyboardOnly;

  private Route routeBefore = Route.UNFOCUSED;
  private Route routeAfter = Route.UNFOCUSED;

  private @Nullable FieldId focusedBefore;
  private boolean locked;
  private long now;

  /** Instances that answered a key without any refusal. */
  private final Set<PluginInstance> tried = new HashSet<>();

  /** Until when an instance's first answer may be awaited. */
  private long firstAnswerUntil = Long.MIN_VALUE;

  private long lastCause = Long.MIN_VALUE / 2;
  private long epochSeen;
  private long epoch;
  private long keys;

  /** Keys typed into the focused field so far. */
  private long sequence;

  /** Keys of the focused field that were typed while the screen was locked. */
  private final Set<Long> typedLocked = new HashSet<>();

  /** The newest key an input method was shown. */
  private long shown;

  /** Whether an input method's text stands unfinished in the focused field. */
  private boolean composing;

  /** Keys shown to an input method that gave them on to the application. */
  private final Set<Long> forwarded = new HashSet<>();

  SeatOracle(SeatLimits limits) {
    this.limits = limits;
    this.presses = new PressesSeen(limits);
    this.robbed = new RobbedField(limits);
  }

  long keysSeen() {
    return keys;
  }

  int openGrants() {
    return grants.open();
  }

  boolean everyKeyAnswered() {
    return unanswered.values().stream().allMatch(ArrayDeque::isEmpty);
  }

  /**
   * @param still whether plugins have to stand still
   */
  void judge(long at, SeatEvent event, List<Effect> effects, SeatStatus after, boolean still) {
    now = at;
    routeBefore = routeAfter;
    routeAfter = after.route();
    focusedBefore = fields.focused();
    epoch = after.epoch();
    take(event);
    for (Effect effect : effects) {
      switch (effect) {
        case HostEffect e -> judgeHost(event, e);
        case PluginEffect e -> judgePlugin(e);
        case TrustedEffect e -> {}
        case RecordEffect e -> grants.judge(e);
      }
    }
    if (event instanceof SeatEvent.KeyAnswered answer
        && grants.find(answer.grant()) instanceof GrantsSeen.Seen grant
        && effects.stream().noneMatch(PluginEffect.RefuseAction.class::isInstance)) {
      tried.add(grant.request.instance());
    }
    if (event instanceof SeatEvent.ComposeOpened opened) {
      check(decided(opened.stream(), effects) == 1, "G2 each stream is decided about once");
    }
    check(after.epoch() >= epochSeen, "the epoch only grows");
    epochSeen = after.epoch();
    boolean secret = fields.focusedIsSecret();
    check(
        !secret || (after.route() == Route.GUARDED && after.grant() == 0),
        "G3 a secret field is guarded and has no grant");
    check(still || !secret, "G7 no plugin runs while a secret is typed");
    check(still || !locked, "G7 no plugin runs while the screen is locked");
    check(!locked || after.grant() == 0, "G3 there is no grant while the screen is locked");
    if (robbed.isTypedInto(now)) {
      check(
          still && after.grant() == 0 && after.route() != Route.COMPOSING,
          "G7 no plugin runs while keys of a secret field come whose focus was taken");
    }
    check(
        !keyboardOnly || (after.route() != Route.COMPOSING && after.grant() == 0),
        "G1 nobody composes where the user wants the keyboard only");
    check(
        (fields.focused() == null) == (after.route() == Route.UNFOCUSED),
        "the route follows the focus");
    for (ArrayDeque<Unanswered> waiting : unanswered.values()) {
      Unanswered oldest = waiting.peekFirst();
      check(
          oldest == null
              || now - oldest.typedAt() <= limits.hold() + 2 * limits.answer()
              // Behind a first answer, held for a grant, then shown to the trusted keyboard.
              || now <= firstAnswerUntil + limits.hold() + limits.answer(),
          "G4 every key is answered within its deadline");
    }
  }

  private static long decided(long stream, List<Effect> effects) {
    return effects.stream()
        .filter(
            effect ->
                (effect instanceof PluginEffect.AcceptCompose e && e.stream() == stream)
                    || (effect instanceof PluginEffect.RefuseCompose r && r.stream() == stream))
        .count();
  }

  private void take(SeatEvent event) {
    FieldId focused = fields.focused();
    robbed.take(
        event, fields.focusedIsSecret() || routeBefore == Route.DECIDING ? focused : null, now);
    switch (event) {
      case SeatEvent.FieldOpened e -> fields.open(e);
      case SeatEvent.FieldClosed e -> fields.close(e.field());
      case SeatEvent.FocusGained e -> {
        boolean news = e.type() != null && fields.type(e.field(), e.type());
        if (!e.field().equals(focused)) {
          presses.focusMoves(e.field(), fields.isRestless(e.field()));
        } else if (news) {
          told(e.field());
        }
        fields.focus(e.field());
      }
      case SeatEvent.FocusLost e -> fields.lose(e.field());
      case SeatEvent.ContentTypeChanged e -> {
        if (fields.type(e.field(), e.type())) {
          told(e.field());
        }
        fields.noteCalled();
      }
      case SeatEvent.SecrecyMarked e -> fields.mark(e);
      case SeatEvent.KeyTyped e -> {
        keys++;
        unanswered
            .computeIfAbsent(e.field(), field -> new ArrayDeque<>())
            .addLast(
                new Unanswered(
                    e.field(),
                    e.keyId(),
                    now,
                    e.field().equals(fields.focused()) ? ++sequence : 0,
                    e.key()));
        if (locked && e.field().equals(fields.focused())) {
          typedLocked.add(sequence);
        }
      }
      case SeatEvent.PluginReady e -> ready.add(e.instance());
      case SeatEvent.PluginLost e -> ready.remove(e.instance());
      case SeatEvent.TokenRecorded e -> grants.take(e);
      case SeatEvent.SessionLockChanged e -> locked = e.locked();
      case SeatEvent.RenewalPresented e -> grants.take(e);
      case SeatEvent.FieldReset e -> told(e.field());
      case SeatEvent.SurroundingChanged e -> fields.report(e, epoch);
      case SeatEvent.CursorMoved e -> told(e.field());
      case SeatEvent.KeysHandled e -> presses.handled(e.field().equals(focused), e.number());
      case SeatEvent.CandidateClicked e -> {}
      case SeatEvent.CandidatesMoved e -> {}
      case SeatEvent.PropertyActivated e -> {}
      case SeatEvent.OfPlugin e -> {}
      case SeatEvent.OfToken e -> {}
      case SeatEvent.OfTrusted e -> {}
      case SeatEvent.PluginSelected e -> keyboardOnly = e.plugin().isEmpty();
      case SeatEvent.OfSession e -> {}
    }
  }

  private void told(FieldId field) {
    FieldId focused = fields.focused();
    if (focused != null && field.host() == focused.host()) {
      presses.told();
    }
  }

  private void judgeRead(@Nullable SurroundingText text) {
    fields.judgeRead(text, epochSeen, epoch);
  }

  private void judgeHost(SeatEvent event, HostEffect effect) {
    switch (effect) {
      case HostEffect.AnswerKey e -> {
        ArrayDeque<Unanswered> waiting = unanswered.get(e.field());
        Unanswered oldest = waiting == null ? null : waiting.pollFirst();
        check(
            oldest != null && oldest.keyId() == e.keyId(),
            "G4 keys are answered once and in order");
        if (oldest != null
            && oldest.sequence() > 0
            && (!e.handled() || forwarded.remove(oldest.sequence()))
            && oldest.key().action() != KeyAction.RELEASE) {
          presses.given(oldest.key(), e.field().host(), now);
        }
        check(
            !composing
                || e.handled()
                || oldest == null
                || oldest.sequence() <= shown
                || oldest.key().action() != KeyAction.PRESS,
            "G4 no key overtakes a composition");
      }
      case HostEffect.EditField e -> {
        judgeEdit(event, e);
        presses.edited(now);
        if (e.edit() instanceof Edit.Forward && event instanceof SeatEvent.KeyAnswered answer) {
          forwarded.add(answer.sequence());
        }
        if (e.edit() instanceof Edit.SetPreedit set) {
          composing = !set.preedit().text().isEmpty();
        }
      }
      case HostEffect.RouteChanged e -> {}
      case HostEffect.FenceRaised e -> presses.raised(e.number());
    }
  }

  private void judgeEdit(SeatEvent event, HostEffect.EditField effect) {
    FieldId field = effect.field();
    check(
        field.equals(fields.focused()) || field.equals(focusedBefore),
        "G4 nothing goes to a field other than the focused one");
    check(fields.isOpen(field) || event instanceof SeatEvent.FieldClosed, "G4 the field exists");
    long grant =
        switch (event) {
          case SeatEvent.KeyAnswered e -> e.grant();
          case SeatEvent.ActionTaken e -> e.grant();
          default -> 0;
        };
    boolean addsText = ShownEdits.adds(effect.edit());
    if (grant != 0 && addsText && !(effect.edit() instanceof Edit.Insert && !actsByPlugin(event))) {
      judgePluginEdit(grant, effect.edit(), answersReturn(event));
    } else if (addsText) {
      check(
          effect.edit() instanceof Edit.Insert,
          "G5 only a plugin's own events change what it shows");
      check(
          event instanceof SeatEvent.TrustedAnswered || !fields.secret(field),
          "G3 no text of a plugin goes into a secret field");
    }
  }

  private static boolean actsByPlugin(SeatEvent event) {
    List<Action> actions =
        switch (event) {
          case SeatEvent.KeyAnswered e -> e.actions();
          case SeatEvent.ActionTaken e -> List.of(e.action());
          default -> List.of();
        };
    return actions.stream().anyMatch(action -> action instanceof Action.Commit);
  }

  private boolean answersReturn(SeatEvent event) {
    return event instanceof SeatEvent.KeyAnswered answer
        && returns.contains(answer.sequence())
        && fields.focusedTakesLines();
  }

  private void judgePluginEdit(long number, Edit edit, boolean lineBreak) {
    GrantsSeen.Seen grant = grants.find(number);
    check(grant != null && grant.accepted, "G5 only under a grant in use");
    check(grant != null && now < grant.expiresAt, "G5 not after the end of the grant");
    check(
        now - lastCause <= SECOND || edit instanceof Edit.SetProperties,
        "G5 only in answer to the user's keys or clicks, but for its menu");
    if (edit instanceof Edit.Delete) {
      judgeRead(null);
    }
    Right needed = ShownEdits.judge(edit, lineBreak);
    check(grant != null && grant.request.rights().contains(needed), "G5 only with the right");
  }

  /** What the user does with what is shown. */
  private void judgeAct(long grant, Right shown) {
    check(live(grant).request.rights().contains(shown), "G1 only who may show it is told");
    lastCause = now;
  }

  private GrantsSeen.Seen live(long number) {
    GrantsSeen.Seen grant = grants.find(number);
    if (grant == null) {
      throw new AssertionError("G1 unknown grant");
    }
    check(
        grant.accepted && !grant.revoked,
        "G2 nothing is delivered outside acceptance and revocation");
    check(now < grant.expiresAt, "G1 nothing is delivered after expiry");
    check(grants.isRecorded(grant), "G6 logged before use");
    check(ready.contains(grant.request.instance()), "G1 the instance is ready");
    check(
        fields.focused() != null && !fields.focusedIsSecret(),
        "G3 nothing of a secret field is delivered");
    check(!locked, "G3 nothing is delivered while locked");
    return grant;
  }

  private void judgePlugin(PluginEffect effect) {
    switch (effect) {
      case PluginEffect.DeliverKey e -> {
        GrantsSeen.Seen grant = live(e.grant());
        Right needed =
            e.key().action() == KeyAction.RELEASE ? Right.RECEIVE_RELEASES : Right.RECEIVE_KEYS;
        check(grant.request.rights().contains(needed), "G1 right to keys");
        check(grant.request.parent() == 0, "G1 a key has one owner");
        check(e.sequence() >= grant.request.notBeforeSequence() - keys, "G1 sequence");
        check(
            waits(fields.focused()), "G1 a key is shown only while its field waits for the answer");
        check(
            !presses.mayMoveFocus(now),
            "G3 no key is shown that may be meant for the field the focus moves to");
        check(
            !typedLocked.contains(e.sequence()),
            "G3 no key is shown that was typed while the screen was locked");
        lastCause = now;
        shown = e.sequence();
        if (!tried.contains(grant.request.instance())) {
          firstAnswerUntil = now + limits.firstAnswer();
        }
        if (e.key().keysym() == 0xFF0D) {
          returns.add(e.sequence());
        }
      }
      case PluginEffect.DeliverSurrounding e -> {
        check(
            live(e.grant()).request.rights().contains(Right.READ_SURROUNDING), "G1 right to text");
        judgeRead(e.surrounding());
      }
      case PluginEffect.DeliverCandidateClick e -> judgeAct(e.grant(), Right.SHOW_CANDIDATES);
      case PluginEffect.DeliverCandidatesMove e -> judgeAct(e.grant(), Right.SHOW_CANDIDATES);
      case PluginEffect.DeliverActivation e -> judgeAct(e.grant(), Right.SHOW_PROPERTIES);
      case PluginEffect.OfferGrant e -> grants.judgeRelease(e.token(), e.grant());
      case PluginEffect.OfferRenewal e -> grants.judgeRelease(e.token(), e.grant());
      case PluginEffect.AnswerDerivation e -> grants.judgeRelease(e.token(), e.grant());
      case PluginEffect.AcceptCompose e -> grants.accept(e.grant());
      case PluginEffect.Revoke e -> grants.revoke(e.grant());
      case PluginEffect.RestartPlugin e -> ready.remove(e.instance());
      case PluginEffect.RefuseCompose e -> {}
      case PluginEffect.RefuseRenewal e -> {}
      case PluginEffect.ResetComposition e -> {}
      case PluginEffect.RefuseAction e -> {}
      case PluginEffect.RefuseDerivation e -> {}
    }
  }

  private boolean waits(@Nullable FieldId field) {
    return field != null && unanswered.containsKey(field) && !unanswered.get(field).isEmpty();
  }

  /** Forgets closed grants, to keep memory flat over long runs. */
  void forgetClosed() {
    grants.forgetClosed();
  }

  static void check(boolean holds, String guarantee) {
    if (!holds) {
      throw new AssertionError(guarantee);
    }
  }
}
