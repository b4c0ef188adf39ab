package org.keywarden.broker.seat;

import java.util.List;

/** What happens to a field, as its application is told. */
public sealed interface Edit {
  /** Text goes in at the cursor. */
  record Insert(String text) implements Edit {
    @Override
    public String toString() {
      return "Insert[]";
    }
  }

  /** The preedit is now this; {@link Preedit#NONE} clears it. */
  record SetPreedit(Preedit preedit) implements Edit {}

  /** The candidates are now these; {@link Candidates#NONE} hides them. */
  record SetCandidates(Candidates candidates) implements Edit {}

  /** The line beside the candidates is now this; an empty one is hidden. */
  record SetAuxiliary(String text) implements Edit {
    @Override
    public String toString() {
      return "SetAuxiliary[]";
    }
  }

  /** The menu of who composes is now this; no items hides it. */
  record SetProperties(List<Property> items) implements Edit {
    public SetProperties {
      items = List.copyOf(items);
    }
  }

  /** Text near the cursor goes away; see {@link Action.DeleteSurrounding}. */
  record Delete(int offset, int count) implements Edit {}

  /** The application handles this key as if no input method were there. */
  record Forward(Key key) implements Edit {}
}
