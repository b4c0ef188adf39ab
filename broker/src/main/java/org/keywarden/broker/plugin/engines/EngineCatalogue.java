package org.keywarden.broker.plugin.engines;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.plugin.PluginManifest;

/**
 * The engines that were found.
 *
 * @param components those that have engines, or should
 * @param problems a line for each file, listing or engine that cannot be used, and why
 */
public record EngineCatalogue(List<Component> components, List<String> problems) {
  static final EngineCatalogue EMPTY = new EngineCatalogue(List.of(), List.of());

  public EngineCatalogue {
    components = List.copyOf(components);
    problems = List.copyOf(problems);
  }

  /**
   * A component.
   *
   * @param id of its plugin
   * @param manifest of its plugin, null if it cannot be run
   * @param engines by which it is known, even if it cannot be run
   * @param problem why it cannot be run, empty if it can
   */
  public record Component(
      String id,
      @Nullable PluginManifest manifest,
      List<PluginManifest.InputMethod> engines,
      String problem) {
    public Component {
      engines = List.copyOf(engines);
    }
  }

  /** The component that has an engine of this name. */
  Optional<Component> having(String engine) {
    return components.stream()
        .filter(each -> each.engines().stream().anyMatch(one -> one.id().equals(engine)))
        .findFirst();
  }
}
