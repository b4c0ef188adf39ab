package org.keywarden.broker.seat;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keywarden.policy.Right;

/**
 * What a plugin shows in the focused field and knows of it, and the rules its actions pass after
 * the gate. All of it belongs to one epoch.
 */
final class Composition {
  private final CausalBudget budget;
  private Preedit preedit = Preedit.NONE;
  private int candidates;

  /** What the field last reported and no deletion made stale. */
  private @Nullable SurroundingText surrounding;

  /**
   * Set when the composition was dropped behind the plugin's back, until it answers a key shown
   * after that.
   */
  private boolean muted;

  Composition(CausalBudget budget) {
    this.budget = budget;
  }

  static Right rightFor(Action action) {
    return switch (action) {
      case Action.Commit commit -> Right.COMMIT_TEXT;
      case Action.ShowPreedit shown -> Right.SET_PREEDIT;
      case Action.ShowCandidates shown -> Right.SHOW_CANDIDATES;
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

  void cause(long now) {
    budget.cause(now);
  }

  void mute() {
    muted = true;
    budget.clear();
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
      Action action,
      Field field,
      KeyLedger.@Nullable Entry answering,
      long now,
      Consumer<Effect> out) {
    if (answering == null && muted) {
      return Refusal.NO_CAUSE;
    }
    Refusal refusal = shapeOf(action, field, answering);
    if (refusal != null) {
      return refusal;
    }
    if (!takesAway(action) && !budget.spend(now)) {
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
      case Action.Commit commit -> false;
      case Action.DeleteSurrounding deletion -> false;
      case Action.ForwardKey forward -> false;
    };
  }

  private @Nullable Refusal shapeOf(
      Action action, Field field, KeyLedger.@Nullable Entry answering) {
    return switch (action) {
      case Action.Commit commit -> {
        boolean lineBreak =
            answering != null && FocusKeys.isReturn(answering.key) && !field.terminal();
        yield !commit.text().isEmpty() && OutputRules.allowed(commit.text(), lineBreak)
            ? null
            : Refusal.TEXT_NOT_ALLOWED;
      }
      case Action.ShowPreedit shown -> {
        Preedit preedit = shown.preedit();
        if (!OutputRules.allowed(preedit.text(), false)) {
          yield Refusal.TEXT_NOT_ALLOWED;
        }
        yield preedit.cursor() >= 0 && preedit.cursor() <= OutputRules.length(preedit.text())
            ? null
            : Refusal.OUT_OF_BOUNDS;
      }
      case Action.ShowCandidates shown -> {
        Candidates candidates = shown.candidates();
        if (!candidates.texts().stream().allMatch(text -> OutputRules.allowed(text, false))) {
          yield Refusal.TEXT_NOT_ALLOWED;
        }
        yield candidates.texts().isEmpty()
                || (candidates.selected() >= 0 && candidates.selected() < candidates.texts().size())
            ? null
            : Refusal.OUT_OF_BOUNDS;
      }
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
      case Action.Commit commit -> new Edit.Insert(commit.text());
      case Action.ShowPreedit shown -> {
        preedit = shown.preedit();
        yield new Edit.SetPreedit(preedit);
      }
      case Action.ShowCandidates shown -> {
        candidates = shown.candidates().texts().size();
        yield new Edit.SetCandidates(shown.candidates());
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
  }

  /**
   * Ends what is shown: the preedit is cleared, its text kept as typed if the input method asked so
   * and the field may have it, and candidates are hidden.
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
    preedit = Preedit.NONE;
    candidates = 0;
    budget.clear();
  }
}
