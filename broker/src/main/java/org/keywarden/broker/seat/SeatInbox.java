package org.keywarden.broker.seat;

/**
 * Where gateways and front doors put what happened. Called on the seat's thread only; handled in
 * order, and before the call returns unless it is made while another event's effects are applied,
 * then right after those.
 */
public interface SeatInbox {
  void post(SeatEvent event);
}
