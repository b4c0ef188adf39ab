package org.keywarden.audit.note;

import java.util.Base64;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.merkle.Hash;

/**
 * Size and root of a log at one moment (C2SP tlog-checkpoint), without extension lines.
 *
 * @param origin identifies the log; no space, no plus sign
 * @param size 0 or more
 */
public record Checkpoint(String origin, long size, Hash root) {
  public Checkpoint {
    if (!NoteKey.isName(origin) || size < 0) {
      throw new IllegalArgumentException(
          "no checkpoint has origin " + origin + " and size " + size);
    }
  }

  /** The text to sign. */
  public String text() {
    return origin + "\n" + size + "\n" + root.base64() + "\n";
  }

  /**
   * Reads the text of a note.
   *
   * @throws Malformed if it is no checkpoint, or one with extension lines
   */
  public static Checkpoint parse(String text) throws Malformed {
    String[] lines = text.split("\n", -1);
    if (lines.length != 4 || !lines[3].isEmpty() || !NoteKey.isName(lines[0])) {
      throw new Malformed("a checkpoint has three lines: origin, size, root");
    }
    long size;
    byte[] root;
    try {
      size = Long.parseLong(lines[1]);
      root = Base64.getDecoder().decode(lines[2]);
    } catch (IllegalArgumentException e) {
      throw new Malformed("a checkpoint has a decimal size and a Base64 root", e);
    }
    if (size < 0 || root.length != Hash.BYTES) {
      throw new Malformed("a checkpoint's size is not negative and its root has 32 bytes");
    }
    Checkpoint checkpoint = new Checkpoint(lines[0], size, Hash.of(root));
    if (!checkpoint.text().equals(text)) {
      throw new Malformed("a checkpoint has no leading zeroes and canonical Base64");
    }
    return checkpoint;
  }
}
