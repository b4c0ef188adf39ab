package org.keywarden.engine.screen;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keywarden.ibus.object.IbusProperty;
import org.keywarden.ime.Property;

/** The properties of an engine: registered all at once, then updated one by one. */
public final class Menu {
  private static final int MOST = 64;
  private static final int DEEPEST = 4;

  private List<IbusProperty> roots = List.of();

  /** Takes the place of what was there. */
  public void register(List<IbusProperty> properties) {
    roots = List.copyOf(properties);
  }

  /** Changes the property of this key, if there is one. */
  public void update(IbusProperty changed) {
    roots = updated(roots, changed);
  }

  private static List<IbusProperty> updated(List<IbusProperty> among, IbusProperty changed) {
    List<IbusProperty> now = new ArrayList<>(among.size());
    for (IbusProperty each : among) {
      if (!each.key().isEmpty() && each.key().equals(changed.key())) {
        now.add(merged(each, changed));
      } else if (each.children().isEmpty()) {
        now.add(each);
      } else {
        now.add(withChildren(each, updated(each.children(), changed)));
      }
    }
    return now;
  }

  /**
   * As libibus does (ibusproperty.c, ibus_property_update): a menu without items keeps those it
   * had.
   */
  private static IbusProperty merged(IbusProperty old, IbusProperty changed) {
    return changed.children().isEmpty() ? withChildren(changed, old.children()) : changed;
  }

  private static IbusProperty withChildren(IbusProperty of, List<IbusProperty> children) {
    return new IbusProperty(
        of.key(),
        of.kind(),
        of.label(),
        of.icon(),
        of.tooltip(),
        of.sensitive(),
        of.visible(),
        of.state(),
        children,
        of.symbol());
  }

  /** The items to be shown; what there is no room for is left out. */
  public List<Property> items() {
    List<Property> items = new ArrayList<>();
    addAll(roots, "", 1, items, new HashSet<>());
    return List.copyOf(items);
  }

  private static void addAll(
      List<IbusProperty> properties, String menu, int depth, List<Property> to, Set<String> keys) {
    for (IbusProperty each : properties) {
      Property item = item(each, menu, to.size());
      if (item == null || to.size() == MOST || !keys.add(item.key())) {
        continue;
      }
      to.add(item);
      if (item.kind() == Property.Kind.MENU && depth < DEEPEST) {
        addAll(each.children(), item.key(), depth + 1, to, keys);
      }
    }
  }

  private static @Nullable Property item(IbusProperty of, String menu, int number) {
    Property.Kind kind = kind(of.kind());
    String key = PlainText.of(of.key(), false);
    if (key.isEmpty() && kind == Property.Kind.SEPARATOR) {
      key = "separator-" + number;
    }
    // A key that cannot be told as it is could not be activated.
    if (kind == null
        || key.isEmpty()
        || (!key.equals(of.key()) && !of.key().isEmpty())
        || PlainText.length(key) > 64) {
      return null;
    }
    return new Property(
        key,
        kind,
        shown(of.label().text(), 64),
        shown(of.symbol().text(), 8),
        shown(of.tooltip().text(), 128),
        of.sensitive(),
        of.visible(),
        of.state() == IbusProperty.CHECKED,
        menu);
  }

  private static String shown(String text, int most) {
    return PlainText.atMost(most, PlainText.of(text, false));
  }

  private static Property.@Nullable Kind kind(int kind) {
    return switch (kind) {
      case IbusProperty.NORMAL -> Property.Kind.NORMAL;
      case IbusProperty.TOGGLE -> Property.Kind.TOGGLE;
      case IbusProperty.RADIO -> Property.Kind.CHOICE;
      case IbusProperty.MENU -> Property.Kind.MENU;
      case IbusProperty.SEPARATOR -> Property.Kind.SEPARATOR;
      default -> null;
    };
  }
}
