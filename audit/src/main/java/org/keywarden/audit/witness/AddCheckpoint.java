package org.keywarden.audit.witness;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.note.SignedNote;

/**
 * What a log asks of a witness: the body of {@code add-checkpoint} (C2SP tlog-witness).
 *
 * @param old size of the tree the witness cosigned last, as the log believes
 * @param proof that the new tree extends the old, at most {@link #MOST_HASHES} hashes
 */
public record AddCheckpoint(long old, List<Hash> proof, SignedNote checkpoint) {
  static final int MOST_HASHES = 63;

  /** The longest body that is read, in bytes. */
  public static final int LONGEST = 1 << 16;

  private static final String OLD = "old ";

  public AddCheckpoint {
    proof = List.copyOf(proof);
  }

  /** The body. */
  public byte[] encode() {
    StringBuilder text = new StringBuilder(OLD).append(old).append('\n');
    proof.forEach(hash -> text.append(hash.base64()).append('\n'));
    return text.append('\n')
        .append(checkpoint.encoded())
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a body. No signature is verified.
   *
   * @throws Malformed if it is none
   */
  public static AddCheckpoint parse(byte[] body) throws Malformed {
    if (body.length > LONGEST) {
      throw new Malformed("a request has at most " + LONGEST + " bytes");
    }
    String head = new String(body, StandardCharsets.ISO_8859_1);
    int blank = head.indexOf("\n\n");
    if (blank < 0) {
      throw new Malformed("a request has an old size, a proof, a blank line and a checkpoint");
    }
    List<String> lines = Arrays.asList(head.substring(0, blank).split("\n", -1));
    if (lines.size() > 1 + MOST_HASHES) {
      throw new Malformed("a proof has at most " + MOST_HASHES + " hashes");
    }
    List<Hash> proof = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      proof.add(hash(line));
    }
    SignedNote checkpoint = SignedNote.parse(Arrays.copyOfRange(body, blank + 2, body.length));
    return new AddCheckpoint(size(lines.getFirst()), proof, checkpoint);
  }

  private static long size(String line) throws Malformed {
    try {
      long size = Long.parseLong(line.substring(Math.min(line.length(), OLD.length())));
      if (size >= 0 && line.equals(OLD + size)) {
        return size;
      }
    } catch (NumberFormatException e) {
      throw new Malformed("the first line is \"old\" and a size in decimal", e);
    }
    throw new Malformed("the first line is \"old\" and a size in decimal");
  }

  private static Hash hash(String line) throws Malformed {
    try {
      byte[] bytes = Base64.getDecoder().decode(line);
      if (bytes.length == Hash.BYTES && Hash.of(bytes).base64().equals(line)) {
        return Hash.of(bytes);
      }
    } catch (IllegalArgumentException e) {
      throw new Malformed("a line of the proof is a hash in Base64", e);
    }
    throw new Malformed("a line of the proof is a hash of 32 bytes in canonical Base64");
  }
}
