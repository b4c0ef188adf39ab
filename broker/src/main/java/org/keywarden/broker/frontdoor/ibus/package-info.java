/**
 * The front door for unmodified applications: IBus's D-Bus protocol, spoken directly with each of
 * them. Nothing is routed by match rules; what concerns a context goes to the connection that made
 * it and nowhere else.
 *
 * <p>Thread: the seat's. May use: the seat, {@code frontdoor}, {@code org.keywarden.ibus}.
 */
@NullMarked
package org.keywarden.broker.frontdoor.ibus;

import org.jspecify.annotations.NullMarked;
