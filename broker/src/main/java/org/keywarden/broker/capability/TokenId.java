package org.keywarden.broker.capability;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;

/** 128 random bits that name a token. A signature is never an identifier. */
public record TokenId(long high, long low) {
  /** In bytes. */
  public static final int LENGTH = 16;

  static TokenId random(SecureRandom random) {
    return new TokenId(random.nextLong(), random.nextLong());
  }

  /**
   * Reads an id.
   *
   * @throws IllegalArgumentException if it is not 16 bytes long
   */
  static TokenId of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException(
          "a token id has " + LENGTH + " bytes, not " + bytes.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new TokenId(buffer.getLong(), buffer.getLong());
  }

  byte[] bytes() {
    return ByteBuffer.allocate(LENGTH).putLong(high).putLong(low).array();
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes());
  }
}
