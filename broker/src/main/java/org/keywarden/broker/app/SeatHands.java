package org.keywarden.broker.app;

import java.util.List;
import java.util.function.Consumer;
import org.keywarden.broker.seat.HostEffect;
import org.keywarden.broker.seat.PluginEffect;
import org.keywarden.broker.seat.PluginInstance;
import org.keywarden.broker.seat.RecordEffect;
import org.keywarden.broker.seat.Route;
import org.keywarden.broker.seat.TrustedEffect;

/**
 * Who does what the seat asks.
 *
 * @param applications the front doors; each does what concerns its own applications
 * @param standing follows the seat before the effects of a turn are carried out
 * @param expel ends an instance's process, by a way of its own
 * @param end ends the broker at once, and with it every plugin; it is started again
 */
record SeatHands(
    List<Consumer<HostEffect>> applications,
    Consumer<PluginEffect> plugins,
    Consumer<RecordEffect> records,
    Consumer<TrustedEffect> trusted,
    Standing standing,
    Consumer<PluginInstance> expel,
    Runnable end) {
  SeatHands {
    applications = List.copyOf(applications);
  }

  /** Whether plugins may run. */
  interface Standing {
    void follow(Route route, boolean secretTyped);
  }
}
