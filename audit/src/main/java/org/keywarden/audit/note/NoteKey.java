package org.keywarden.audit.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.keywarden.audit.Malformed;

/**
 * A public key that signs notes, with its name. Its text form, the <em>verifier key</em> of Go's
 * {@code golang.org/x/mod/sumdb/note}, is {@code name+hex(id)+base64(type || key)}.
 */
public final class NoteKey {
  /** Ed25519 over the note's text. */
  public static final byte ED25519 = 0x01;

  /** Ed25519 over a time and the note's text, of a witness (C2SP tlog-cosignature). */
  public static final byte COSIGNATURE = 0x04;

  private static final int PUBLIC_KEY_BYTES = 32;

  private final String name;
  private final byte type;
  private final byte[] publicKey;
  private final int id;

  /**
   * @param name without spaces and plus signs, not empty
   * @param type {@link #ED25519} or {@link #COSIGNATURE}
   * @param publicKey 32 bytes (RFC 8032); not checked to be a good key
   * @throws IllegalArgumentException if one of them is not so
   */
  public NoteKey(String name, byte type, byte[] publicKey) {
    if (!isName(name)) {
      throw new IllegalArgumentException("a key's name has no space and no plus sign: " + name);
    }
    if (type != ED25519 && type != COSIGNATURE) {
      throw new IllegalArgumentException("signature type " + type + " is not known");
    }
    if (publicKey.length != PUBLIC_KEY_BYTES) {
      throw new IllegalArgumentException(
          "an Ed25519 public key has 32 bytes, not " + publicKey.length);
    }
    this.name = name;
    this.type = type;
    this.publicKey = publicKey.clone();
    this.id = id(name, type, publicKey);
  }

  /**
   * Reads a verifier key.
   *
   * @throws Malformed if it is none, or its id does not belong to its name and key
   */
  public static NoteKey parse(String text) throws Malformed {
    String[] parts = text.split("\\+", 3);
    if (parts.length != 3) {
      throw new Malformed("a verifier key is name+id+key, this is: " + text);
    }
    byte[] encoded;
    int id;
    try {
      encoded = Base64.getDecoder().decode(parts[2]);
      id = HexFormat.fromHexDigits(parts[1]);
    } catch (IllegalArgumentException e) {
      throw new Malformed("a verifier key is name+hex+base64, this is: " + text, e);
    }
    if (encoded.length != 1 + PUBLIC_KEY_BYTES || parts[1].length() != 8) {
      throw new Malformed("a verifier key has 8 digits of id and 33 bytes of key: " + text);
    }
    try {
      NoteKey key =
          new NoteKey(parts[0], encoded[0], Arrays.copyOfRange(encoded, 1, encoded.length));
      if (key.id != id) {
        throw new Malformed("the id of this verifier key belongs to another key: " + text);
      }
      return key;
    } catch (IllegalArgumentException e) {
      throw new Malformed(e.getMessage() + ": " + text, e);
    }
  }

  /** Whether it can name a key: not empty, no Unicode space, no plus sign, no control. */
  static boolean isName(String name) {
    return !name.isEmpty()
        && name.chars()
            .noneMatch(
                c ->
                    c == '+'
                        || Character.isWhitespace(c)
                        || Character.isSpaceChar(c)
                        || Character.isISOControl(c));
  }

  private static int id(String name, byte type, byte[] publicKey) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) '\n');
      digest.update(type);
      return ByteBuffer.wrap(digest.digest(publicKey)).getInt();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  public String name() {
    return name;
  }

  public byte type() {
    return type;
  }

  /** The first four bytes of SHA-256(name, newline, type, key), big-endian. Not unique. */
  public int id() {
    return id;
  }

  /** The 32 bytes of the key, a new array. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** The verifier key. */
  public String text() {
    byte[] encoded = new byte[1 + publicKey.length];
    encoded[0] = type;
    System.arraycopy(publicKey, 0, encoded, 1, publicKey.length);
    return name
        + "+"
        + HexFormat.of().toHexDigits(id)
        + "+"
        + Base64.getEncoder().encodeToString(encoded);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NoteKey key
        && name.equals(key.name)
        && type == key.type
        && Arrays.equals(publicKey, key.publicKey);
  }

  @Override
  public int hashCode() {
    return id;
  }

  @Override
  public String toString() {
    return text();
  }
}
