package org.keywarden.broker.app;

import java.util.List;
import java.util.function.Supplier;
import org.keywarden.broker.frontdoor.ibus.panel.MethodChoice;
import org.keywarden.broker.plugin.PluginManifest;
import org.keywarden.broker.plugin.PluginRoster;
import org.keywarden.broker.plugin.engines.InputMethods;
import org.keywarden.broker.seat.SeatEvent;

/** What the panel and the switch key choose from: the enabled input methods, in their order. */
final class EnabledMethods implements MethodChoice {
  private final SeatLoop seat;
  private final Supplier<PluginRoster> roster;
  private final Supplier<InputMethods> methods;

  EnabledMethods(SeatLoop seat, Supplier<PluginRoster> roster, Supplier<InputMethods> methods) {
    this.seat = seat;
    this.roster = roster;
    this.methods = methods;
  }

  @Override
  public List<InputMethod> enabled() {
    return methods.get().switchable().stream().map(EnabledMethods::of).toList();
  }

  private static InputMethod of(InputMethods.Row row) {
    PluginManifest.InputMethod method = row.method();
    String language = method.languages().isEmpty() ? "" : method.languages().getFirst();
    return new InputMethod(row.id(), method.name(), language, method.layout(), method.symbol());
  }

  @Override
  public String selected() {
    return methods.get().switchable().stream()
        .filter(InputMethods.Row::selected)
        .map(InputMethods.Row::id)
        .findFirst()
        .orElse(KEYBOARD_ONLY);
  }

  @Override
  public void select(String id) {
    if (id.equals(selected())) {
      // A panel says so at its start; only a choice lifts a quarantine.
      return;
    }
    InputMethods.Target target =
        methods.get().switchable().stream()
            .filter(row -> row.id().equals(id))
            .map(InputMethods.Row::target)
            .findFirst()
            .orElse(InputMethods.Target.NONE);
    if (methods.get().choose(target)) {
      roster.get().forgive(target.plugin());
      seat.post(new SeatEvent.PluginSelected(target.plugin(), target.method()));
    }
  }
}
