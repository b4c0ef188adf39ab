/**
 * Where the unmodified applications of a session come in: the socket in ibus-daemon's place and the
 * file with its address, and the portal on the session bus. A message goes from here to the input
 * context that it names.
 *
 * <p>Thread: the seat's. May use: {@code context}, {@code bus}, the seat, {@code frontdoor}.
 */
@NullMarked
package org.keywarden.broker.frontdoor.ibus.session;

import org.jspecify.annotations.NullMarked;
