package org.keywarden.broker.plugin.engines;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.plugin.PluginManifest;

/**
 * The input methods there are to choose from: those of the plugins that the broker started with,
 * and the engines that were found. Of engines, only the components of enabled ones are plugins.
 *
 * <p>Thread: the seat's.
 */
public final class InputMethods {
  private final List<PluginManifest> natives;
  private final ChoiceFile file;
  private final Place place;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, PluginManifest> running = new LinkedHashMap<>();
  private List<String> enabled = List.of();
  private EngineCatalogue catalogue = EngineCatalogue.EMPTY;

  /** What is to be selected as soon as it is there, empty if nothing is. */
  private String awaited = "";

  /** Whether any input method was selected since the broker started. */
  private boolean everComposed;

  /** What this needs of its surroundings. */
  public interface Place {
    /** Adds a plugin that is started when it is wanted. */
    void add(PluginManifest manifest) throws IOException;

    /** Ends a plugin that was added. */
    void remove(String plugin);

    /** Which input method composes now. */
    Target selected();

    /** Makes one compose; of {@link Target#NONE}, none. */
    void select(Target target);
  }

  /**
   * An input method, as the seat knows it.
   *
   * @param method which of the plugin's, empty if it has one
   */
  public record Target(String plugin, String method) {
    /** None of them: the keyboard only. */
    public static final Target NONE = new Target("", "");
  }

  /**
   * An input method, as the user knows it.
   *
   * @param problem why it cannot be used, empty if it can
   */
  public record Row(
      String id,
      Target target,
      PluginManifest.InputMethod method,
      boolean enabled,
      boolean selected,
      String problem) {}

  /** What was asked for cannot be done, and nothing was. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }

  /**
   * @param natives plugins that are there already
   */
  public InputMethods(List<PluginManifest> natives, ChoiceFile file, Place place) {
    this.natives = List.copyOf(natives);
    this.file = file;
    this.place = place;
  }

