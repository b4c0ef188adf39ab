/**
 * The broker as a client of message buses: one connection's bytes and calls, and a connection that
 * is made again when it ends. Who is believed on a bus is known by its unique name, which only the
 * bus gives.
 *
 * <p>Thread: that of the event loop the connection was made on. May use: {@code
 * org.keywarden.ibus}, {@code process} for its delays, {@code socket} for its turns.
 */
@NullMarked
package org.keywarden.broker.bus;

import org.jspecify.annotations.NullMarked;
