/**
 * The Wayland wire format (The Wayland Protocol, chapter 4, "Wire Format"): messages, their
 * arguments and the descriptors beside them, strict and bounded. Which messages there are is data.
 *
 * <p>Thread: one at a time. May use: nothing else.
 */
@NullMarked
package org.keywarden.wayland.wire;

import org.jspecify.annotations.NullMarked;
