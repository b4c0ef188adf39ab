package org.keywarden.broker.plugin.upkeep;

import java.util.List;

/**
 * A key of a schema.
 *
 * @param type as GVariant writes it; {@code s} of an enumeration
 * @param choices what it may be, empty for anything of its type
 * @param minimum the least it may be, empty for the type's
 * @param maximum the most it may be, empty for the type's
 * @param original what it is unless it is set, as GVariant text
 */
record SettingKey(
    String name,
    String type,
    List<String> choices,
    String minimum,
    String maximum,
    String original,
    String summary,
    String description) {
  SettingKey {
    choices = List.copyOf(choices);
  }
}
