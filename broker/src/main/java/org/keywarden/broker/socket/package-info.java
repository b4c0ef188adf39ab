/**
 * Unix sockets that accept whom a budget has room for.
 *
 * <p>Thread: the acceptor's. May use: {@code budget}, {@code look} and Netty.
 */
@NullMarked
package org.keywarden.broker.socket;

import org.jspecify.annotations.NullMarked;