  /**
   * Reads what the user enabled, and selects the first.
   *
   * @param wanted to be selected instead, empty for none in particular
   */
  public void begin(String wanted) {
    try {
      enabled = file.read();
    } catch (ChoiceFile.Unusable e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    awaited = wanted.isEmpty() && !enabled.isEmpty() ? enabled.getFirst() : wanted;
    settle();
  }

  /** What is wrong with the user's file and with components, a line each. */
  public List<String> problems() {
    List<String> all = new ArrayList<>(problems);
    all.addAll(catalogue.problems());
    return all;
  }

  /**
   * Takes what was found, and the user's file as it is now; plugins whose components are as they
   * were go on.
   */
  public void adopt(EngineCatalogue found) {
    catalogue = found;
    problems.clear();
    try {
      enabled = file.read();
    } catch (ChoiceFile.Unusable e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    settle();
  }

  /** Every input method: the enabled ones in their order, then the others. */
  public List<Row> rows() {
    Map<String, Row> all = new LinkedHashMap<>();
    Target selected = place.selected();
    for (PluginManifest each : natives) {
      if (each.inputMethods().isEmpty()) {
        add(all, each.id(), new Target(each.id(), ""), itself(each), selected, "");
      }
      for (PluginManifest.InputMethod one : each.inputMethods()) {
        add(all, each.id() + "/" + one.id(), new Target(each.id(), one.id()), one, selected, "");
      }
    }
    for (EngineCatalogue.Component each : catalogue.components()) {
      for (PluginManifest.InputMethod one : each.engines()) {
        add(all, one.id(), new Target(each.id(), one.id()), one, selected, each.problem());
      }
    }
    List<Row> rows = new ArrayList<>();
    for (String each : enabled) {
      Row row = all.remove(each);
      rows.add(row == null ? missing(each) : row);
    }
    rows.addAll(all.values());
    return rows;
  }

  private void add(
      Map<String, Row> all,
      String id,
      Target target,
      PluginManifest.InputMethod method,
      Target selected,
      String problem) {
    all.putIfAbsent(
        id, new Row(id, target, method, enabled.contains(id), target.equals(selected), problem));
  }

  private static PluginManifest.InputMethod itself(PluginManifest plugin) {
    return new PluginManifest.InputMethod(
        plugin.id(), plugin.name(), plugin.facts().languages(), "", "");
  }

  private static Row missing(String id) {
    return new Row(
        id,
        Target.NONE,
        new PluginManifest.InputMethod(id, "", List.of(), "", ""),
        true,
        false,
        "is not installed");
  }

  /** Those to switch between: what is enabled and can be used; where nothing is, all plugins. */
  public List<Row> switchable() {
    return rows().stream()
        .filter(each -> enabled.isEmpty() || each.enabled())
        .filter(each -> each.problem().isEmpty() && isThere(each.target().plugin()))
        .toList();
  }

  /** What the user calls an input method; empty for none. */
  public String idOf(Target target) {
    if (target.method().isEmpty() || !isNative(target.plugin())) {
      return target.method().isEmpty() ? target.plugin() : target.method();
    }
    return target.plugin() + "/" + target.method();
  }

  private boolean isNative(String plugin) {
    return natives.stream().anyMatch(each -> each.id().equals(plugin));
  }

  /** What an id stands for, if it can be used: an enabled engine, or any plugin. */
  public Optional<Target> usable(String id) {
    return rows().stream()
        .filter(each -> each.id().equals(id) && each.problem().isEmpty())
        .map(Row::target)
        .filter(each -> isThere(each.plugin()))
        .findFirst();
  }

  private boolean isThere(String plugin) {
    return running.containsKey(plugin) || isNative(plugin);
  }

  /**
   * Enables, disables and puts first, all of it or nothing.
   *
   * @return what is enabled now, in order
   * @throws Refused if one is not there, or cannot be used
   * @throws ChoiceFile.Unusable if that cannot be kept
   */
  public List<String> arrange(List<String> enable, List<String> disable, List<String> first)
      throws Refused, ChoiceFile.Unusable {
    Map<String, Row> known = new LinkedHashMap<>();
    rows().forEach(each -> known.put(each.id(), each));
    for (String each : enable) {
      Row row = known.get(each);
      if (row == null) {
        throw new Refused("there is no input method " + each);
      }
      if (!row.problem().isEmpty()) {
        throw new Refused(each + " cannot be used: " + row.problem());
      }
    }
    enabled = file.arrange(enable, disable, first);
    problems.clear();
    settle();
    return enabled;
  }

  /** Has the roster hold the components of enabled engines, and no other; selects what waits. */
  private void settle() {
    Target before = place.selected();
    everComposed |= !before.equals(Target.NONE);
    Map<String, PluginManifest> wanted = new LinkedHashMap<>();
    for (String each : enabled) {
      PluginManifest manifest = manifestOf(each);
      if (manifest != null) {
        wanted.put(manifest.id(), manifest);
      }
    }
    for (String each : List.copyOf(running.keySet())) {
      if (!Objects.equals(running.get(each), wanted.get(each))) {
        place.remove(each);
        running.remove(each);
      }
    }
    wanted.forEach(this::run);
    selectAnew(before);
  }

  private @Nullable PluginManifest manifestOf(String engine) {
    return catalogue
        .having(engine)
        .filter(each -> natives.stream().noneMatch(plugin -> plugin.id().equals(each.id())))
        .map(EngineCatalogue.Component::manifest)
        .orElse(null);
  }

  private void run(String id, PluginManifest manifest) {
    if (!running.containsKey(id)) {
      try {
        place.add(manifest);
        running.put(id, manifest);
      } catch (IOException e) {
        problems.add(id + ": " + e.getMessage());
      }
    }
  }

  private void selectAnew(Target before) {
    if (!awaited.isEmpty()) {
      usable(awaited).ifPresent(this::take);
    } else if (isGone(before)) {
      Target next =
          enabled.stream()
              .map(this::usable)
              .flatMap(Optional::stream)
              .findFirst()
              .orElse(natives.isEmpty() ? Target.NONE : of(natives.getFirst()));
      if (!next.equals(before)) {
        place.select(next);
      }
    }
  }

  private static Target of(PluginManifest plugin) {
    return new Target(
        plugin.id(), plugin.inputMethods().isEmpty() ? "" : plugin.inputMethods().getFirst().id());
  }

  private void take(Target target) {
    awaited = "";
    if (!target.equals(place.selected())) {
      place.select(target);
    }
  }

  /** Whether nothing composes, or an engine that is no longer enabled. */
  private boolean isGone(Target selected) {
    if (selected.equals(Target.NONE)) {
      // Later the user may mean it so: the keyboard only.
      return !everComposed;
    }
    return !isNative(selected.plugin())
        && !(running.containsKey(selected.plugin()) && enabled.contains(selected.method()));
  }

  /**
   * The user chose an input method; what was waited for is not wanted any more.
   *
   * @return whether it may be selected: an engine has to be enabled
   */
  public boolean choose(Target chosen) {
    boolean isNative =
        natives.stream()
            .filter(each -> each.id().equals(chosen.plugin()))
            .anyMatch(
                each ->
                    chosen.method().isEmpty()
                        || each.inputMethods().stream()
                            .anyMatch(one -> one.id().equals(chosen.method())));
    boolean may =
        isNative || (running.containsKey(chosen.plugin()) && enabled.contains(chosen.method()));
    if (may || chosen.equals(Target.NONE)) {
      awaited = "";
    }
    return may;
  }

  /** Whether engines have to be looked for at the start. */
  public boolean needsEngines() {
    return !problems.isEmpty()
        || !awaited.isEmpty()
        || rows().stream().anyMatch(row -> row.enabled() && !row.problem().isEmpty());
  }
}
