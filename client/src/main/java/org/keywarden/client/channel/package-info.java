/** gRPC over unix sockets, as a client. May use gRPC and Netty. */
@NullMarked
package org.keywarden.client.channel;

import org.jspecify.annotations.NullMarked;
