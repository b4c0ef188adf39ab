package org.keywarden.audit.tile;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.keywarden.audit.Malformed;

/**
 * Entries as tlog-tiles stores them: each after its length, an unsigned 16-bit big-endian number.
 */
public final class EntryBundle {
  /** The longest entry, in bytes. */
  public static final int LONGEST = 0xffff;

  private static final int LENGTH = 2;

  private EntryBundle() {}

  /**
   * Returns the bytes of a bundle.
   *
   * @throws IllegalArgumentException if an entry is longer than {@link #LONGEST}
   */
  public static byte[] encode(List<byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] entry : entries) {
      if (entry.length > LONGEST) {
        throw new IllegalArgumentException("an entry has at most 65535 bytes, not " + entry.length);
      }
      bytes.write(entry.length >>> 8);
      bytes.write(entry.length);
      bytes.writeBytes(entry);
    }
    return bytes.toByteArray();
  }

  /**
   * Returns the entries of a bundle.
   *
   * @param width how many there must be
   * @throws Malformed if there are not exactly that many; names the offset
   */
  public static List<byte[]> decode(byte[] bytes, int width) throws Malformed {
    List<byte[]> entries = new ArrayList<>(width);
    int offset = 0;
    while (entries.size() < width) {
      if (bytes.length - offset < LENGTH) {
        throw new Malformed(
            "ends at byte "
                + bytes.length
                + " after "
                + entries.size()
                + " of "
                + width
                + " entries");
      }
      int length = (bytes[offset] & 0xff) << 8 | (bytes[offset + 1] & 0xff);
      int start = offset + LENGTH;
      if (bytes.length - start < length) {
        throw new Malformed(
            "entry "
                + entries.size()
                + " at byte "
                + offset
                + " says "
                + length
                + " bytes, but "
                + (bytes.length - start)
                + " follow");
      }
      entries.add(Arrays.copyOfRange(bytes, start, start + length));
      offset = start + length;
    }
    if (offset != bytes.length) {
      throw new Malformed(
          (bytes.length - offset) + " bytes follow the last of " + width + " entries");
    }
    return entries;
  }
}
