package org.keywarden.broker.capability;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/**
 * Where a token is valid: signed with it, never carried in it, so that a token copied to another
 * process or connection does not verify.
 *
 * @param socketPath of the plugin instance's own listening socket
 * @param pid of the peer, from SO_PEERCRED, in the broker's pid namespace
 * @param processStartTime of the peer, field 22 of {@code /proc/<pid>/stat}, in clock ticks since
 *     boot
 * @param pidNamespace inode number of the peer's pid namespace
 * @param bootId {@code /proc/sys/kernel/random/boot_id}
 * @param nonce of the connection
 */
public record ImplicitContext(
    String socketPath,
    long pid,
    long processStartTime,
    long pidNamespace,
    String bootId,
    ConnectionNonce nonce) {

  /** The fields in the order they are framed; numbers as 8 bytes, big endian. */
  byte[][] parts() {
    return new byte[][] {
      socketPath.getBytes(UTF_8),
      number(pid),
      number(processStartTime),
      number(pidNamespace),
      bootId.getBytes(UTF_8),
      nonce.bytes()
    };
  }

  private static byte[] number(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }
}
