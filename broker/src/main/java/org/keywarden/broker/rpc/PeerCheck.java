package org.keywarden.broker.rpc;

/**
 * Decides at accept whether a peer may speak at all. Called in any thread but the seat's, and may
 * look into what is the peer's.
 */
public interface PeerCheck {
  boolean admits(Peer peer);

  /** Processes of this user id. */
  static PeerCheck sameUser(int uid) {
    return peer -> peer.uid() == uid;
  }
}
