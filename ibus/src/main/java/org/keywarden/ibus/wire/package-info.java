/**
 * The D-Bus wire format, version 1 (D-Bus Specification 0.43, "Type System", "Marshaling", "Message
 * Protocol"): values, signatures and whole messages, strict and bounded. File descriptors are
 * refused.
 *
 * <p>Thread: any; everything here is immutable or confined to one call. May use: nothing else.
 */
@NullMarked
package org.keywarden.ibus.wire;

import org.jspecify.annotations.NullMarked;
