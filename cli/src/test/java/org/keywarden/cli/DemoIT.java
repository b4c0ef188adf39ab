package org.keywarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The demonstration with the processes just built. */
final class DemoIT {
  @Test
  void everyGuaranteeIsKeptAndTheInputMethodSawNoSecret() {
    System.setProperty("keywarden.home", System.getProperty("keywarden.dist", ""));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine(false);
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int status = line.execute("demo", "--json");
    assertEquals(0, status, () -> out + "\n" + err);
    JsonObject shown = JsonParser.parseString(out.toString()).getAsJsonObject();
    assertEquals(7, shown.getAsJsonArray("guarantees").size());
    for (JsonElement each : shown.getAsJsonArray("guarantees")) {
      assertTrue(each.getAsJsonObject().get("kept").getAsBoolean(), each::toString);
    }
    List<JsonObject> secret =
        StreamSupport.stream(shown.getAsJsonArray("fields").spliterator(), false)
            .map(JsonElement::getAsJsonObject)
            .filter(field -> field.get("secret").getAsBoolean())
            .toList();
    assertFalse(secret.isEmpty());
    for (JsonObject field : secret) {
      assertEquals("", field.get("seen_by_ime").getAsString());
      assertEquals(field.get("typed"), field.get("received"));
    }
  }
}
