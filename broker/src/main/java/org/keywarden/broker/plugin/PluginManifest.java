package org.keywarden.broker.plugin;

import java.nio.file.Path;
import java.util.List;
import org.keywarden.policy.PluginFacts;

/**
 * A plugin as its manifest describes it.
 *
 * @param directory the plugin's own directory, read-only to it
 * @param exec command and arguments, placeholders not yet filled
 */
public record PluginManifest(
    Path directory, String name, String version, List<String> exec, PluginFacts facts) {
  public PluginManifest {
    exec = List.copyOf(exec);
  }

  public String id() {
    return facts.id();
  }
}
