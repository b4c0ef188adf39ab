/**
 * The message bus that applications believe they are on: how a client says who it is, the bus's own
 * objects, what is refused and how. Nothing is routed by match rules.
 *
 * <p>Thread: the seat's. May use: {@code org.keywarden.ibus}.
 */
@NullMarked
package org.keywarden.broker.frontdoor.ibus.bus;

import org.jspecify.annotations.NullMarked;
