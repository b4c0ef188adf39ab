package org.keywarden.policy;

import java.util.List;
import java.util.Set;

/**
 * The plugin that would compose.
 *
 * @param id from its manifest, empty if none is ready
 * @param languages BCP 47 tags
 * @param rights what it asks for
 */
public record PluginFacts(String id, List<String> languages, Set<Right> rights) {
  public PluginFacts {
    languages = List.copyOf(languages);
    rights = Set.copyOf(rights);
  }
}
