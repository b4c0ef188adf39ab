/**
 * gRPC over unix sockets as every door and gateway needs it: who the peer is by the kernel's word,
 * messages checked against their schema, refusals within the error contract.
 *
 * <p>Thread: all callbacks on the one event loop given. May use: grpc-java and Netty.
 */
@NullMarked
package org.keywarden.broker.rpc;

import org.jspecify.annotations.NullMarked;
