/**
 * An engine of IBus as a plugin: its process, its fields and its keys.
 *
 * <p>Thread: the host's event loop; what the SDK calls only passes on. May use: everything here,
 * the SDK, Netty.
 */
@NullMarked
package org.keywarden.engine.host;

import org.jspecify.annotations.NullMarked;
