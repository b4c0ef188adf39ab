package org.keywarden.audit.note;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.merkle.ProofCheck;

/**
 * Shows, offline, that an entry is in a log: a {@code .tlog-proof} file (C2SP tlog-proof).
 *
 * @param extra opaque and not authenticated, empty if there is none
 * @param index of the entry
 * @param path from the leaf's sibling up (RFC 6962, section 2.1.1)
 * @param checkpoint the log's, cosignatures included
 */
public record TlogProof(byte[] extra, long index, List<Hash> path, SignedNote checkpoint) {
  private static final String HEADER = "c2sp.org/tlog-proof@v1";
  private static final String EXTRA = "extra ";
  private static final String INDEX = "index ";

  public TlogProof {
    extra = extra.clone();
    path = List.copyOf(path);
  }

  @Override
  public byte[] extra() {
    return extra.clone();
  }

  /** The file's text. */
  public String encoded() {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    if (extra.length > 0) {
      text.append(EXTRA).append(Base64.getEncoder().encodeToString(extra)).append('\n');
    }
    text.append(INDEX).append(index).append('\n');
    path.forEach(hash -> text.append(hash.base64()).append('\n'));
    return text.append('\n').append(checkpoint.encoded()).toString();
  }

  /**
   * Reads a proof; nothing in it is verified.
   *
   * @throws Malformed if the text is none
   */
  public static TlogProof parse(String text) throws Malformed {
    int blank = text.indexOf("\n\n");
    if (blank < 0 || !text.startsWith(HEADER + "\n")) {
      throw new Malformed("a proof starts with " + HEADER + " and has a blank line");
    }
    List<String> lines = List.of(text.substring(0, blank).split("\n", -1));
    int next = 1;
    byte[] extra = new byte[0];
    if (next < lines.size() && lines.get(next).startsWith(EXTRA)) {
      extra = base64(lines.get(next).substring(EXTRA.length()));
      next++;
    }
    if (next == lines.size() || !lines.get(next).startsWith(INDEX)) {
      throw new Malformed("a proof has a line: index N");
    }
    long index = index(lines.get(next).substring(INDEX.length()));
    List<Hash> path = new ArrayList<>();
    for (String line : lines.subList(next + 1, lines.size())) {
      byte[] hash = base64(line);
      if (hash.length != Hash.BYTES) {
        throw new Malformed("a hash has 32 bytes: " + line);
      }
      path.add(Hash.of(hash));
    }
    SignedNote checkpoint =
        SignedNote.parse(text.substring(blank + 2).getBytes(StandardCharsets.UTF_8));
    return new TlogProof(extra, index, path, checkpoint);
  }

  private static long index(String digits) throws Malformed {
    try {
      long index = Long.parseLong(digits);
      if (index >= 0 && Long.toString(index).equals(digits)) {
        return index;
      }
    } catch (NumberFormatException e) {
      throw new Malformed("an index is a decimal number: " + digits, e);
    }
    throw new Malformed("an index is a decimal number without sign or leading zero: " + digits);
  }

  private static byte[] base64(String text) throws Malformed {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new Malformed("not Base64: " + text, e);
    }
  }

  /**
   * Whether the entry of this leaf hash is in the log of this key.
   *
   * @param key of the log; its name must be the checkpoint's origin
   */
  public boolean holds(Hash leaf, NoteKey key, SignatureCheck check) {
    if (checkpoint.signedBy(List.of(key), check).isEmpty()) {
      return false;
    }
    try {
      Checkpoint signed = Checkpoint.parse(checkpoint.text());
      return signed.origin().equals(key.name())
          && ProofCheck.inclusion(index, signed.size(), leaf, path, signed.root());
    } catch (Malformed e) {
      return false;
    }
  }
}
