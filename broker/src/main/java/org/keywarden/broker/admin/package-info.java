/**
 * What the user's own tools may ask and change ({@code keywarden.admin.v1}).
 *
 * <p>Thread: the seat's. May use: the seat, {@code frontdoor}, {@code plugin}, {@code auditing},
 * {@code rpc}.
 */
@NullMarked
package org.keywarden.broker.admin;

import org.jspecify.annotations.NullMarked;
