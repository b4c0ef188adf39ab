package org.keywarden.cli.setup;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;

/**
 * What was changed, with what was there before; written before each change, so that whatever was
 * done can be undone.
 */
final class SetupJournal {
  private static final int VERSION = 1;

  private final Path file;
  private final List<Entry> entries = new ArrayList<>();

  /** Directories that were made for the journal itself, or for changes undone before. */
  private List<Path> made = List.of();

  /**
   * One file.
   *
   * @param made directories that had to be made for it, outermost first
   * @param before what was there
   * @param after what we put there
   * @param block the lines of it that are ours, empty if all are
   */
  record Entry(Path path, List<Path> made, FileState before, FileState after, String block) {
    Entry now(FileState put, String lines) {
      return new Entry(path, made, before, put, lines);
    }

    private JsonObject json() {
      JsonObject json = new JsonObject();
      json.addProperty("path", path.toString());
      json.add("made", strings(made));
      json.add("before", before.json());
      json.add("after", after.json());
      json.addProperty("block", block);
      return json;
    }

    private static Entry from(JsonElement element) {
      JsonObject json = element.getAsJsonObject();
      return new Entry(
          Path.of(json.get("path").getAsString()),
          paths(json.getAsJsonArray("made")),
          FileState.from(json.getAsJsonObject("before")),
          FileState.from(json.getAsJsonObject("after")),
          json.get("block").getAsString());
    }
  }

  private static JsonArray strings(List<Path> paths) {
    JsonArray strings = new JsonArray();
    paths.forEach(each -> strings.add(each.toString()));
    return strings;
  }

  private static List<Path> paths(JsonArray strings) {
    List<Path> paths = new ArrayList<>();
    strings.forEach(each -> paths.add(Path.of(each.getAsString())));
    return paths;
  }

  private SetupJournal(Path file) {
    this.file = file;
  }

  /** Where a user's is. */
  static Path place(Map<String, String> environment) {
    String xdg = environment.getOrDefault("XDG_STATE_HOME", "");
    Path state =
        xdg.isEmpty()
            ? Path.of(environment.getOrDefault("HOME", "/"), ".local/state")
            : Path.of(xdg);
    return state.resolve("keywarden/setup.json");
  }

  /**
   * Reads it; one that is not there is empty.
   *
   * @throws Failure if it cannot be understood: nothing is done then
   */
  static SetupJournal read(Path file) throws IOException {
    SetupJournal journal = new SetupJournal(file);
    if (!Files.exists(file)) {
      return journal;
    }
    try {
      JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      if (json.get("version").getAsInt() != VERSION) {
        throw new JsonParseException("it is of another version");
      }
      journal.made = paths(json.getAsJsonArray("made"));
      json.getAsJsonArray("changes").forEach(each -> journal.entries.add(Entry.from(each)));
      return journal;
    } catch (JsonParseException
        | IllegalStateException
        | UnsupportedOperationException
        | NullPointerException
        | ClassCastException e) {
      // What Gson throws for members that are missing or of another kind.
      throw new Failure(
          Exit.FAILED,
          file + " is no journal of keywarden setup (" + e.getMessage() + "); nothing was changed");
    }
  }

  Path file() {
    return file;
  }

  /** In the order of the changes. */
  List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** Sets the entry of its path. */
  void put(Entry entry) throws IOException {
    int at = entries.stream().map(Entry::path).toList().indexOf(entry.path());
    if (at < 0) {
      entries.add(entry);
    } else {
      entries.set(at, entry);
    }
    store();
  }

  /**
   * Its change is undone.
   *
   * @param left directories made for it that hold something still
   */
  void remove(Entry entry, List<Path> left) throws IOException {
    entries.remove(entry);
    List<Path> all = new ArrayList<>(left);
    all.addAll(made);
    made = all;
    store();
  }

  private void store() throws IOException {
    if (entries.isEmpty()) {
      Files.deleteIfExists(file);
      made = FileState.removeEmpty(made);
      return;
    }
    JsonObject json = new JsonObject();
    json.addProperty("version", VERSION);
    if (!Files.exists(file)) {
      made = FileState.missing(file);
    }
    json.add("made", strings(made));
    JsonArray changes = new JsonArray();
    entries.forEach(each -> changes.add(each.json()));
    json.add("changes", changes);
    Files.createDirectories(file.getParent());
    FileState.file("rw-------", new GsonBuilder().setPrettyPrinting().create().toJson(json) + "\n")
        .put(file);
  }
}
