package org.keywarden.broker.rpc;

/**
 * Who is at the other end of a unix socket: {@code SO_PEERCRED}, taken by the kernel at connect
 * (unix(7)).
 */
public record Peer(long pid, int uid, int gid) {}
