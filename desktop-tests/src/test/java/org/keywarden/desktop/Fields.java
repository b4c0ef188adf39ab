package org.keywarden.desktop;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a test application shows.
 *
 * @param serial of the last order it obeyed, 0 before the first
 * @param focus the field that has the focus, "" if none has
 * @param texts what is in each field
 */
record Fields(int serial, String focus, Map<String, String> texts) {
  static final Fields NONE = new Fields(0, "", Map.of());

  /** Reads what {@code src/test/apps} say. */
  static Fields parse(String json) {
    JsonObject said = JsonParser.parseString(json).getAsJsonObject();
    Map<String, String> texts = new LinkedHashMap<>();
    said.getAsJsonObject("fields")
        .entrySet()
        .forEach(field -> texts.put(field.getKey(), field.getValue().getAsString()));
    return new Fields(said.get("serial").getAsInt(), said.get("focus").getAsString(), texts);
  }

  String text(String field) {
    return texts.getOrDefault(field, "");
  }
}
