package org.keywarden.broker.rpc;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerCall;
import org.keywarden.broker.capability.ConnectionNonce;

/**
 * One accepted connection.
 *
 * @param number unique while the broker runs
 * @param peer the kernel's word at accept
 * @param nonce 32 random bytes, for proofs that must not be copied to another connection
 */
public record Connection(long number, Peer peer, ConnectionNonce nonce) {
  private static final Attributes.Key<Connection> KEY =
      Attributes.Key.create("org.keywarden.connection");

  static Attributes in(Attributes transport, Connection connection) {
    return transport.toBuilder().set(KEY, connection).build();
  }

  /**
   * The connection a call came in on.
   *
   * @throws IllegalStateException if its server is not a {@link UnixServer}
   */
  public static Connection of(ServerCall<?, ?> call) {
    Connection connection = call.getAttributes().get(KEY);
    if (connection == null) {
      throw new IllegalStateException(
          "no connection for a call from "
              + call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
    }
    return connection;
  }
}
