/**
 * A hostile plugin: a process the broker starts, that does what the kit orders through files in its
 * state directory. Orders run one at a time on one thread, gRPC calls back on the same thread. May
 * use the wire contracts, {@code org.keywarden.client}, gRPC and Netty; shares nothing with the
 * plugin SDK, whose checks it must be able to break.
 */
@NullMarked
package org.keywarden.conformance.puppet;

import org.jspecify.annotations.NullMarked;
