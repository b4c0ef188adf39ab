/**
 * The trusted keyboard: a process of its own that gets the keys of secret fields, one at a time,
 * and keeps nothing.
 *
 * <p>Thread: the transport's one event loop. May use: the wire contracts, {@code xkb}.
 */
@NullMarked
package org.keywarden.trusted;

import org.jspecify.annotations.NullMarked;
