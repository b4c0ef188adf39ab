package org.keywarden.audit.record;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.keywarden.proto.audit.v1.Application;

/**
 * Application ids as salted commitments that only the owner of a key can open, and can prove to
 * others by giving id and salt away.
 *
 * <pre>
 * salt       = HMAC-SHA-256(key, "keywarden application salt" 0 id)[:16]
 * commitment = SHA-256("keywarden application v1" 0 salt id)
 * sealed     = AES-256-GCM(HMAC-SHA-256(key, "keywarden application seal"), nonce = commitment[:12],
 *              id padded with zeroes to a multiple of 64 bytes)
 * </pre>
 *
 * <p>The same id gives the same commitment, so that records of one application can be counted; the
 * salt is secret, so that ids cannot be guessed from it. The nonce repeats only with the same id.
 * Erasing the key makes all ids unreadable for good.
 *
 * <p>Thread: any.
 */
public final class ApplicationNames {
  public static final int KEY_BYTES = 32;

  private static final int SALT = 16;
  private static final int NONCE = 12;
  private static final int BLOCK = 64;
  private static final int TAG_BITS = 128;
  private static final byte[] DOMAIN = label("keywarden application v1");

  private final byte[] key;
  private final SecretKeySpec seal;

  /**
   * An opened commitment; anyone can check it with {@link #commitment}.
   *
   * @param salt 16 bytes
   */
  public record Opening(String id, byte[] salt) {
    public Opening {
      salt = salt.clone();
    }

    @Override
    public byte[] salt() {
      return salt.clone();
    }
  }

  /**
   * @param key 32 random bytes, the owner's secret
   */
  public ApplicationNames(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("the key has 32 bytes");
    }
    this.key = key.clone();
    this.seal = new SecretKeySpec(hmac(label("keywarden application seal"), new byte[0]), "AES");
  }

  /** Hides an id. */
  public Application hide(String id) {
    byte[] salt = salt(id);
    byte[] commitment = commitment(id, salt);
    byte[] name = id.getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(name, (name.length / BLOCK + 1) * BLOCK);
    return Application.newBuilder()
        .setCommitment(ByteString.copyFrom(commitment))
        .setSealed(ByteString.copyFrom(crypt(Cipher.ENCRYPT_MODE, commitment, padded)))
        .build();
  }

  /** Opens a commitment; empty if it was made with another key or changed. */
  public Optional<Opening> open(Application application) {
    byte[] commitment = application.getCommitment().toByteArray();
    if (commitment.length < NONCE) {
      return Optional.empty();
    }
    byte[] padded;
    try {
      padded = crypt(Cipher.DECRYPT_MODE, commitment, application.getSealed().toByteArray());
    } catch (IllegalStateException e) {
      return Optional.empty();
    }
    int length = padded.length;
    while (length > 0 && padded[length - 1] == 0) {
      length--;
    }
    String id = new String(padded, 0, length, StandardCharsets.UTF_8);
    byte[] salt = salt(id);
    return MessageDigest.isEqual(commitment(id, salt), commitment)
        ? Optional.of(new Opening(id, salt))
        : Optional.empty();
  }

  /** The commitment to an id with a salt. */
  public static byte[] commitment(String id, byte[] salt) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(DOMAIN);
      digest.update(salt);
      return digest.digest(id.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private byte[] salt(String id) {
    byte[] mac = hmac(label("keywarden application salt"), id.getBytes(StandardCharsets.UTF_8));
    return Arrays.copyOf(mac, SALT);
  }

  private byte[] hmac(byte[] label, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(label);
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    }
  }

  private byte[] crypt(int mode, byte[] commitment, byte[] text) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, seal, new GCMParameterSpec(TAG_BITS, commitment, 0, NONCE));
      return cipher.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the seal does not open", e);
    }
  }

  private static byte[] label(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(bytes.length + 1).put(bytes).put((byte) 0).array();
  }
}
