package org.keywarden.broker.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.keywarden.broker.seat.Route;
import org.keywarden.broker.seat.SeatStatus;

/**
 * What was decided for the last field of each application that had the focus, by what the
 * application calls itself. Thread: the seat's.
 */
public final class LastDecisions {
  private static final int MOST = 256;

  /**
   * A decision.
   *
   * @param by the policy rule that decided, or a word for what did
   */
  record Decision(Route route, String by) {}

  private final Map<String, Decision> decisions =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Decision> eldest) {
          return size() > MOST;
        }
      };

  /** Remembers what is so, if it is a decision. */
  public void take(SeatStatus now) {
    switch (now.route()) {
      case COMPOSING, GUARDED, DIRECT -> {
        decisions.remove(now.application());
        decisions.put(now.application(), new Decision(now.route(), now.decidedBy()));
      }
      case DECIDING, GRANTING, UNFOCUSED -> {}
    }
  }

  Optional<Decision> of(String application) {
    return Optional.ofNullable(decisions.get(application));
  }
}
