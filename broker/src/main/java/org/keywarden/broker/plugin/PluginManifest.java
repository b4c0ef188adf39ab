package org.keywarden.broker.plugin;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.keywarden.broker.process.Confinement;
import org.keywarden.broker.process.Finding;
import org.keywarden.broker.seat.Memory;
import org.keywarden.policy.PluginFacts;

/**
 * A plugin as its manifest describes it.
 *
 * @param directory the plugin's own directory, read-only to it
 * @param exec command and arguments, placeholders not yet filled
 * @param data what it reads beside its own directory
 * @param programs what it may run that is neither there nor a library
 * @param limits how much it may use
 * @param channels it declares
 * @param inputMethods to choose from, empty if it has but one
 * @param memory which fields its instances are for
 */
public record PluginManifest(
    Path directory,
    String name,
    String version,
    List<String> exec,
    PluginFacts facts,
    List<Path> data,
    List<Path> programs,
    Confinement.Limits limits,
    Set<Confinement.Channel> channels,
    List<InputMethod> inputMethods,
    Memory memory) {
  public PluginManifest {
    exec = List.copyOf(exec);
    data = List.copyOf(data);
    programs = List.copyOf(programs);
    channels = Set.copyOf(channels);
    inputMethods = List.copyOf(inputMethods);
  }

  /**
   * One of a plugin's input methods.
   *
   * @param id unique within the plugin
   * @param languages BCP 47 tags
   * @param layout as XKB names it, empty for any
   * @param symbol a character or two, or nothing
   */
  public record InputMethod(
      String id, String name, List<String> languages, String layout, String symbol) {
    public InputMethod {
      languages = List.copyOf(languages);
    }
  }

  /** What of the host it is shown because of this manifest. */
  public List<Confinement.Examined> shown() {
    return Stream.concat(
            Stream.of(new Confinement.Examined(directory, Finding.Place.PLUGIN)),
            data.stream().map(path -> new Confinement.Examined(path, Finding.Place.DATA)))
        .toList();
  }

  /** The same plugin, for other fields. */
  PluginManifest with(Memory other) {
    return new PluginManifest(
        directory,
        name,
        version,
        exec,
        facts,
        data,
        programs,
        limits,
        channels,
        inputMethods,
        other);
  }

  public String id() {
    return facts.id();
  }
}
