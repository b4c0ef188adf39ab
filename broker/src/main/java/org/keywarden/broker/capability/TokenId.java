package org.keywarden.broker.capability;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Identifies a token: 128 random bits.
 *
 * @param high bytes 0 to 7, big endian
 * @param low bytes 8 to 15, big endian
 */
public record TokenId(long high, long low) {
  /** In bytes. */
  public static final int LENGTH = 16;

  /** Returns a new id. */
  public static TokenId random(SecureRandom random) {
    return new TokenId(random.nextLong(), random.nextLong());
  }

  /**
   * Returns the id with these bytes.
   *
   * @throws IllegalArgumentException if there are not exactly 16
   */
  public static TokenId of(byte[] bytes) {
    Sizes.requireExactly("token id", LENGTH, bytes);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new TokenId(buffer.getLong(), buffer.getLong());
  }

  /** Returns the 16 bytes, a new array. */
  public byte[] bytes() {
    return ByteBuffer.allocate(LENGTH).putLong(high).putLong(low).array();
  }

  /** The bytes in hexadecimal. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes());
  }
}
