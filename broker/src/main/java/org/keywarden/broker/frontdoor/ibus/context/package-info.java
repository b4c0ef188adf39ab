/**
 * Input contexts: each is a field of the seat. What a client says of one becomes events, what the
 * seat wants becomes signals and answers, and the marks of secret fields are found here. What
 * concerns a context goes to the connection that made it and nowhere else.
 *
 * <p>Thread: the seat's. May use: {@code bus}, the seat, {@code frontdoor} and its {@code
 * terminal}.
 */
@NullMarked
package org.keywarden.broker.frontdoor.ibus.context;

import org.jspecify.annotations.NullMarked;
