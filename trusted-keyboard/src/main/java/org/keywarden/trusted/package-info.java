/**
 * The trusted keyboard: the isolated process that answers the keys of secret fields.
 *
 * <p>Thread: {@code main} starts and ends; everything else runs on the one event loop. May use: the
 * wire contracts, gRPC on Netty, and {@code org.keywarden.trusted.xkb}. Nothing here logs a key or
 * a text, puts one into an exception, or has a {@code toString} that shows one.
 */
@NullMarked
package org.keywarden.trusted;

import org.jspecify.annotations.NullMarked;
