package org.keywarden.broker.seat;

/**
 * The form in which honest text of an unusual shape goes on: a table's row, two lines. What parts
 * it becomes spaces, so that the words arrive and nothing in them acts.
 */
final class SafeForm {
  private SafeForm() {}

  /**
   * @param lineBreak whether line breaks may stay
   */
  static Action of(Action action, boolean lineBreak) {
    return switch (action) {
      case Action.Commit commit -> {
        String safe = ofText(commit.text(), lineBreak);
        yield safe.equals(commit.text()) ? commit : new Action.Commit(safe);
      }
      case Action.ShowPreedit shown -> {
        Preedit preedit = shown.preedit();
        String safe = ofText(preedit.text(), false);
        yield safe.equals(preedit.text())
            ? shown
            : new Action.ShowPreedit(
                new Preedit(safe, preedit.cursor(), preedit.commitOnLoss(), preedit.segments()));
      }
      case Action.ShowCandidates shown -> new Action.ShowCandidates(of(shown.candidates()));
      case Action.ShowAuxiliary shown -> new Action.ShowAuxiliary(ofText(shown.text(), false));
      case Action.ShowProperties shown -> shown;
      case Action.DeleteSurrounding deletion -> deletion;
      case Action.ForwardKey forward -> forward;
    };
  }

  private static Candidates of(Candidates candidates) {
    return new Candidates(
        candidates.texts().stream().map(text -> ofText(text, false)).toList(),
        candidates.selected(),
        candidates.pageSize(),
        candidates.labels(),
        candidates.orientation(),
        candidates.selectionShown());
  }

  /** As many characters as before, so that places in the text stay what they are. */
  private static String ofText(String text, boolean lineBreak) {
    StringBuilder safe = null;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      char instead = lineBreak && character == '\n' ? '\n' : spaceFor(character);
      if (instead != character && safe == null) {
        safe = new StringBuilder(text);
      }
      if (safe != null) {
        safe.setCharAt(i, instead);
      }
    }
    return safe == null ? text : safe.toString();
  }

  private static char spaceFor(char character) {
    return switch (character) {
      case '\t', '\n', '\r', '\u2028', '\u2029' -> ' ';
      default -> character;
    };
  }
}
