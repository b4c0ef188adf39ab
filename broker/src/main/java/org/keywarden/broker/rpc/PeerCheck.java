package org.keywarden.broker.rpc;

/** Decides at accept whether a peer may speak at all. Called on the event loop; must not block. */
public interface PeerCheck {
  boolean admits(Peer peer);

  /** Processes of this user id. */
  static PeerCheck sameUser(int uid) {
    return peer -> peer.uid() == uid;
  }
}
