/**
 * The door for Wayland compositors with {@code zwp_input_method_v2} (sway and others of wlroots):
 * what the compositor says of its focused text input becomes a field of the seat, what nobody used
 * of the keyboard goes on by a virtual one. The compositor is as untrusted as an application.
 *
 * <p>Thread: the seat's; sockets are connected and keymaps read elsewhere. May use: {@code
 * wayland}, {@code frontdoor}, {@code seat}, {@code look}.
 */
@NullMarked
package org.keywarden.broker.frontdoor.wayland;

import org.jspecify.annotations.NullMarked;
