package org.keywarden.broker.seat;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keywarden.policy.Right;

/**
 * What a plugin shows in the focused field and knows of it, and the rules its actions pass after
 * the gate. All of it belongs to one epoch.
 */
final class Composition {
  private final CausalBudget budget;

  /** For menus: what one cause pays for may come late, since the first is that a grant opened. */
  private final CausalBudget menuBudget = new CausalBudget(Long.MAX_VALUE);

  private Preedit preedit = Preedit.NONE;

  /** Whose answer showed the preedit, null if it came outside an answer. */
  private KeyLedger.@Nullable Entry shownWith;

  private int candidates;
  private boolean auxiliary;
  private List<Property> menu = List.of();

  /** What the field last reported and no deletion made stale. */
  private @Nullable SurroundingText surrounding;

  /**
   * Set when the composition was dropped behind the plugin's back, until it answers a key shown
   * after that.
   */
  private boolean muted;

  Composition(SeatLimits limits) {
    this.budget = new CausalBudget(limits.cause());
  }

  static Right rightFor(Action action) {
    return switch (action) {
      case Action.Commit commit -> Right.COMMIT_TEXT;
      case Action.ShowPreedit shown -> Right.SET_PREEDIT;
      case Action.ShowCandidates shown -> Right.SHOW_CANDIDATES;
      case Action.ShowAuxiliary shown -> Right.SHOW_CANDIDATES;
      case Action.ShowProperties shown -> Right.SHOW_PROPERTIES;
      case Action.DeleteSurrounding deletion -> Right.DELETE_SURROUNDING;
      case Action.ForwardKey forward -> Right.FORWARD_KEY;
    };
  }

  boolean isOpen() {
    return !preedit.text().isEmpty();
  }

  int candidates() {
    return candidates;
  }

  /** Whether a property is shown that the user may activate. */
  boolean mayActivate(String key) {
    for (Property each : menu) {
      if (each.key().equals(key)) {
        return each.kind().activates() && each.sensitive() && each.visible();
      }
    }
    return false;
  }

  /** A grant was opened: reason enough to show a menu. */
  void opened(long now) {
    menuBudget.cause(now);
  }

  void cause(long now) {
    budget.cause(now);
    menuBudget.cause(now);
  }

  void mute() {
    muted = true;
  }

  void unmute() {
    muted = false;
  }

  /**
   * Applies an action that passed the gate.
   *
   * @param answering the key whose answer carries it, null outside an answer
   * @return why it had no effect, or null if it had
   */
  @Nullable Refusal apply(
      Action asked,
      Field field,
      KeyLedger.@Nullable Entry answering,
      long now,
      Consumer<Effect> out) {
    Action action = SafeForm.of(asked, mayBreakLines(field, answering));
    boolean ofMenu = action instanceof Action.ShowProperties;
    if (answering == null && muted && !ofMenu) {
      return Refusal.NO_CAUSE;
    }
    Refusal refusal = shapeOf(action, field, answering);
    if (refusal != null) {
      return refusal;
    }
    if (!takesAway(action) && !(ofMenu ? menuBudget : budget).spend(now)) {
      return Refusal.NO_CAUSE;
    }
    out.accept(new HostEffect.EditField(field.id, effectOf(action, answering)));
    return null;
  }

  /** Taking back what is shown needs no cause. */
  private static boolean takesAway(Action action) {
    return switch (action) {
      case Action.ShowPreedit shown -> shown.preedit().text().isEmpty();
      case Action.ShowCandidates shown -> shown.candidates().texts().isEmpty();
      case Action.ShowAuxiliary shown -> shown.text().isEmpty();
      case Action.ShowProperties shown -> shown.items().isEmpty();
      case Action.Commit commit -> false;
      case Action.DeleteSurrounding deletion -> false;
      case Action.ForwardKey forward -> false;
    };
  }

  /** In answer to Return, and never into a terminal, which takes a line for a command. */
  private static boolean mayBreakLines(Field field, KeyLedger.@Nullable Entry answering) {
    return answering != null && FocusKeys.isReturn(answering.key) && !field.terminal();
  }

