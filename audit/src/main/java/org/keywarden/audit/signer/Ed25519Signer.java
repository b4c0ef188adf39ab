package org.keywarden.audit.signer;

import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.note.NoteSigner;

/** Signs notes with an Ed25519 key in memory (RFC 8032). */
public final class Ed25519Signer implements NoteSigner, AutoCloseable {
  public static final int SEED_BYTES = Ed25519.SECRET_KEY_SIZE;

  private final byte[] seed;
  private final byte[] publicKey;
  private final NoteKey key;

  /**
   * @param name of the key, for a log its origin
   * @param type {@link NoteKey#ED25519} or {@link NoteKey#COSIGNATURE}
   * @param seed 32 bytes, copied
   */
  public Ed25519Signer(String name, byte type, byte[] seed) {
    if (seed.length != SEED_BYTES) {
      throw new IllegalArgumentException("an Ed25519 seed has 32 bytes");
    }
    this.seed = seed.clone();
    this.publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
    Ed25519.generatePublicKey(seed, 0, publicKey, 0);
    this.key = new NoteKey(name, type, publicKey);
  }

  @Override
  public NoteKey key() {
    return key;
  }

  @Override
  public byte[] sign(byte[] message) {
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(seed, 0, publicKey, 0, message, 0, message.length, signature, 0);
    return signature;
  }

  /** Erases the private half; the signer must not be used after. */
  @Override
  public void close() {
    Arrays.fill(seed, (byte) 0);
  }
}
