package org.keywarden.broker.app;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.keywarden.broker.frontdoor.ibus.panel.MethodChoice;
import org.keywarden.broker.plugin.ChoicePace;
import org.keywarden.broker.plugin.PluginRoster;
import org.keywarden.broker.plugin.engines.InputMethods;
import org.keywarden.broker.plugin.engines.InputMethods.Row;
import org.keywarden.broker.plugin.engines.InputMethods.Target;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.seat.SeatStatus;

/** The input methods that are enabled, to choose from. */
final class EnabledMethods implements MethodChoice {
  private final SeatLoop seat;
  private final Supplier<PluginRoster> roster;
  private final Supplier<InputMethods> methods;
  private final ChoicePace pace;

  EnabledMethods(
      SeatLoop seat,
      Supplier<PluginRoster> roster,
      Supplier<InputMethods> methods,
      ChoicePace pace) {
    this.seat = seat;
    this.roster = roster;
    this.methods = methods;
    this.pace = pace;
  }

  @Override
  public List<InputMethod> enabled() {
    return methods.get().switchable().stream().map(EnabledMethods::of).toList();
  }

  private static InputMethod of(Row row) {
    List<String> languages = row.method().languages();
    return new InputMethod(
        row.id(),
        row.method().name(),
        languages.isEmpty() ? "" : languages.getFirst(),
        row.method().layout(),
        row.method().symbol());
  }

  @Override
  public String selected() {
    SeatStatus now = seat.status();
    return methods.get().idOf(new Target(now.selectedPlugin(), now.selectedInputMethod()));
  }

  @Override
  public void select(String id) {
    if (id.equals(selected())) {
      // A panel says so at its start; only a choice lifts a quarantine.
      return;
    }
    Optional<Target> chosen =
        id.equals(KEYBOARD_ONLY) ? Optional.of(Target.NONE) : methods.get().usable(id);
    chosen.ifPresent(this::choose);
  }

  /** What takes the keys from all input methods is never refused; it had to be chosen before. */
  private void choose(Target target) {
    if (!target.equals(Target.NONE) && !pace.take()) {
      return;
    }
    boolean ignored = methods.get().choose(target);
    roster.get().forgive(target.plugin());
    seat.post(new SeatEvent.PluginSelected(target.plugin(), target.method()));
  }
}
