/**
 * Unix sockets that carry descriptors (unix(7), SCM_RIGHTS), which neither Java's nor Netty's do
 * beside ordinary bytes.
 *
 * <p>Thread: one at a time. May use: nothing else.
 */
@NullMarked
package org.keywarden.wayland.socket;

import org.jspecify.annotations.NullMarked;
