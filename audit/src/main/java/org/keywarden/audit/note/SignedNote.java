package org.keywarden.audit.note;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.keywarden.audit.Malformed;

/**
 * A text and the signatures under it (C2SP signed-note).
 *
 * @param text ends in a newline
 * @param signatures at least one
 */
public record SignedNote(String text, List<Signature> signatures) {
  /** The longest note read, in bytes; enough for 16 signatures of any assigned type. */
  public static final int LONGEST = 1 << 17;

  private static final int MOST_SIGNATURES = 100;
  private static final String DASH = "\u2014 ";
  private static final int ID_BYTES = 4;

  /**
   * One signature line.
   *
   * @param bytes what follows the key id: for Ed25519 the 64 bytes of the signature, for a
   *     cosignature an 8-byte big-endian time in s since 1970 and the signature
   */
  public record Signature(String name, int keyId, byte[] bytes) {
    public Signature {
      bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
      return bytes.clone();
    }

    /** Whether it claims to be of this key. */
    public boolean claims(NoteKey key) {
      return name.equals(key.name()) && keyId == key.id();
    }

    /** The line as it stands in the note, newline included. */
    public String line() {
      byte[] encoded =
          ByteBuffer.allocate(ID_BYTES + bytes.length).putInt(keyId).put(bytes).array();
      return DASH + name + " " + Base64.getEncoder().encodeToString(encoded) + "\n";
    }
  }

  public SignedNote {
    signatures = List.copyOf(signatures);
  }

  /** Returns the text signed by a key of type {@link NoteKey#ED25519}. */
  public static SignedNote sign(String text, NoteSigner signer) {
    byte[] signature = signer.sign(text.getBytes(StandardCharsets.UTF_8));
    NoteKey key = signer.key();
    return new SignedNote(text, List.of(new Signature(key.name(), key.id(), signature)));
  }

  /** Returns this note with one more signature. */
  public SignedNote with(Signature signature) {
    List<Signature> more = new ArrayList<>(signatures);
    more.add(signature);
    return new SignedNote(text, more);
  }

  /**
   * Reads a note. The signatures are not verified.
   *
   * @throws Malformed if the bytes are no note
   */
  public static SignedNote parse(byte[] bytes) throws Malformed {
    if (bytes.length > LONGEST) {
      throw new Malformed("a note has at most " + LONGEST + " bytes, not " + bytes.length);
    }
    String all;
    try {
      all = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new Malformed("a note is UTF-8 text", e);
    }
    for (int i = 0; i < all.length(); i++) {
      if (all.charAt(i) < ' ' && all.charAt(i) != '\n') {
        throw new Malformed("a note has no control character, here one is at " + i);
      }
    }
    int blank = all.lastIndexOf("\n\n");
    if (blank < 0 || !all.endsWith("\n")) {
      throw new Malformed("a note is text, a blank line and signature lines");
    }
    List<Signature> signatures = new ArrayList<>();
    String block = all.substring(blank + 2);
    for (int start = 0; start < block.length(); ) {
      int end = block.indexOf('\n', start);
      signatures.add(signature(block.substring(start, end)));
      if (signatures.size() > MOST_SIGNATURES) {
        throw new Malformed("a note with more than " + MOST_SIGNATURES + " signatures");
      }
      start = end + 1;
    }
    if (signatures.isEmpty()) {
      throw new Malformed("a note has at least one signature");
    }
    return new SignedNote(all.substring(0, blank + 1), signatures);
  }

  private static Signature signature(String line) throws Malformed {
    int space = line.lastIndexOf(' ');
    if (!line.startsWith(DASH) || space < DASH.length()) {
      throw new Malformed("not a signature line: " + line);
    }
    String name = line.substring(DASH.length(), space);
    byte[] encoded;
    try {
      encoded = Base64.getDecoder().decode(line.substring(space + 1));
    } catch (IllegalArgumentException e) {
      throw new Malformed("the signature is not Base64: " + line, e);
    }
    if (!NoteKey.isName(name) || encoded.length <= ID_BYTES) {
      throw new Malformed("not a signature line: " + line);
    }
    Signature read =
        new Signature(
            name,
            ByteBuffer.wrap(encoded).getInt(),
            java.util.Arrays.copyOfRange(encoded, ID_BYTES, encoded.length));
    if (!read.line().equals(line + "\n")) {
      throw new Malformed("the signature is not canonical Base64: " + line);
    }
    return read;
  }

  /** The note as text, signatures included. */
  public String encoded() {
    StringBuilder all = new StringBuilder(text).append('\n');
    signatures.forEach(signature -> all.append(signature.line()));
    return all.toString();
  }

  /**
   * Returns the first of these keys, each of type {@link NoteKey#ED25519}, that signed the note, or
   * empty if none did. As signed-note says, a wrong signature of a known key spoils the note.
   */
  public Optional<NoteKey> signedBy(List<NoteKey> keys, SignatureCheck check) {
    Optional<NoteKey> found = Optional.empty();
    byte[] message = text.getBytes(StandardCharsets.UTF_8);
    for (Signature signature : signatures) {
      for (NoteKey key : keys) {
        if (key.type() != NoteKey.ED25519 || !signature.claims(key)) {
          continue;
        }
        if (!check.verify(key.publicKey(), message, signature.bytes())) {
          return Optional.empty();
        }
        found = found.isPresent() ? found : Optional.of(key);
      }
    }
    return found;
  }
}
