package org.keywarden.proto.yaml;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the fields of a message stand in the file it was read from.
 *
 * <p>A path is written as protovalidate writes it: {@code rules[2].when}. The whole file is the
 * empty path.
 */
public final class YamlPositions {
  private final Map<String, Position> places = new LinkedHashMap<>();
  private final Map<String, ScalarText> texts = new LinkedHashMap<>();

  YamlPositions() {}

  void put(String path, Position position) {
    places.put(path, position);
  }

  void putText(String path, ScalarText text) {
    texts.put(path, text);
  }

  /** Whether the file has the field at all, even if with an empty list as its value. */
  public boolean has(String path) {
    return places.containsKey(path);
  }

  /** The place of the field's value, or of the nearest field around it that the file has. */
  public Position of(String path) {
    String at = path;
    while (true) {
      Position place = places.get(at);
      if (place != null) {
        return place;
      }
      if (at.isEmpty()) {
        return new Position(1, 1);
      }
      at = parent(at);
    }
  }

  /**
   * The place of one character of a text field: of a condition's misspelt word, for one.
   *
   * @param codePoint index within the field's value, from 0
   */
  public Position within(String path, int codePoint) {
    ScalarText text = texts.get(path);
    return text == null ? of(path) : text.position(codePoint);
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
  }
}
