package org.keywarden.broker.app;

import java.util.List;
import java.util.function.Supplier;
import org.keywarden.broker.frontdoor.ibus.panel.InputMethods;
import org.keywarden.broker.plugin.PluginManifest;
import org.keywarden.broker.plugin.PluginRoster;
import org.keywarden.broker.seat.SeatEvent;

/** The plugins that are installed, as input methods to choose from. */
final class EnabledMethods implements InputMethods {
  private final SeatLoop seat;
  private final Supplier<PluginRoster> roster;

  EnabledMethods(SeatLoop seat, Supplier<PluginRoster> roster) {
    this.seat = seat;
    this.roster = roster;
  }

  @Override
  public List<InputMethod> enabled() {
    return roster.get().rows().stream().map(row -> of(row.manifest())).toList();
  }

  private static InputMethod of(PluginManifest plugin) {
    List<String> languages = plugin.facts().languages();
    String language = languages.isEmpty() ? "" : languages.getFirst();
    return new InputMethod(plugin.id(), plugin.name(), language, "", "");
  }

  @Override
  public String selected() {
    return seat.status().selectedPlugin();
  }

  @Override
  public void select(String id) {
    if (id.equals(selected())) {
      // A panel says so at its start; only a choice lifts a quarantine.
      return;
    }
    if (!id.equals(KEYBOARD_ONLY)) {
      roster.get().start(id);
    }
    seat.post(new SeatEvent.PluginSelected(id, ""));
  }
}
