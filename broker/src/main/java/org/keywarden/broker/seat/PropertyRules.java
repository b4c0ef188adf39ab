package org.keywarden.broker.seat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the menu of an input method may look like. */
final class PropertyRules {
  /** Menus within menus, the outermost counted. */
  private static final int DEEPEST = 4;

  private PropertyRules() {}

  /** Why the items are refused, null if they may be shown. */
  static @Nullable Refusal refusal(List<Property> items) {
    Map<String, Integer> depths = new HashMap<>();
    Map<String, Integer> menus = new HashMap<>();
    for (Property each : items) {
      if (!textAllowed(each)) {
        return Refusal.TEXT_NOT_ALLOWED;
      }
      Integer within = each.menu().isEmpty() ? Integer.valueOf(0) : menus.get(each.menu());
      if (within == null || within >= DEEPEST || depths.put(each.key(), within) != null) {
        return Refusal.OUT_OF_BOUNDS;
      }
      if (each.kind() == Property.Kind.MENU) {
        menus.put(each.key(), within + 1);
      }
    }
    return null;
  }

  private static boolean textAllowed(Property property) {
    return !property.key().isEmpty()
        && OutputRules.allowed(property.key(), false)
        && OutputRules.allowed(property.label(), false)
        && OutputRules.allowed(property.symbol(), false)
        && OutputRules.allowed(property.tooltip(), false);
  }
}
