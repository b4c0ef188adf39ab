/**
 * The listener on the accessibility bus (AT-SPI 2): tells the broker of each application whether
 * the object that has its focus is a password. Never asks for text, keys or names.
 *
 * <p>Thread: one, but for the watch of standard input. May use: the D-Bus wire format and {@code
 * hardening}.
 */
@NullMarked
package org.keywarden.accessibility;

import org.jspecify.annotations.NullMarked;
