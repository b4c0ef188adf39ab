package org.keywarden.proto.capability;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** The bytes a plugin signs with its holder key to prove that it holds it. */
public final class Possession {
  private static final byte[] REGISTER = "keywarden.v1.register".getBytes(US_ASCII);
  private static final byte[] PRESENT = "keywarden.v1.present".getBytes(US_ASCII);

  private Possession() {}

  /** What {@code Register.proof} signs. */
  public static byte[] toRegister(byte[] connectionNonce, byte[] holderKey) {
    return Framing.frame(REGISTER, connectionNonce, holderKey);
  }

  /** What {@code keywarden-proof-bin} signs when a token is presented on a connection. */
  public static byte[] toPresent(byte[] connectionNonce, byte[] token) {
    return Framing.frame(PRESENT, connectionNonce, token);
  }
}
