package org.keywarden.fleet.alerts;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.keywarden.proto.fleet.v1.Alert;
import org.keywarden.proto.fleet.v1.FaultKind;

/** An alert as a Detection Finding of OCSF 1.4 (class 2004), one line of JSON. */
final class OcsfFinding {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();
  private static final int FINDINGS = 2;
  private static final int DETECTION_FINDING = 2004;
  private static final int CREATE = 1;
  private static final int CLOSE = 3;
  private static final int INFORMATIONAL = 1;
  private static final int LOW = 2;
  private static final int MEDIUM = 3;
  private static final int HIGH = 4;
  private static final int CRITICAL = 5;

  private OcsfFinding() {}

  /** Returns the line, without its end. */
  static String line(Alert alert) {
    String kind = alert.getKind().name().replace("FAULT_KIND_", "").toLowerCase(Locale.ROOT);
    int activity = alert.getKind() == FaultKind.FAULT_KIND_HEARD_AGAIN ? CLOSE : CREATE;
    String title = alert.getRule().isEmpty() ? kind : kind + " " + alert.getRule();
    Map<String, Object> finding = new LinkedHashMap<>();
    finding.put("class_uid", DETECTION_FINDING);
    finding.put("category_uid", FINDINGS);
    finding.put("activity_id", activity);
    finding.put("type_uid", DETECTION_FINDING * 100 + activity);
    finding.put("severity_id", severity(alert.getKind()));
    finding.put("time", alert.getTime());
    finding.put("count", alert.getCount());
    finding.put("message", alert.getWhat());
    finding.put(
        "finding_info",
        Map.of("uid", alert.getOrigin() + "#" + title + "@" + alert.getTime(), "title", title));
    finding.put(
        "resources", List.of(Map.of("uid", alert.getOrigin(), "type", "Keywarden grant log")));
    finding.put(
        "metadata",
        Map.of(
            "version",
            "1.4.0",
            "product",
            Map.of("name", "Keywarden", "vendor_name", "Keywarden")));
    return GSON.toJson(finding);
  }

  private static int severity(FaultKind kind) {
    return switch (kind) {
      case FAULT_KIND_FORK, FAULT_KIND_ROLLBACK, FAULT_KIND_ALTERED -> CRITICAL;
      case FAULT_KIND_BAD_SIGNATURE, FAULT_KIND_UNKNOWN_KEY, FAULT_KIND_INCOMPLETE -> HIGH;
      case FAULT_KIND_GAP, FAULT_KIND_FINDING, FAULT_KIND_MALFORMED -> MEDIUM;
      case FAULT_KIND_SILENT -> LOW;
      case FAULT_KIND_HEARD_AGAIN, FAULT_KIND_UNSPECIFIED, UNRECOGNIZED -> INFORMATIONAL;
    };
  }
}
