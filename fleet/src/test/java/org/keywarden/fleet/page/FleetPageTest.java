package org.keywarden.fleet.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.keywarden.proto.fleet.v1.Fault;
import org.keywarden.proto.fleet.v1.FaultKind;
import org.keywarden.proto.fleet.v1.LogState;

/** The page and the JSON say what is known, whatever a machine calls itself. */
final class FleetPageTest {
  private static LogState failed(FaultKind kind) {
    return LogState.newBuilder()
        .setSize(7)
        .setSignedSize(5)
        .setBroken(kind == FaultKind.FAULT_KIND_FORK)
        .addFaults(Fault.newBuilder().setKind(kind).setCount(1).setWhat("<b>&'\"\u202e"))
        .build();
  }

  private static FleetView.Sum sum() {
    FleetView.Sum sum = new FleetView.Sum();
    sum.add(new FleetView.Log("good", LogState.newBuilder().setSize(3).setSignedSize(3).build()));
    return sum;
  }

  @Test
  void aFleetThatHoldsSaysSo() {
    String page = FleetPage.of(sum().view(0));
    assertTrue(page.contains("Every log holds"), page);
    assertTrue(page.contains("<h1>1 log</h1>"), page);
  }

  @Test
  void whatAMachineSaysStaysText() {
    FleetView.Sum sum = sum();
    sum.add(new FleetView.Log("<script>x</script>", failed(FaultKind.FAULT_KIND_GAP)));
    String page = FleetPage.of(sum.view(0));
    assertFalse(page.contains("<script"), page);
    assertTrue(page.contains("&lt;b&gt;&amp;&#39;&quot;\\u{202e}"), page);
    assertTrue(page.contains("1 log does NOT hold"), page);
  }

  @Test
  void theWorstComeFirstAndTheListHasAnEnd() {
    FleetView.Sum sum = sum();
    for (int i = 0; i < 5_000; i++) {
      sum.add(new FleetView.Log("log-" + i, failed(FaultKind.FAULT_KIND_FINDING)));
    }
    sum.add(new FleetView.Log("zz", failed(FaultKind.FAULT_KIND_FORK)));
    FleetView view = sum.view(0);
    assertEquals("zz", view.failing().getFirst().origin());
    assertEquals(FleetView.MOST_LISTED, view.failing().size());
    JsonObject totals = JsonParser.parseString(FleetJson.totals(view)).getAsJsonObject();
    assertEquals(5_002, totals.get("logs").getAsInt());
    assertEquals(1, totals.get("failing").getAsInt());
    assertEquals(5_001, totals.get("withFindings").getAsInt() + totals.get("failing").getAsInt());
    assertEquals(5_001L * 7 + 3, totals.get("entries").getAsLong());
  }
}
