package org.keywarden.broker.plugin;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.keywarden.broker.process.Confinement;
import org.keywarden.broker.process.Finding;
import org.keywarden.policy.PluginFacts;

/**
 * A plugin as its manifest describes it.
 *
 * @param directory the plugin's own directory, read-only to it
 * @param exec command and arguments, placeholders not yet filled
 * @param data what it reads beside its own directory
 * @param limits how much it may use
 * @param channels it declares
 */
public record PluginManifest(
    Path directory,
    String name,
    String version,
    List<String> exec,
    PluginFacts facts,
    List<Path> data,
    Confinement.Limits limits,
    Set<Confinement.Channel> channels) {
  public PluginManifest {
    exec = List.copyOf(exec);
    data = List.copyOf(data);
    channels = Set.copyOf(channels);
  }

  /** What of the host it is shown because of this manifest. */
  public List<Confinement.Examined> shown() {
    return Stream.concat(
            Stream.of(new Confinement.Examined(directory, Finding.Place.PLUGIN)),
            data.stream().map(path -> new Confinement.Examined(path, Finding.Place.DATA)))
        .toList();
  }

  public String id() {
    return facts.id();
  }
}
