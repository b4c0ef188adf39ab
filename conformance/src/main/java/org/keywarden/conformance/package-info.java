/**
 * The attack kit: starts the installed broker with two hostile plugins and one application of its
 * own, attacks it through its sockets, and says what came of it. Blocks the caller's thread, every
 * wait bounded. May use the wire contracts, {@code org.keywarden.client}, gRPC and Gson; nothing of
 * the broker's code.
 */
@NullMarked
package org.keywarden.conformance;

import org.jspecify.annotations.NullMarked;
