/**
 * The interfaces that an input method needs, as data: the core's (wayland.xml),
 * input-method-unstable-v2 and virtual-keyboard-unstable-v1, of which Debian has no description.
 *
 * <p>Thread: any. May use: {@code wayland.wire}.
 */
@NullMarked
package org.keywarden.wayland.protocol;

import org.jspecify.annotations.NullMarked;
