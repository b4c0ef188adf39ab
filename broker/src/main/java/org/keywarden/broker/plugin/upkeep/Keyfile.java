package org.keywarden.broker.plugin.upkeep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The file that GSettings' keyfile backend keeps (Desktop Entry Specification, "Basic format of the
 * file"): groups are paths without the slashes at their ends. What is not asked for stays as it is.
 */
final class Keyfile {
  private final List<String> lines;

  private Keyfile(List<String> lines) {
    this.lines = new ArrayList<>(lines);
  }

  static Keyfile of(String text) {
    return new Keyfile(text.lines().toList());
  }

  private static String header(String path) {
    return "[" + path.replaceAll("^/+|/+$", "") + "]";
  }

  /** Of the last line of the group's own, or its header; -1 if there is no such group. */
  private int find(String path, String key) {
    boolean within = false;
    int found = -1;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.startsWith("[")) {
        within = line.equals(header(path));
      } else if (within && isOf(line, key)) {
        // The last counts.
        found = i;
      }
    }
    return found;
  }

  private static boolean isOf(String line, String key) {
    int equals = line.indexOf('=');
    return equals > 0 && line.substring(0, equals).strip().equals(key);
  }

  Optional<String> get(String path, String key) {
    int at = find(path, key);
    return at < 0
        ? Optional.empty()
        : Optional.of(lines.get(at).substring(lines.get(at).indexOf('=') + 1).strip());
  }

  /** Takes a key out; says whether it was there. */
  boolean remove(String path, String key) {
    boolean there = false;
    for (int at = find(path, key); at >= 0; at = find(path, key)) {
      lines.remove(at);
      there = true;
    }
    return there;
  }

  void put(String path, String key, String value) {
    boolean ignored = remove(path, key);
    int header = -1;
    for (int i = 0; i < lines.size() && header < 0; i++) {
      header = lines.get(i).strip().equals(header(path)) ? i : -1;
    }
    if (header < 0) {
      lines.add(header(path));
      header = lines.size() - 1;
    }
    lines.add(header + 1, key + "=" + value);
  }

  String text() {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }
}
