/**
 * The desktop session around the seat: whether its screen is locked and whether the machine slept.
 * Each source of that is a small adapter that asks and listens on a bus, and has a state of its
 * own; any of them that says "locked", or is there and does not answer, locks.
 *
 * <p>Thread: one of its own, that of the buses, so that a bus that floods costs no key; the seat is
 * told on the seat's. May use: {@code bus}, the seat's events.
 */
@NullMarked
package org.keywarden.broker.session;

import org.jspecify.annotations.NullMarked;
