package org.keywarden.broker.plugin.upkeep;

import java.util.List;

/**
 * A schema of GSettings.
 *
 * @param path where its keys are, empty if that is for its user to say
 */
record SettingSchema(String id, String path, List<SettingKey> keys) {
  SettingSchema {
    keys = List.copyOf(keys);
  }
}
