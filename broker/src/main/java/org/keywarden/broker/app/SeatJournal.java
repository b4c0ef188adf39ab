package org.keywarden.broker.app;

import java.util.HashSet;
import java.util.Set;
import org.keywarden.broker.auditing.AuditTrail;
import org.keywarden.broker.seat.PluginInstance;
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
  private final Set<PluginInstance> registered = new HashSet<>();
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
      registered.add(ready.instance());
    } else if (event instanceof SeatEvent.PluginLost lost) {
      ended(lost.instance());
    } else if (event instanceof SeatEvent.PluginSelected selected) {
      trail.pluginChosen(selected.plugin());
    } else if (event instanceof SeatEvent.PolicyReplaced replaced) {
      trail.policyChosen(replaced.policy().digest());
      trail.policyLoaded(replaced.policy().digest());
    }
    boolean now = route == Route.GUARDED;
    if (now != guarded) {
      guarded = now;
      trail.guarded(now);
    }
  }

  /** Told of both the connection's end and the process's; one of them comes first. */
  private void ended(PluginInstance instance) {
    if (registered.remove(instance)) {
      trail.pluginEnded(instance);
    }
  }
}
