package org.keywarden.broker.seat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.capability.Digest;
import org.keywarden.policy.PluginFacts;

/** The registered plugin instances, and which of them the user wants to compose with. */
final class PluginTable {
  /** A plugin instance that may be given grants; {@code holder} is its key. */
  record Plugin(PluginInstance instance, PluginFacts facts, Memory memory, Digest holder) {}

  private final Map<PluginInstance, Plugin> plugins = new HashMap<>();

  /** Those that have answered a key, or not answered one in time. */
  private final Set<PluginInstance> tried = new HashSet<>();

  private String selected;

  /** Which of its input methods, empty if it has one. */
  private String inputMethod = "";

  /**
   * @param selected id of the plugin that composes, empty for none
   */
  PluginTable(String selected) {
    this.selected = selected;
  }

  boolean contains(PluginInstance instance) {
    return plugins.containsKey(instance);
  }

  /** Adds an instance; says whether it is one of the selected plugin. */
  boolean add(SeatEvent.PluginReady ready) {
    plugins.put(
        ready.instance(),
        new Plugin(ready.instance(), ready.facts(), ready.memory(), ready.holder()));
    return ready.facts().id().equals(selected);
  }

  void remove(PluginInstance instance) {
    plugins.remove(instance);
    tried.remove(instance);
  }

  /** The instance answered a key, or failed to. */
  void tried(PluginInstance instance) {
    if (plugins.containsKey(instance)) {
      tried.add(instance);
    }
  }

  boolean isTried(PluginInstance instance) {
    return tried.contains(instance);
  }

  String selected() {
    return selected;
  }

  /** Which of the selected plugin's input methods is meant, empty if it has one. */
  String inputMethod() {
    return inputMethod;
  }

  /** Selects a plugin and one of its input methods; says whether it was another one. */
  boolean select(String plugin, String method) {
    boolean changed = !plugin.equals(selected) || !method.equals(inputMethod);
    selected = plugin;
    inputMethod = method;
    return changed;
  }

  /** The id of an instance's plugin, empty if the instance is gone. */
  String idOf(PluginInstance instance) {
    Plugin plugin = plugins.get(instance);
    return plugin == null ? "" : plugin.facts().id();
  }

  /** Whether an instance forgets what it sees. */
  boolean forgets(PluginInstance instance) {
    Plugin plugin = plugins.get(instance);
    return plugin != null && plugin.memory() == Memory.FORGETS;
  }

  /** Any instance of the selected plugin, null if none is ready: their facts are the same. */
  @Nullable Plugin any() {
    Plugin keeps = ready(true);
    return keeps == null ? ready(false) : keeps;
  }

  /**
   * The newest instance of the selected plugin for fields like that, null if none is ready.
   *
   * @param mayLearn whether what is typed there may be remembered
   */
  @Nullable Plugin ready(boolean mayLearn) {
    Plugin newest = null;
    for (Plugin each : plugins.values()) {
      if (each.facts().id().equals(selected)
          && each.memory().suits(mayLearn)
          && (newest == null || each.instance().number() > newest.instance().number())) {
        newest = each;
      }
    }
    return newest;
  }
}
