/**
 * What an application meets: the installed broker, input method and trusted keyboard as processes
 * of their own, reached over the broker's socket. Callers block; what is timed happens on the one
 * event loop of {@link org.keywarden.benchmarks.live.Host}. May use the wire contracts, {@code
 * org.keywarden.client}, gRPC and Netty.
 */
@NullMarked
package org.keywarden.benchmarks.live;

import org.jspecify.annotations.NullMarked;
