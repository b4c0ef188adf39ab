package org.keywarden.broker.seat;

import java.util.List;

/** What an input method asks to do to the focused field. */
public sealed interface Action {
  /** Put text into the field. */
  record Commit(String text) implements Action {
    @Override
    public String toString() {
      return "Commit[]";
    }
  }

  /** Show text under composition; an empty text takes it away. */
  record ShowPreedit(Preedit preedit) implements Action {}

  /** Show candidates; none hides them. */
  record ShowCandidates(Candidates candidates) implements Action {}

  /** Show a line of text beside the candidates; an empty text takes it away. */
  record ShowAuxiliary(String text) implements Action {
    @Override
    public String toString() {
      return "ShowAuxiliary[]";
    }
  }

  /** Show a menu in place of the one before; no items takes it away. */
  record ShowProperties(List<Property> items) implements Action {
    public ShowProperties {
      items = List.copyOf(items);
    }
  }

  /**
   * Delete text near the cursor.
   *
   * @param offset first code point, relative to the cursor
   * @param count how many code points
   */
  record DeleteSurrounding(int offset, int count) implements Action {}

  /** Hand the key being answered to the application. */
  record ForwardKey() implements Action {}
}
