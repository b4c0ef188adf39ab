package org.keywarden.broker.plugin.upkeep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keywarden.proto.engine.v1.Profile;
import org.keywarden.proto.engine.v1.Schema;

/**
 * An engine's settings: what its schemas say there is, and what its private keyfile holds. A
 * running engine sees a change at once.
 */
public final class EngineSettings {
  /** Where GSettings' keyfile backend has its file, below the engine's home. */
  private static final Path FILE = Path.of(".config/glib-2.0/settings/keyfile");

  private static final int LARGEST = 1024 * 1024;
  private static final String BACKEND = "GSETTINGS_BACKEND";

  private final EngineHome home;
  private final Map<String, Place> keys;

  private record Place(String path, SettingKey key) {}

  /**
   * A setting as it is.
   *
   * @param name by which it is set; with its schema before a slash where two have one of this name
   * @param value without quotes, if it is a text
   * @param isSet whether it is not the engine's own default
   * @param fitting what it may be, in words
   * @param choices what it may be, empty for much
   */
  public record Row(
      String name,
      String type,
      String value,
      boolean isSet,
      String original,
      String fitting,
      String summary,
      String description,
      List<String> choices) {
    public Row {
      choices = List.copyOf(choices);
    }
  }

  private EngineSettings(EngineHome home, Map<String, Place> keys) {
    this.home = home;
    this.keys = keys;
  }

  /**
   * Finds them.
   *
   * @param engine what the user calls it: an engine's name, or its component's
   * @param engines of the component
   * @param installed schemas of the system
   * @throws Unfit if it has none, or they cannot be read
   */
  public static EngineSettings of(
      Profile profile, String engine, List<String> engines, EngineHome home, Path installed)
      throws Unfit {
    List<Schema> its =
        profile.getSchemasList().stream()
            .filter(
                each ->
                    each.getEngine().isEmpty()
                        || each.getEngine().equals(engine)
                        || !engines.contains(engine))
            .toList();
    if (its.isEmpty()) {
      throw new Unfit(
          engine
              + " has no settings that Keywarden knows: its profile names no schema of GSettings");
    }
    boolean isKept =
        profile.getEnvironmentList().stream()
            .anyMatch(each -> each.getName().equals(BACKEND) && each.getValue().equals("keyfile"));
    if (!isKept) {
      throw new Unfit("the profile of " + engine + " has it read no keyfile (" + BACKEND + ")");
    }
    Set<String> wanted = new HashSet<>();
    its.forEach(each -> wanted.add(each.getId()));
    Map<String, SettingSchema> schemas = SchemaReader.read(installed, wanted);
    Set<String> once = new HashSet<>();
    Set<String> twice = new HashSet<>();
    for (SettingSchema each : schemas.values()) {
      each.keys().stream()
          .filter(key -> !once.add(key.name()))
          .forEach(key -> twice.add(key.name()));
    }
    Map<String, Place> keys = new LinkedHashMap<>();
    for (Schema each : its) {
      SettingSchema schema = schemas.get(each.getId());
      if (schema == null) {
        throw new IllegalStateException("read all of them");
      }
      String path = path(each, schema, engine);
      String last = schema.id().substring(schema.id().lastIndexOf('.') + 1);
      for (SettingKey key : schema.keys()) {
        keys.put(
            twice.contains(key.name()) ? last + "/" + key.name() : key.name(),
            new Place(path, key));
      }
    }
    return new EngineSettings(home, keys);
  }

  private static String path(Schema said, SettingSchema schema, String engine) throws Unfit {
    if (!schema.path().isEmpty()) {
      return schema.path();
    }
    if (said.getPath().isEmpty()) {
      throw new Unfit("the profile does not say where the settings of " + schema.id() + " are");
    }
    String path = said.getPath();
    String[] parts = engine.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      // What would be another path or group is no part of one.
      path =
          path.replace("${" + (i + 1) + "}", parts[i].matches("[A-Za-z0-9._+-]+") ? parts[i] : "$");
    }
    if (path.contains("$")) {
      throw new Unfit(
          engine + " has settings for each of its engines; name one: keywarden ime list --all");
    }
    return path;
  }

  /** Returns all of them, in the order of the schemas. */
  public List<Row> all() throws IOException {
    Keyfile file = read();
    List<Row> rows = new ArrayList<>();
    keys.forEach((name, place) -> rows.add(row(file, name, place)));
    return rows;
  }

  /** Returns one. */
  public Row one(String name) throws IOException, Unfit {
    return row(read(), name, place(name));
  }

  private static Row row(Keyfile file, String name, Place place) {
    SettingKey key = place.key();
    Optional<String> set = file.get(place.path(), key.name());
    return new Row(
        name,
        key.type(),
        SettingText.shown(key, set.orElse(key.original())),
        set.isPresent(),
        SettingText.shown(key, key.original()),
        SettingText.fitting(key),
        key.summary(),
        key.description(),
        key.choices());
  }

  private Place place(String name) throws Unfit {
    Place place = keys.get(name);
    if (place == null) {
      throw new Unfit(
          "there is no setting " + name + "; there are: " + String.join(", ", keys.keySet()));
    }
    return place;
  }

  /** Sets one. */
  public void set(String name, String typed) throws IOException, Unfit {
    Place place = place(name);
    String value = SettingText.of(place.key(), typed);
    Keyfile file = read();
    file.put(place.path(), place.key().name(), value);
    home.write(FILE, file.text().getBytes(StandardCharsets.UTF_8));
  }

  /** Has one be what the engine says by itself. */
  public void unset(String name) throws IOException, Unfit {
    Place place = place(name);
    Keyfile file = read();
    if (file.remove(place.path(), place.key().name())) {
      home.write(FILE, file.text().getBytes(StandardCharsets.UTF_8));
    }
  }

  private Keyfile read() throws IOException {
    return Keyfile.of(
        new String(home.read(FILE, LARGEST).orElse(new byte[0]), StandardCharsets.UTF_8));
  }
}
