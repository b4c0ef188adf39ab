/**
 * The seat: who gets the keys of the focused field, as a pure state machine.
 *
 * <p>Thread: none of its own; everything here is called from the one thread that owns the seat, and
 * nothing here blocks, reads a clock, draws randomness or does I/O. May use: {@code capability}
 * (types) and the policy module.
 *
 * <p>A key's way through this package: {@link org.keywarden.broker.seat.SeatEvent.KeyTyped} enters
 * {@link org.keywarden.broker.seat.Seat#handle}, goes {@link org.keywarden.broker.seat.KeyPath},
 * waits in {@link org.keywarden.broker.seat.KeyLedger} until the route may show it, passes {@link
 * org.keywarden.broker.seat.Gate}, leaves as {@link
 * org.keywarden.broker.seat.PluginEffect.DeliverKey} and comes back as {@link
 * org.keywarden.broker.seat.SeatEvent.KeyAnswered}.
 */
@NullMarked
package org.keywarden.broker.seat;

import org.jspecify.annotations.NullMarked;
