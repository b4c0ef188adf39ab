package org.keywarden.broker.frontdoor.ibus.context;

import java.util.EnumSet;
import java.util.Set;
import org.keywarden.broker.frontdoor.ibus.panel.PanelFields;

/**
 * What a client says it can (libibus, {@code IBusCapabilite}).
 *
 * @param bits as of {@code SetCapabilities}
 */
record Capabilities(int bits) {
  /** It shows preedits itself. */
  boolean preedit() {
    return (bits & 1) != 0;
  }

  /** It shows the line beside candidates itself. */
  boolean auxiliary() {
    return (bits & 2) != 0;
  }

  /** It shows candidates itself. */
  boolean candidates() {
    return (bits & 4) != 0;
  }

  /** All that it shows itself. */
  Set<PanelFields.Part> shown() {
    Set<PanelFields.Part> parts = EnumSet.noneOf(PanelFields.Part.class);
    for (PanelFields.Part each : PanelFields.Part.values()) {
      boolean its =
          switch (each) {
            case PREEDIT -> preedit();
            case AUXILIARY -> auxiliary();
            case CANDIDATES -> candidates();
            case PROPERTIES -> properties();
          };
      if (its) {
        parts.add(each);
      }
    }
    return parts;
  }

  /** It tells of the focus. */
  boolean focus() {
    return (bits & 8) != 0;
  }

  /** It shows the menu of input methods itself. */
  boolean properties() {
    return (bits & 16) != 0;
  }

  /** It tells the text around the cursor. */
  boolean surrounding() {
    return (bits & 32) != 0;
  }
}
