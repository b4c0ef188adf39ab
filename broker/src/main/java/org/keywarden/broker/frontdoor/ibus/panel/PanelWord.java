package org.keywarden.broker.frontdoor.ibus.panel;

import java.util.List;
import org.keywarden.broker.seat.Candidates;
import org.keywarden.broker.seat.Preedit;
import org.keywarden.broker.seat.Property;

/** Something a panel is told. */
sealed interface PanelWord {
  /** A field composes from now on. */
  record FocusIn(String path) implements PanelWord {}

  /** It does no more; what is shown of it has been hidden before. */
  record FocusOut(String path) implements PanelWord {}

  /** Where the cursor of that field is. */
  record PlaceCursor(Place at) implements PanelWord {}

  /** What the input method shows beside that field. */
  sealed interface Show extends PanelWord {
    PanelFields.Part part();

    boolean isEmpty();

    /** The same with nothing, which hides it. */
    Show nothing();
  }

  /** Candidates to choose from. */
  record ShowCandidates(Candidates candidates) implements Show {
    static final ShowCandidates NONE = new ShowCandidates(Candidates.NONE);

    @Override
    public PanelFields.Part part() {
      return PanelFields.Part.CANDIDATES;
    }

    @Override
    public boolean isEmpty() {
      return candidates.texts().isEmpty();
    }

    @Override
    public Show nothing() {
      return NONE;
    }
  }

  /** A line beside the candidates. */
  record ShowAuxiliary(String text) implements Show {
    @Override
    public PanelFields.Part part() {
      return PanelFields.Part.AUXILIARY;
    }

    @Override
    public boolean isEmpty() {
      return text.isEmpty();
    }

    @Override
    public Show nothing() {
      return new ShowAuxiliary("");
    }

    @Override
    public String toString() {
      return "ShowAuxiliary[]";
    }
  }

  /** Text under composition. */
  record ShowPreedit(Preedit preedit) implements Show {
    @Override
    public PanelFields.Part part() {
      return PanelFields.Part.PREEDIT;
    }

    @Override
    public boolean isEmpty() {
      return preedit.text().isEmpty();
    }

    @Override
    public Show nothing() {
      return new ShowPreedit(Preedit.NONE);
    }
  }

  /** The input method's menu. */
  record ShowProperties(List<Property> items) implements Show {
    public ShowProperties {
      items = List.copyOf(items);
    }

    @Override
    public PanelFields.Part part() {
      return PanelFields.Part.PROPERTIES;
    }

    @Override
    public boolean isEmpty() {
      return items.isEmpty();
    }

    @Override
    public Show nothing() {
      return new ShowProperties(List.of());
    }
  }
}
