package org.keywarden.broker.app;

import org.keywarden.broker.auditing.AuditTrail;
import org.keywarden.broker.seat.Route;
import org.keywarden.broker.seat.SeatEvent;

/**
 * Records what happens at the seat besides grants: plugins that come and go, policies, and when
 * keys are kept from every input method.
 *
 * <p>Thread: the seat's.
 */
final class SeatJournal {
  private final AuditTrail trail;
  private boolean guarded;

  SeatJournal(AuditTrail trail) {
    this.trail = trail;
  }

  /**
   * @param route after the event
   */
  void happened(SeatEvent event, Route route) {
    if (event instanceof SeatEvent.PluginReady ready) {
      trail.pluginRegistered(ready.instance(), ready.facts().id(), ready.holder());
    } else if (event instanceof SeatEvent.PluginLost lost) {
      trail.pluginEnded(lost.instance());
    } else if (event instanceof SeatEvent.PolicyReplaced replaced) {
      trail.policyLoaded(replaced.policy().digest());
    }
    boolean now = route == Route.GUARDED;
    if (now != guarded) {
      guarded = now;
      trail.guarded(now);
    }
  }
}
