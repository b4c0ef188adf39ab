/**
 * The gateway of the trusted keyboard ({@code keywarden.trusted.v1}).
 *
 * <p>Thread: the seat's. May use: the seat and {@code rpc}.
 */
@NullMarked
package org.keywarden.broker.trusted;

import org.jspecify.annotations.NullMarked;
