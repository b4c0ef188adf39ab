package org.keywarden.broker.seat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.capability.Token;
import org.keywarden.policy.Right;

/**
 * Judges a seat from outside: it sees the events and the effects, keeps its own small picture of
 * the world, and knows nothing of how the seat decides. Names the guarantee that was broken.
 */
final class SeatOracle {
  private static final long SECOND = 1_000_000_000L;

  /** A key no answer was given to yet. */
  private record Unanswered(FieldId field, long keyId, long typedAt, long sequence, Key key) {}

  /** What a field said stands around its cursor; {@code epoch} after it was heard. */
  private record Report(FieldId field, SurroundingText text, long epoch, boolean readable) {}

  private static final class GrantSeen {
    final TokenRequest request;
    boolean accepted;
    boolean revoked;
    boolean closed;
    long expiresAt;

    GrantSeen(TokenRequest request) {
      this.request = request;
      expiresAt = request.expiresAt();
    }
  }

  private final SeatLimits limits;
  private final Map<FieldId, ContentType> types = new HashMap<>();
  private final Map<FieldId, ArrayDeque<Unanswered>> unanswered = new HashMap<>();
  private final Map<Long, GrantSeen> grants = new HashMap<>();
  private final Map<Long, TokenRequest> issued = new HashMap<>();
  private final Set<Long> recorded = new HashSet<>();

  /** Tokens whose records are durable, with the grants they are of. */
  private final Map<Token, Long> released = new HashMap<>();

  private final Set<Long> returns = new HashSet<>();
  private final Set<PluginInstance> ready = new HashSet<>();
  private final Set<FieldId> openFields = new HashSet<>();

  /** Markers whose word is good for the whole stay of focus. */
  private static final Set<SecretBy> LASTING =
      EnumSet.of(SecretBy.APPLICATION, SecretBy.MASKED_TEXT, SecretBy.ACCESSIBILITY);

  /** What other markers than their application's words call fields secret now. */
  private final Map<FieldId, Set<SecretBy>> marked = new HashMap<>();

  /** Whether a lasting marker has called the focused field secret in this stay of focus. */
  private boolean calledSecret;

  private Route routeBefore = Route.UNFOCUSED;
  private Route routeAfter = Route.UNFOCUSED;

  /** A secret field of another application whose focus was taken, and since when. */
  private @Nullable FieldId robbed;

  private long robbedAt;

  /** Until when its last key counts. */
  private long secretKeyUntil = Long.MIN_VALUE;

  /** The newest report of the focused field in this epoch. */
  private @Nullable Report report;

  private @Nullable FieldId focused;
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

  /** The newest key an input method was shown. */
  private long shown;

  /** Whether an input method's text stands unfinished in the focused field. */
  private boolean composing;

  /** Keys shown to an input method that gave them on to the application. */
  private final Set<Long> forwarded = new HashSet<>();

  /** Keys that may move the focus, handled by the application, after which it told of no focus. */
  private int focusKeys;

  /** The application that was last given a press. */
  private long lastHost;

  /** When the application was last given a press. */
  private long lastPress = Long.MIN_VALUE / 2;

  /** When a field was last changed by anyone but its application. */
  private long lastEdit = Long.MIN_VALUE / 2;

  /** Fields of clients that may say that the focus moved because of text they were given. */
  private final Set<FieldId> restless = new HashSet<>();

  /** What the application tells may be of a press other than the focus key. */
  private boolean doubtful;

  SeatOracle(SeatLimits limits) {
    this.limits = limits;
  }

  long keysSeen() {
    return keys;
  }

