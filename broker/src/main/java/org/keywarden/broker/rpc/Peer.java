package org.keywarden.broker.rpc;

import io.netty.channel.unix.PeerCredentials;

/**
 * Who is at the other end of a unix socket: {@code SO_PEERCRED}, taken by the kernel at connect
 * (unix(7)).
 */
public record Peer(long pid, int uid, int gid) {
  static Peer of(PeerCredentials credentials) {
    int[] groups = credentials.gids();
    return new Peer(credentials.pid(), credentials.uid(), groups.length > 0 ? groups[0] : -1);
  }
}
