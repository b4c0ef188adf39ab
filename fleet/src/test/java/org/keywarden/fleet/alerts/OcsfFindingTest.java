package org.keywarden.fleet.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.keywarden.proto.fleet.v1.Alert;
import org.keywarden.proto.fleet.v1.FaultKind;

/** Alerts in OCSF's terms: what the schema requires is there, and one is one line. */
final class OcsfFindingTest {
  @Test
  void aForkIsACriticalDetectionFinding() {
    Alert alert =
        Alert.newBuilder()
            .setOrigin("log.test/a")
            .setKind(FaultKind.FAULT_KIND_FORK)
            .setTime(1_700_000_000_123L)
            .setCount(2)
            .setWhat("two\nlines, \"quoted\"")
            .build();
    String line = OcsfFinding.line(alert);
    assertFalse(line.contains("\n"));
    JsonObject json = JsonParser.parseString(line).getAsJsonObject();
    assertEquals(2004, json.get("class_uid").getAsInt());
    assertEquals(2, json.get("category_uid").getAsInt());
    assertEquals(200_401, json.get("type_uid").getAsInt());
    assertEquals(1, json.get("activity_id").getAsInt());
    assertEquals(5, json.get("severity_id").getAsInt());
    assertEquals(1_700_000_000_123L, json.get("time").getAsLong());
    assertEquals("fork", json.getAsJsonObject("finding_info").get("title").getAsString());
    assertEquals("1.4.0", json.getAsJsonObject("metadata").get("version").getAsString());
    assertEquals(alert.getWhat(), json.get("message").getAsString());
  }

  @Test
  void aLogThatIsHeardAgainClosesOne() {
    Alert alert = Alert.newBuilder().setKind(FaultKind.FAULT_KIND_HEARD_AGAIN).build();
    JsonObject json = JsonParser.parseString(OcsfFinding.line(alert)).getAsJsonObject();
    assertEquals(200_403, json.get("type_uid").getAsInt());
  }
}
