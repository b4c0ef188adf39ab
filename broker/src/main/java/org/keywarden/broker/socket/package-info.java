/**
 * Unix sockets that accept whom a budget has room for.
 *
 * <p>Thread: the acceptor's. May use: {@code budget} and Netty.
 */
@NullMarked
package org.keywarden.broker.socket;

import org.jspecify.annotations.NullMarked;
