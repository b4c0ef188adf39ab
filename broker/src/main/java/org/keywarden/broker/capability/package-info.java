/**
 * Capabilities: claims, their signed envelope, the mint, and the one strict verifier.
 *
 * <p>Thread: everything here is immutable or says otherwise. May use: the wire contracts (claims
 * only) and Bouncy Castle, which no other package knows.
 */
@NullMarked
package org.keywarden.broker.capability;

import org.jspecify.annotations.NullMarked;
