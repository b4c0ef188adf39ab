/**
 * The bus's side of a conversation in D-Bus, for whoever stands in a bus's place: how a client says
 * who it is, where its messages begin and end, the bus's own object, what is refused and how.
 * Nothing is routed by match rules.
 *
 * <p>Thread: confined to one connection's. May use: {@code wire}.
 */
@NullMarked
package org.keywarden.ibus.bus;

import org.jspecify.annotations.NullMarked;
