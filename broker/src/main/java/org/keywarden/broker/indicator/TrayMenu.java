package org.keywarden.broker.indicator;

import java.util.ArrayList;
import java.util.List;
import org.keywarden.broker.seat.Property;

/** The menu, made of what there is to show. */
final class TrayMenu {
  private static final int MOST_METHODS = 64;
  private static final int MOST_PROPERTIES = 128;

  private TrayMenu() {}

  /** The entries, from the top. */
  static List<MenuEntry> of(TrayView view, List<Property> properties) {
    List<MenuEntry> menu = new ArrayList<>();
    menu.add(MenuEntry.text(view.headline()));
    view.problems().forEach(each -> menu.add(MenuEntry.text("⚠ " + each)));
    menu.add(MenuEntry.SEPARATOR);
    view.methods().stream().limit(MOST_METHODS).forEach(each -> menu.add(method(view, each)));
    menu.add(MenuEntry.choice("Keyboard only", view.selected().isEmpty(), new TrayAct.Choose("")));
    if (view.paused() || !view.selected().isEmpty()) {
      menu.add(MenuEntry.mark("Pause composing", view.paused(), new TrayAct.Pause(!view.paused())));
    }
    List<MenuEntry> own = within("", properties.stream().limit(MOST_PROPERTIES).toList());
    if (!own.isEmpty()) {
      menu.add(MenuEntry.SEPARATOR);
      menu.add(MenuEntry.menu(view.nameOfSelected(), own));
    }
    List<MenuEntry> wishes = wishes(view.program());
    if (!wishes.isEmpty()) {
      menu.add(MenuEntry.SEPARATOR);
      menu.addAll(wishes);
    }
    menu.add(MenuEntry.SEPARATOR);
    menu.add(MenuEntry.plain("Open the audit report", new TrayAct.OpenReport()));
    return menu;
  }

  private static MenuEntry method(TrayView view, TrayView.Method method) {
    return MenuEntry.choice(
        method.name().isEmpty() ? method.id() : method.name(),
        method.id().equals(view.selected()),
        new TrayAct.Choose(method.id()));
  }

  /** What the user may wish for an application whose program is known. */
  private static List<MenuEntry> wishes(TrayView.Program program) {
    if (program.executable().isEmpty()) {
      return List.of();
    }
    List<MenuEntry> wishes = new ArrayList<>();
    if (program.allowed() || !program.announces()) {
      wishes.add(
          MenuEntry.mark(
              "Let it compose in " + program.name() + ", passwords too",
              program.allowed(),
              new TrayAct.Allow(program.executable(), !program.allowed())));
    }
    wishes.add(
        MenuEntry.mark(
            "Never compose in " + program.name(),
            program.keptOut(),
            new TrayAct.KeepOut(program.executable(), !program.keptOut())));
    return wishes;
  }

  /** Each menu stands before what is in it, so that none is in itself. */
  private static List<MenuEntry> within(String menu, List<Property> items) {
    List<MenuEntry> found = new ArrayList<>();
    for (Property each : items) {
      if (each.visible() && each.menu().equals(menu)) {
        found.add(entry(each, items));
      }
    }
    return found;
  }

  private static MenuEntry entry(Property of, List<Property> items) {
    if (!of.sensitive() && of.kind() != Property.Kind.SEPARATOR) {
      return MenuEntry.text(of.label());
    }
    return switch (of.kind()) {
      case NORMAL -> MenuEntry.plain(of.label(), new TrayAct.Activate(of.key(), false));
      case TOGGLE ->
          MenuEntry.mark(of.label(), of.checked(), new TrayAct.Activate(of.key(), !of.checked()));
      case CHOICE ->
          MenuEntry.choice(of.label(), of.checked(), new TrayAct.Activate(of.key(), true));
      case MENU -> MenuEntry.menu(of.label(), within(of.key(), items));
      case SEPARATOR -> MenuEntry.SEPARATOR;
    };
  }
}
