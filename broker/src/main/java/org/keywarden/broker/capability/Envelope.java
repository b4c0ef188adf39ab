package org.keywarden.broker.capability;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.keywarden.proto.capability.Framing;

/**
 * The outer form of a token.
 *
 * <pre>version(1) = 1 | key id(8) | length(2, big endian) | claims | signature(64)</pre>
 *
 * @param signedPart everything before the signature
 * @param signature the last 64 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // lives within one call; never compared
record Envelope(KeyId keyId, byte[] signedPart, byte[] signature) {
  static final byte VERSION = 1;
  static final int HEADER_BYTES = 1 + KeyId.BYTES + Short.BYTES;
  private static final byte[] DOMAIN = "keywarden.v1.capability".getBytes(US_ASCII);

  /** What reading the outer form gives. */
  sealed interface Reading {
    /** The form is right. */
    record Read(Envelope envelope) implements Reading {}

    /** The form is wrong. */
    record Wrong(Rejection reason) implements Reading {}
  }

  static Reading read(byte[] token) {
    if (token.length < 1) {
      return new Reading.Wrong(Rejection.MALFORMED);
    }
    if (token[0] != VERSION) {
      return new Reading.Wrong(Rejection.VERSION_UNKNOWN);
    }
    if (token.length < HEADER_BYTES + StrictEd25519.SIGNATURE_BYTES) {
      return new Reading.Wrong(Rejection.MALFORMED);
    }
    ByteBuffer buffer = ByteBuffer.wrap(token, 1, HEADER_BYTES - 1);
    KeyId keyId = new KeyId(buffer.getLong());
    int signedBytes = HEADER_BYTES + Short.toUnsignedInt(buffer.getShort());
    if (token.length != signedBytes + StrictEd25519.SIGNATURE_BYTES) {
      return new Reading.Wrong(Rejection.MALFORMED);
    }
    return new Reading.Read(
        new Envelope(
            keyId,
            Arrays.copyOf(token, signedBytes),
            Arrays.copyOfRange(token, signedBytes, token.length)));
  }

  /** The header and the claims. */
  static byte[] signedPart(KeyId keyId, byte[] claims) {
    return ByteBuffer.allocate(HEADER_BYTES + claims.length)
        .put(VERSION)
        .putLong(keyId.value())
        .putShort((short) claims.length)
        .put(claims)
        .array();
  }

  /** The bytes the signature is over. */
  static byte[] message(byte[] signedPart, ImplicitContext context) {
    byte[][] implicit = context.parts();
    byte[][] parts = new byte[2 + implicit.length][];
    parts[0] = DOMAIN;
    parts[1] = signedPart;
    System.arraycopy(implicit, 0, parts, 2, implicit.length);
    return Framing.frame(parts);
  }

  byte[] claims() {
    return Arrays.copyOfRange(signedPart, HEADER_BYTES, signedPart.length);
  }
}
