package org.keywarden.broker.seat;

import static org.keywarden.broker.seat.SeatOracle.check;

import org.keywarden.policy.Right;

/** What edits of a plugin may look like, and the right each takes: judged anew, not by the seat. */
final class ShownEdits {
  private static final int OVERRIDE = 0x202E;

  private ShownEdits() {}

  /** Whether an edit puts or shows something, or acts; taking away what is shown does neither. */
  static boolean adds(Edit edit) {
    return switch (edit) {
      case Edit.Insert insert -> true;
      case Edit.SetPreedit shown -> !shown.preedit().text().isEmpty();
      case Edit.SetCandidates shown -> !shown.candidates().texts().isEmpty();
      case Edit.SetAuxiliary shown -> !shown.text().isEmpty();
      case Edit.SetProperties shown -> !shown.items().isEmpty();
      case Edit.Delete deletion -> true;
      case Edit.Forward forward -> true;
    };
  }

  /** Judges the text of an edit; returns the right that it takes. */
  static Right judge(Edit edit, boolean lineBreak) {
    return switch (edit) {
      case Edit.Insert insert -> {
        judgeText(insert.text(), lineBreak);
        yield Right.COMMIT_TEXT;
      }
      case Edit.SetPreedit shown -> {
        judgeText(shown.preedit().text(), false);
        yield Right.SET_PREEDIT;
      }
      case Edit.SetCandidates shown -> {
        shown.candidates().texts().forEach(text -> judgeText(text, false));
        yield Right.SHOW_CANDIDATES;
      }
      case Edit.SetAuxiliary shown -> {
        judgeText(shown.text(), false);
        yield Right.SHOW_CANDIDATES;
      }
      case Edit.SetProperties shown -> {
        shown.items().forEach(item -> judgeText(item.label(), false));
        yield Right.SHOW_PROPERTIES;
      }
      case Edit.Delete deletion -> Right.DELETE_SURROUNDING;
      case Edit.Forward forward -> Right.FORWARD_KEY;
    };
  }

  private static void judgeText(String text, boolean lineBreak) {
    check(
        text.chars().noneMatch(c -> (c < ' ' && !(lineBreak && c == '\n')) || c == OVERRIDE),
        "G5 text shape");
  }
}
