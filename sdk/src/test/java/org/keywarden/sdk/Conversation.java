package org.keywarden.sdk;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a broker and a plugin say to each other, read from a file.
 *
 * @param name of the file
 */
record Conversation(String name, List<Step> steps) {
  Conversation {
    steps = List.copyOf(steps);
  }

  /** All of a directory, in the order of their names. */
  static List<Conversation> in(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(Conversation::read)
          .toList();
    }
  }

  private static Conversation read(Path file) {
    try {
      JsonObject all = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      List<Step> steps =
          StreamSupport.stream(all.getAsJsonArray("steps").spliterator(), false)
              .map(each -> new Step(each.getAsJsonObject()))
              .toList();
      return new Conversation(file.getFileName().toString(), steps);
    } catch (IOException e) {
      throw new IllegalStateException(file.toString(), e);
    }
  }

  /** One thing said or done by one side. */
  record Step(JsonObject json) {
    /** {@code broker}, {@code plugin} or {@code log}. */
    String who() {
      return json.keySet().iterator().next();
    }

    /** The deed in a word, or {@code says} for a message. */
    String what() {
      JsonElement deed = json.get(who());
      return deed.isJsonObject() ? "says" : deed.getAsString();
    }

    boolean isOfGrant() {
      return json.has("grant");
    }

    long grant() {
      return json.get("grant").getAsLong();
    }

    int number(String name) {
      return json.get(name).getAsInt();
    }

    String text(String name) {
      return json.get(name).getAsString();
    }

    /** The message, read into a builder. */
    <B extends Message.Builder> B into(B builder) throws InvalidProtocolBufferException {
      JsonFormat.parser().merge(json.get(who()).toString(), builder);
      return builder;
    }
  }
}
