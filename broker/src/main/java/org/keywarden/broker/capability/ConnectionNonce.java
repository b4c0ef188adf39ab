package org.keywarden.broker.capability;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * 32 random bytes, new for each connection of a plugin, held as four big-endian words so that
 * nobody can change them.
 *
 * @param a bytes 0 to 7
 * @param b bytes 8 to 15
 * @param c bytes 16 to 23
 * @param d bytes 24 to 31
 */
public record ConnectionNonce(long a, long b, long c, long d) {
  /** In bytes. */
  public static final int LENGTH = 32;

  /** Returns a new nonce. */
  public static ConnectionNonce random(SecureRandom random) {
    return new ConnectionNonce(
        random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  /**
   * Returns the nonce with these bytes.
   *
   * @throws IllegalArgumentException if there are not exactly 32
   */
  public static ConnectionNonce of(byte[] bytes) {
    Sizes.requireExactly("connection nonce", LENGTH, bytes);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new ConnectionNonce(
        buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  /** Returns the 32 bytes, a new array. */
  public byte[] bytes() {
    return ByteBuffer.allocate(LENGTH).putLong(a).putLong(b).putLong(c).putLong(d).array();
  }
}
