/**
 * The gateway of plugins ({@code keywarden.plugin.v1}): sessions, capability streams, and the issue
 * of tokens.
 *
 * <p>Thread: the seat's, but for signing. May use: the seat, {@code capability}, {@code auditing},
 * {@code process}, {@code rpc}.
 */
@NullMarked
package org.keywarden.broker.plugin;

import org.jspecify.annotations.NullMarked;
