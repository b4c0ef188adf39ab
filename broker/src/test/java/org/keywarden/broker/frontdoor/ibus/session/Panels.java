package org.keywarden.broker.frontdoor.ibus.session;

import java.util.Optional;
import org.keywarden.broker.frontdoor.ibus.panel.Panel;
import org.keywarden.broker.frontdoor.ibus.panel.PanelTrust;

/** The role of the panel for tests that are about something else. */
final class Panels {
  private Panels() {}

  /** One that nobody may have. */
  static Panel none() {
    return new Panel(
        event -> {}, new PanelTrust(), new FixedMethods(), Optional.empty(), later -> {});
  }
}
