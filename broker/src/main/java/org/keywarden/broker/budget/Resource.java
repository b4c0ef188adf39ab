package org.keywarden.broker.budget;

/** What a peer makes the broker keep. */
public enum Resource {
  /** Sockets, and callers of the portal. */
  CONNECTIONS,
  /** Input contexts, and fields of applications with an adapter. */
  CONTEXTS,
  /** gRPC calls that are open. */
  CALLS,
  /** Bytes of messages that are not complete, and of those the peer has not read. */
  BYTES
}