  int openGrants() {
    int open = 0;
    for (GrantSeen grant : grants.values()) {
      if (!grant.closed) {
        open++;
      }
    }
    return open;
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
    focusedBefore = focused;
    epoch = after.epoch();
    take(event);
    for (Effect effect : effects) {
      switch (effect) {
        case HostEffect e -> judgeHost(event, e);
        case PluginEffect e -> judgePlugin(e);
        case TrustedEffect e -> {}
        case RecordEffect e -> judgeRecord(e);
      }
    }
    if (event instanceof SeatEvent.KeyAnswered answer
        && grants.get(answer.grant()) instanceof GrantSeen grant
        && effects.stream().noneMatch(PluginEffect.RefuseAction.class::isInstance)) {
      tried.add(grant.request.instance());
    }
    if (event instanceof SeatEvent.ComposeOpened opened) {
      check(decided(opened.stream(), effects) == 1, "G2 each stream is decided about once");
    }
    check(after.epoch() >= epochSeen, "the epoch only grows");
    epochSeen = after.epoch();
    boolean secret = focused != null && secret(focused);
    check(
        !secret || (after.route() == Route.GUARDED && after.grant() == 0),
        "G3 a secret field is guarded and has no grant");
    check(still || !secret, "G7 no plugin runs while a secret is typed");
    if (secretKeyUntil > now) {
      check(
          still && after.grant() == 0 && after.route() != Route.COMPOSING,
          "G7 no plugin runs while keys of a secret field come whose focus was taken");
    }
    check((focused == null) == (after.route() == Route.UNFOCUSED), "the route follows the focus");
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

  /** Follows the last secret field whose focus another application took. */
  private void followRobbed(SeatEvent event) {
    switch (event) {
      case SeatEvent.FocusGained e -> {
        if (robbed != null && robbed.host() == e.field().host()) {
          robbed = null;
        }
        if (focused != null
            && focused.host() != e.field().host()
            && (secret(focused) || routeBefore == Route.DECIDING)) {
          robbed = focused;
          robbedAt = now;
        }
      }
      case SeatEvent.FocusLost e -> robbed = e.field().equals(robbed) ? null : robbed;
      case SeatEvent.FieldClosed e -> robbed = e.field().equals(robbed) ? null : robbed;
      case SeatEvent.KeyTyped e -> {
        if (e.field().equals(robbed)) {
          secretKeyUntil = Math.min(now + limits.lull(), robbedAt + limits.longestLull());
        }
      }
      default -> {}
    }
    secretKeyUntil = robbed == null ? Long.MIN_VALUE : secretKeyUntil;
  }

  private void take(SeatEvent event) {
    followRobbed(event);
    switch (event) {
      case SeatEvent.FieldOpened e -> {
        openFields.add(e.field());
        if (e.traits().focusMayBeEcho()) {
          restless.add(e.field());
        }
      }
      case SeatEvent.FieldClosed e -> {
        openFields.remove(e.field());
        restless.remove(e.field());
        types.remove(e.field());
        marked.remove(e.field());
        focused = e.field().equals(focused) ? null : focused;
      }
      case SeatEvent.FocusGained e -> {
        boolean news = e.type() != null && !e.type().equals(types.get(e.field()));
        if (e.type() != null) {
          types.put(e.field(), e.type());
        }
        if (!e.field().equals(focused)) {
          focusMoves(e.field());
        } else if (news) {
          told(e.field());
        }
        calledSecret &= e.field().equals(focused);
        focused = e.field();
        noteCalled();
      }
      case SeatEvent.FocusLost e -> focused = e.field().equals(focused) ? null : focused;
      case SeatEvent.ContentTypeChanged e -> {
        if (!e.type().equals(types.put(e.field(), e.type()))) {
          told(e.field());
        }
        noteCalled();
      }
      case SeatEvent.SecrecyMarked e -> {
        Set<SecretBy> by =
            marked.computeIfAbsent(e.field(), field -> EnumSet.noneOf(SecretBy.class));
        if (e.secret()) {
          by.add(e.by());
        } else {
          by.remove(e.by());
        }
        noteCalled();
      }
      case SeatEvent.KeyTyped e -> {
        keys++;
        unanswered
            .computeIfAbsent(e.field(), field -> new ArrayDeque<>())
            .addLast(
                new Unanswered(
                    e.field(),
                    e.keyId(),
                    now,
                    e.field().equals(focused) ? ++sequence : 0,
                    e.key()));
      }
      case SeatEvent.PluginReady e -> ready.add(e.instance());
      case SeatEvent.PluginLost e -> ready.remove(e.instance());
      case SeatEvent.TokenRecorded e -> {
        recorded.add(e.issue());
        if (issued.get(e.issue()) instanceof TokenRequest request) {
          released.put(e.token(), request.grant());
        }
      }
      case SeatEvent.SessionLockChanged e -> locked = e.locked();
      case SeatEvent.RenewalPresented e -> {
        GrantSeen grant = grants.get(e.capability().claims().grant());
        if (grant != null) {
          grant.expiresAt = Math.max(grant.expiresAt, e.capability().claims().expiresAt());
        }
      }
      case SeatEvent.FieldReset e -> told(e.field());
      case SeatEvent.SurroundingChanged e -> {
        if (e.field().equals(focused)) {
          report = new Report(e.field(), e.surrounding(), epoch, readable(e.field()));
        }
      }
      case SeatEvent.CursorMoved e -> told(e.field());
      case SeatEvent.CandidateClicked e -> {}
      case SeatEvent.CandidatesMoved e -> {}
      case SeatEvent.PropertyActivated e -> {}
      case SeatEvent.OfPlugin e -> {}
      case SeatEvent.OfToken e -> {}
      case SeatEvent.OfTrusted e -> {}
      case SeatEvent.OfSession e -> {}
    }
  }

  private void told(FieldId field) {
    if (focused != null && field.host() == focused.host() && !doubtful) {
      focusKeys = 0;
    }
  }

  private void focusMoves(FieldId to) {
    if (to.host() != lastHost) {
      focusKeys = 0;
    } else if (!restless.contains(to) || !doubtful) {
      focusKeys = Math.max(0, focusKeys - 1);
      doubtful = true;
    }
  }

  /** The application is given a press to handle. */
  private void passed(Key key) {
    focusKeys = now >= lastPress + limits.hold() ? 0 : focusKeys;
    boolean mayMoveFocus =
        Set.of(0xFF09, 0xFF0D, 0xFF1B, 0xFF54).contains(key.keysym())
            || (key.modifiers() == 4 && key.keysym() != 0xFFE1);
    boolean silent = now >= Math.max(lastPress, lastEdit) + limits.echo();
    doubtful = focusKeys > 0 || (mayMoveFocus && !silent);
    focusKeys += mayMoveFocus ? 1 : 0;
    lastPress = now;
  }

  private boolean secret(FieldId field) {
    return calls(field) || !marksOf(field).isEmpty() || (field.equals(focused) && calledSecret);
  }

  private Set<SecretBy> marksOf(FieldId field) {
    return marked.getOrDefault(field, Set.of());
  }

  private boolean calls(FieldId field) {
    ContentType type = types.get(field);
    return type != null && type.secret();
  }

  /** Whether text around the cursor of a field may be kept at all. */
  private boolean readable(FieldId field) {
    return field.equals(focused)
        && !secret(field)
        && types.get(field) instanceof ContentType type
        && type.purpose() != Purpose.TERMINAL
        && !type.hints().contains(Hint.PRIVATE);
  }

  private void judgeRead(@Nullable SurroundingText text) {
    Report read = report;
    check(
        read != null
            && read.readable()
            && read.field().equals(focused)
            && (read.epoch() == epoch || read.epoch() == epochSeen)
            && readable(read.field())
            && (text == null || text == read.text()),
        "G3 text around the cursor is of this stay of focus, of a field that may be read");
  }

  private void noteCalled() {
    calledSecret |=
        focused != null
            && (calls(focused) || marksOf(focused).stream().anyMatch(LASTING::contains));
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
          lastHost = e.field().host();
          passed(oldest.key());
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
        lastEdit = now;
        doubtful |= focusKeys > 0;
        if (e.edit() instanceof Edit.Forward && event instanceof SeatEvent.KeyAnswered answer) {
          forwarded.add(answer.sequence());
        }
        if (e.edit() instanceof Edit.SetPreedit set) {
          composing = !set.preedit().text().isEmpty();
        }
      }
      case HostEffect.RouteChanged e -> {}
    }
  }

  private void judgeEdit(SeatEvent event, HostEffect.EditField effect) {
    FieldId field = effect.field();
    check(
        field.equals(focused) || field.equals(focusedBefore),
        "G4 nothing goes to a field other than the focused one");
    check(
        openFields.contains(field) || event instanceof SeatEvent.FieldClosed,
        "G4 the field exists");
    long grant =
        switch (event) {
          case SeatEvent.KeyAnswered e -> e.grant();
          case SeatEvent.ActionTaken e -> e.grant();
          default -> 0;
        };
    boolean addsText =
        switch (effect.edit()) {
          case Edit.Insert insert -> true;
          case Edit.SetPreedit shown -> !shown.preedit().text().isEmpty();
          case Edit.SetCandidates shown -> !shown.candidates().texts().isEmpty();
          case Edit.SetAuxiliary shown -> !shown.text().isEmpty();
          case Edit.SetProperties shown -> !shown.items().isEmpty();
          case Edit.Delete deletion -> true;
          case Edit.Forward forward -> true;
        };
    if (grant != 0 && addsText && !(effect.edit() instanceof Edit.Insert && !actsByPlugin(event))) {
      judgePluginEdit(grant, effect.edit(), answersReturn(event));
    } else if (addsText) {
      check(
          effect.edit() instanceof Edit.Insert,
          "G5 only a plugin's own events change what it shows");
      check(
          event instanceof SeatEvent.TrustedAnswered || !secret(field),
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
        && focused != null
        && types.get(focused) instanceof ContentType type
        && type.purpose() != Purpose.TERMINAL;
  }

  private void judgePluginEdit(long number, Edit edit, boolean lineBreak) {
    GrantSeen grant = grants.get(number);
    check(grant != null && grant.accepted, "G5 only under a grant in use");
    check(grant != null && now < grant.expiresAt, "G5 not after the end of the grant");
    check(
        now - lastCause <= SECOND || edit instanceof Edit.SetProperties,
        "G5 only in answer to the user's keys or clicks, but for its menu");
    Right needed =
        switch (edit) {
          case Edit.Insert insert -> {
            check(
                insert
                    .text()
                    .chars()
                    .noneMatch(c -> (c < 32 && !(lineBreak && c == 10)) || c == 0x202E),
                "G5 text shape");
            yield Right.COMMIT_TEXT;
          }
          case Edit.SetPreedit shown -> Right.SET_PREEDIT;
          case Edit.SetCandidates shown -> Right.SHOW_CANDIDATES;
          case Edit.SetAuxiliary shown -> {
            check(shown.text().chars().noneMatch(c -> c < 32 || c == 0x202E), "G5 text shape");
            yield Right.SHOW_CANDIDATES;
          }
          case Edit.SetProperties shown -> {
            check(
                shown.items().stream()
                    .allMatch(each -> each.label().chars().noneMatch(c -> c < 32 || c == 0x202E)),
                "G5 text shape");
            yield Right.SHOW_PROPERTIES;
          }
          case Edit.Delete deletion -> {
            judgeRead(null);
            yield Right.DELETE_SURROUNDING;
          }
          case Edit.Forward forward -> Right.FORWARD_KEY;
        };
    check(grant != null && grant.request.rights().contains(needed), "G5 only with the right");
  }

  private GrantSeen live(long number) {
    GrantSeen grant = grants.get(number);
    if (grant == null) {
      throw new AssertionError("G1 unknown grant");
    }
    check(
        grant.accepted && !grant.revoked,
        "G2 nothing is delivered outside acceptance and revocation");
    check(now < grant.expiresAt, "G1 nothing is delivered after expiry");
    check(recorded.contains(grant.request.issue()), "G6 logged before use");
    check(ready.contains(grant.request.instance()), "G1 the instance is ready");
    check(focused != null && !secret(focused), "G3 nothing of a secret field is delivered");
    check(!locked, "G3 nothing is delivered while locked");
    return grant;
  }

  /** What the user does with what is shown. */
  private void judgeAct(long grant, Right shown) {
    check(live(grant).request.rights().contains(shown), "G1 only who may show it is told");
    lastCause = now;
  }

  private void judgePlugin(PluginEffect effect) {
    switch (effect) {
      case PluginEffect.DeliverKey e -> {
        GrantSeen grant = live(e.grant());
        Right needed =
            e.key().action() == KeyAction.RELEASE ? Right.RECEIVE_RELEASES : Right.RECEIVE_KEYS;
        check(grant.request.rights().contains(needed), "G1 right to keys");
        check(grant.request.parent() == 0, "G1 a key has one owner");
        check(e.sequence() >= grant.request.notBeforeSequence() - keys, "G1 sequence");
        check(
            focused != null
                && unanswered.containsKey(focused)
                && !unanswered.get(focused).isEmpty(),
            "G1 a key is shown only while its field waits for the answer");
        check(
            focusKeys == 0 || now >= lastPress + limits.hold(),
            "G3 no key is shown that may be meant for the field the focus moves to");
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
      case PluginEffect.OfferGrant e -> judgeRelease(e.token(), e.grant());
      case PluginEffect.OfferRenewal e -> judgeRelease(e.token(), e.grant());
      case PluginEffect.AnswerDerivation e -> judgeRelease(e.token(), e.grant());
      case PluginEffect.AcceptCompose e -> {
        GrantSeen grant = grants.get(e.grant());
        check(grant != null && !grant.accepted && !grant.revoked, "G2 a grant is accepted once");
        if (grant != null) {
          check(recorded.contains(grant.request.issue()), "G6 logged before use");
          grant.accepted = true;
        }
      }
      case PluginEffect.Revoke e -> {
        GrantSeen grant = grants.get(e.grant());
        check(grant != null && !grant.revoked, "G2 a grant is revoked once");
        if (grant != null) {
          grant.revoked = true;
        }
      }
      case PluginEffect.RestartPlugin e -> ready.remove(e.instance());
      case PluginEffect.RefuseCompose e -> {}
      case PluginEffect.RefuseRenewal e -> {}
      case PluginEffect.ResetComposition e -> {}
      case PluginEffect.RefuseAction e -> {}
      case PluginEffect.RefuseDerivation e -> {}
    }
  }

  private void judgeRelease(Token token, long grant) {
    check(Objects.equals(released.get(token), grant), "G6 logged before use");
  }

  private void judgeRecord(RecordEffect effect) {
    switch (effect) {
      case RecordEffect.IssueToken e -> {
        TokenRequest request = e.request();
        check(issued.put(request.issue(), request) == null, "G6 issues are not reused");
        if (!request.renewal()) {
          check(
              grants.put(request.grant(), new GrantSeen(request)) == null,
              "G6 grants are numbered once");
          check(
              request.grant() == grants.size() + closedAndForgotten,
              "G6 grant numbers are consecutive");
          judgeDerived(request);
        }
      }
      case RecordEffect.CloseGrant e -> {
        GrantSeen grant = grants.get(e.grant());
        check(grant != null && !grant.closed, "G6 each grant is closed once");
        if (grant != null) {
          grant.closed = true;
        }
      }
      case RecordEffect.RecordRefusal e -> {}
    }
  }

  private void judgeDerived(TokenRequest child) {
    if (child.parent() == 0) {
      return;
    }
    GrantSeen of = grants.get(child.parent());
    check(of != null && !of.closed, "G1 a child's parent is not closed");
    if (of != null) {
      TokenRequest parent = of.request;
      check(
          parent.rights().containsAll(child.rights())
              && child.rights().stream().noneMatch(Right::bringsKeys),
          "G1 a child has fewer rights");
      check(child.expiresAt() <= of.expiresAt, "G1 a child ends no later than its parent");
      check(!child.holder().equals(parent.holder()), "G1 a child has a holder of its own");
      check(
          child.notBeforeSequence() == parent.notBeforeSequence(),
          "G1 a child covers the keys its parent does");
      check(
          child.epoch() == parent.epoch()
              && child.focusSession() == parent.focusSession()
              && child.instance().equals(parent.instance())
              && child.application().equals(parent.application()),
          "G1 a child is of its parent's focus and instance");
    }
  }

  private long closedAndForgotten;

  /** Forgets closed grants, to keep memory flat over long runs. */
  void forgetClosed() {
    List<Long> closed = new ArrayList<>();
    grants.forEach(
        (number, grant) -> {
          if (grant.closed) {
            closed.add(number);
          }
        });
    closed.forEach(grants::remove);
    closedAndForgotten += closed.size();
    issued.keySet().removeAll(recorded);
  }

  private static void check(boolean holds, String guarantee) {
    if (!holds) {
      throw new AssertionError(guarantee);
    }
  }
}
