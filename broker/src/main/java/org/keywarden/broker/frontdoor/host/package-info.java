/**
 * The front door for applications with an adapter of their own ({@code keywarden.host.v1}).
 *
 * <p>Thread: the seat's. May use: the seat, {@code frontdoor} and {@code rpc}.
 */
@NullMarked
package org.keywarden.broker.frontdoor.host;

import org.jspecify.annotations.NullMarked;
