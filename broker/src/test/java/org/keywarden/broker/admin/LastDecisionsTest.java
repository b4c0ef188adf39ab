package org.keywarden.broker.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.keywarden.broker.seat.Route;
import org.keywarden.broker.seat.SeatStatus;

/** What is remembered of each application. */
final class LastDecisionsTest {
  private final LastDecisions decisions = new LastDecisions();

  private void take(String application, Route route) {
    decisions.take(new SeatStatus(route, application, "", "rule", 1, "", "", 0, true));
  }

  private Optional<Route> of(String application) {
    return decisions.of(application).map(LastDecisions.Decision::route);
  }

  @Test
  void theLastDecisionCountsAndNotTheWayToIt() {
    assertEquals(Optional.empty(), of("a"));
    take("a", Route.DECIDING);
    assertEquals(Optional.empty(), of("a"));
    take("a", Route.COMPOSING);
    take("a", Route.GUARDED);
    take("a", Route.GRANTING);
    take("", Route.UNFOCUSED);
    assertEquals(Optional.of(Route.GUARDED), of("a"));
    assertEquals(Optional.empty(), of(""));
  }

  @Test
  void theOldestIsForgotten() {
    take("old", Route.DIRECT);
    take("used", Route.DIRECT);
    for (int i = 0; i < 254; i++) {
      take("a" + i, Route.DIRECT);
    }
    take("used", Route.COMPOSING);
    take("new", Route.DIRECT);
    assertEquals(Optional.empty(), of("old"));
    assertEquals(Optional.of(Route.COMPOSING), of("used"));
  }
}
