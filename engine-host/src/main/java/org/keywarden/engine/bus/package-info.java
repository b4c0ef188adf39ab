/**
 * The connection of one engine: a socket, its bytes, and the bus and settings that the engine
 * believes to be there.
 *
 * <p>Thread: the host's event loop. May use: {@code org.keywarden.ibus}, Netty.
 */
@NullMarked
package org.keywarden.engine.bus;

import org.jspecify.annotations.NullMarked;