  /**
   * Whether an answer holds text that has no form in which it may go into the field: with the rest
   * of the answer done, the person would lose what they see.
   */
  boolean losesText(List<Action> answer, Field field, KeyLedger.Entry answering) {
    for (Action each : answer) {
      if (each instanceof Action.Commit
          && shapeOf(SafeForm.of(each, mayBreakLines(field, answering)), field, answering)
              != null) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Refusal shapeOf(
      Action action, Field field, KeyLedger.@Nullable Entry answering) {
    return switch (action) {
      case Action.Commit commit ->
          !commit.text().isEmpty()
                  && OutputRules.allowed(commit.text(), mayBreakLines(field, answering))
              ? null
              : Refusal.TEXT_NOT_ALLOWED;
      case Action.ShowPreedit shown -> {
        Preedit preedit = shown.preedit();
        if (!OutputRules.allowed(preedit.text(), false)) {
          yield Refusal.TEXT_NOT_ALLOWED;
        }
        yield OutputRules.fits(preedit) ? null : Refusal.OUT_OF_BOUNDS;
      }
      case Action.ShowCandidates shown -> {
        Candidates candidates = shown.candidates();
        if (!OutputRules.allowed(candidates.texts()) || !OutputRules.allowed(candidates.labels())) {
          yield Refusal.TEXT_NOT_ALLOWED;
        }
        yield OutputRules.fits(candidates) ? null : Refusal.OUT_OF_BOUNDS;
      }
      case Action.ShowAuxiliary shown ->
          OutputRules.allowed(shown.text(), false) ? null : Refusal.TEXT_NOT_ALLOWED;
      case Action.ShowProperties shown -> PropertyRules.refusal(shown.items());
      case Action.DeleteSurrounding deletion ->
          OutputRules.within(surrounding, deletion.offset(), deletion.count())
              ? null
              : Refusal.OUT_OF_BOUNDS;
      case Action.ForwardKey forward ->
          answering != null && !answering.forwarded ? null : Refusal.NOT_THE_KEY;
    };
  }

  private Edit effectOf(Action action, KeyLedger.@Nullable Entry answering) {
    return switch (action) {
      case Action.Commit commit -> {
        if (answering == null || answering != shownWith) {
          preedit = preedit.finished();
        }
        yield new Edit.Insert(commit.text());
      }
      case Action.ShowPreedit shown -> {
        preedit = shown.preedit();
        shownWith = answering;
        yield new Edit.SetPreedit(preedit);
      }
      case Action.ShowCandidates shown -> {
        candidates = shown.candidates().texts().size();
        yield new Edit.SetCandidates(shown.candidates());
      }
      case Action.ShowAuxiliary shown -> {
        auxiliary = !shown.text().isEmpty();
        yield new Edit.SetAuxiliary(shown.text());
      }
      case Action.ShowProperties shown -> {
        menu = shown.items();
        yield new Edit.SetProperties(menu);
      }
      case Action.DeleteSurrounding deletion -> {
        surrounding = null;
        yield new Edit.Delete(deletion.offset(), deletion.count());
      }
      case Action.ForwardKey forward -> {
        if (answering == null) {
          throw new IllegalStateException("a key is forwarded only in its own answer");
        }
        answering.forwarded = true;
        yield new Edit.Forward(answering.key);
      }
    };
  }

  /** The focused field reported what stands around its cursor. */
  void reported(SurroundingText around) {
    surrounding = around;
  }

  /** What it last reported in this epoch and no deletion made stale, null if nothing. */
  @Nullable SurroundingText surrounding() {
    return surrounding;
  }

  /** A new epoch begins: what was known in the old one is known no more. */
  void forget() {
    surrounding = null;
    muted = false;
    menuBudget.clear();
  }

  /** Takes the menu away: who composed does so no more. */
  void closeMenu(FieldId field, Consumer<Effect> out) {
    if (!menu.isEmpty()) {
      out.accept(new HostEffect.EditField(field, new Edit.SetProperties(List.of())));
    }
    menu = List.of();
  }

  /**
   * Ends what is composed: the preedit is cleared, its text kept as typed if the input method asked
   * so and the field may have it, and candidates are hidden.
   */
  void finish(FieldId field, boolean mayKeep, Consumer<Effect> out) {
    if (isOpen()) {
      out.accept(new HostEffect.EditField(field, new Edit.SetPreedit(Preedit.NONE)));
      if (mayKeep && preedit.commitOnLoss()) {
        out.accept(new HostEffect.EditField(field, new Edit.Insert(preedit.text())));
      }
    }
    if (candidates > 0) {
      out.accept(new HostEffect.EditField(field, new Edit.SetCandidates(Candidates.NONE)));
    }
    if (auxiliary) {
      out.accept(new HostEffect.EditField(field, new Edit.SetAuxiliary("")));
    }
    preedit = Preedit.NONE;
    shownWith = null;
    candidates = 0;
    auxiliary = false;
    budget.clear();
  }
}
