package org.keywarden.fleet.agent;

import org.keywarden.proto.fleet.v1.Shipment;

/**
 * Where shipments go. What fails throws; the outlet is of no use then, and whether the shipment
 * went is for the next one's {@link #place} to say.
 */
interface Outlet extends AutoCloseable {
  /** Where to go on, as kept with what was shipped. */
  Place place();

  /** Ships, and keeps the place, both or neither. */
  void ship(Shipment shipment, Place after);

  @Override
  void close();

  /** Opens one. */
  @FunctionalInterface
  interface Opening {
    /** Ends whatever an earlier one of this origin left half done. */
    Outlet open(String origin);
  }
}
