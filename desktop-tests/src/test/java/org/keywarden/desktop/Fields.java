package org.keywarden.desktop;

import com.google.gson.JsonArray;
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
 * @param composing what the focused field shows and does not hold yet, as far as the application
 *     says
 * @param places where on the screen the middle of each is, as far as the application says
 */
record Fields(
    int serial,
    String focus,
    Map<String, String> texts,
    String composing,
    Map<String, Keyboard.Point> places) {
  static final Fields NONE = new Fields(0, "", Map.of(), "", Map.of());

  /** Reads what {@code src/test/apps} say. */
  static Fields parse(String json) {
    JsonObject said = JsonParser.parseString(json).getAsJsonObject();
    Map<String, String> texts = new LinkedHashMap<>();
    said.getAsJsonObject("fields")
        .entrySet()
        .forEach(field -> texts.put(field.getKey(), field.getValue().getAsString()));
    Map<String, Keyboard.Point> places = new LinkedHashMap<>();
    if (said.has("places")) {
      said.getAsJsonObject("places")
          .entrySet()
          .forEach(field -> places.put(field.getKey(), point(field.getValue().getAsJsonArray())));
    }
    String composing = said.has("composing") ? said.get("composing").getAsString() : "";
    return new Fields(
        said.get("serial").getAsInt(), said.get("focus").getAsString(), texts, composing, places);
  }

  private static Keyboard.Point point(JsonArray said) {
    return new Keyboard.Point(said.get(0).getAsInt(), said.get(1).getAsInt());
  }

  String text(String field) {
    return texts.getOrDefault(field, "");
  }
}
