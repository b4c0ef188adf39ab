package org.keywarden.broker.rpc;

import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.ServerCall;
import org.keywarden.broker.budget.Budget;
import org.keywarden.broker.capability.ConnectionNonce;

/**
 * One accepted connection.
 *
 * @param number unique while the broker runs
 * @param peer the kernel's word at accept
 * @param program which program the peer ran when it connected; empty if unknown
 * @param share what it holds; given back when it is closed
 * @param nonce 32 random bytes, for proofs that must not be copied to another connection
 */
public record Connection(
    long number, Peer peer, String program, Budget.Share share, ConnectionNonce nonce) {
  private static final Attributes.Key<Connection> KEY =
      Attributes.Key.create("org.keywarden.connection");

  private static final Context.Key<Connection> CURRENT = Context.key("connection");

  static Attributes in(Attributes transport, Connection connection) {
    return transport.toBuilder().set(KEY, connection).build();
  }

  /**
   * The connection of the call with many requests that begins just now.
   *
   * @throws IllegalStateException if none begins
   */
  public static Connection ofBeginningCall() {
    Connection connection = CURRENT.get();
    if (connection == null) {
      throw new IllegalStateException("no call begins");
    }
    return connection;
  }

  /** Where {@link #ofBeginningCall} is this one. */
  Context beginning() {
    return Context.current().withValue(CURRENT, this);
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
