/**
 * Capabilities: what they claim, how they are signed, how they are verified, how they narrow.
 *
 * <p>The format and the meaning of each rejection stand in {@code docs/capability-format.md}.
 * Nothing here reads a clock or a global source of randomness, blocks, or decides whether a grant
 * is live: that is the seat's grant table.
 *
 * <p>Thread: any; {@link SigningKeys} locks, everything else is immutable. May use {@code policy}
 * (rights), {@code proto} (claims on the wire, framing) and, as the only package of the broker,
 * Bouncy Castle.
 */
@NullMarked
package org.keywarden.broker.capability;

import org.jspecify.annotations.NullMarked;
