package org.keywarden.audit.log;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.tile.EntryBundle;

/**
 * The write-ahead log: files named after the index of their first entry. All numbers big-endian.
 *
 * <pre>
 * header  8 magic | 8 index of the first entry | 4 CRC-32C of these 16
 * frame   4 length | 4 CRC-32C of index (8) and entry | entry
 * </pre>
 *
 * The index is under the CRC, so a frame elsewhere than it was written is damaged.
 */
public final class Wal {
  /** Bytes before the first frame. */
  public static final int HEADER = 20;

  static final int FRAME = 8;

  private static final long MAGIC = 0x4b_57_57_41_4c_00_00_01L;
  private static final int NAME_DIGITS = 20;

  private Wal() {}

  /**
   * A file of the write-ahead log.
   *
   * @param entries up to the end or the first damage
   * @param ends the offset after the header, then after each entry
   * @param damage what is wrong after the last entry, null if nothing
   * @param torn whether the file ends where a frame goes on, as a write under way or cut short
   *     leaves it
   */
  public record Segment(
      String path,
      long first,
      List<byte[]> entries,
      List<Integer> ends,
      @Nullable String damage,
      boolean torn) {
    /** Index after the last entry. */
    public long end() {
      return first + entries.size();
    }
  }

  static String path(long first) {
    String digits = Long.toString(first);
    return FileNames.WAL + "/" + "0".repeat(NAME_DIGITS - digits.length()) + digits;
  }

  static byte[] header(long first) {
    ByteBuffer header = ByteBuffer.allocate(HEADER).putLong(MAGIC).putLong(first);
    CRC32C crc = new CRC32C();
    crc.update(header.array(), 0, header.position());
    return header.putInt((int) crc.getValue()).array();
  }

  static void frame(ByteArrayOutputStream out, long index, byte[] entry) {
    ByteBuffer head = ByteBuffer.allocate(FRAME).putInt(entry.length).putInt(crc(index, entry));
    out.writeBytes(head.array());
    out.writeBytes(entry);
  }

  private static int crc(long index, byte[] entry) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(Long.BYTES).putLong(index).flip());
    crc.update(entry);
    return (int) crc.getValue();
  }

  /**
   * Reads a file.
   *
   * @param name in the directory {@code wal}
   * @throws Malformed if it has no header, or not the one of its name
   */
  public static Segment read(String name, byte[] bytes) throws Malformed {
    String path = FileNames.WAL + "/" + name;
    if (bytes.length < HEADER) {
      throw new Malformed(path + " has " + bytes.length + " bytes, a header has " + HEADER);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    long first = in.getLong(Long.BYTES);
    if (!ByteBuffer.wrap(header(first)).equals(in.slice(0, HEADER)) || !path.equals(path(first))) {
      throw new Malformed(path + " has a damaged header");
    }
    List<byte[]> entries = new ArrayList<>();
    List<Integer> ends = new ArrayList<>(List.of(HEADER));
    in.position(HEADER);
    String damage = null;
    while (in.hasRemaining() && damage == null) {
      damage = readFrame(in, first + entries.size(), entries);
      if (damage == null) {
        ends.add(in.position());
      } else {
        damage = path + ", byte " + ends.getLast() + ": " + damage;
      }
    }
    return new Segment(path, first, entries, ends, damage, isTorn(in.position(ends.getLast())));
  }

  /** Whether what is left is the beginning of a frame. */
  private static boolean isTorn(ByteBuffer in) {
    if (in.remaining() < FRAME) {
      return in.hasRemaining();
    }
    int length = in.getInt(in.position());
    return length >= 0 && length <= EntryBundle.LONGEST && length > in.remaining() - FRAME;
  }

  private static @Nullable String readFrame(ByteBuffer in, long index, List<byte[]> entries) {
    if (in.remaining() < FRAME) {
      return "ends within the frame of entry " + index;
    }
    int length = in.getInt();
    int crc = in.getInt();
    if (length < 0 || length > EntryBundle.LONGEST || length > in.remaining()) {
      return "the frame of entry " + index + " says " + Integer.toUnsignedString(length) + " bytes";
    }
    byte[] entry = new byte[length];
    in.get(entry);
    if (crc(index, entry) != crc) {
      return "entry " + index + " does not match its checksum";
    }
    entries.add(entry);
    return null;
  }
}
