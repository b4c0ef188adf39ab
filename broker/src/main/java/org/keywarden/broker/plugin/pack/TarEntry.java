package org.keywarden.broker.plugin.pack;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * A regular file in an archive: the one kind of entry, in the one form it is written in (POSIX
 * ustar). Whose it was and when it was made is left out, so that the same files make the same
 * bytes.
 *
 * @param name path below the plugin's directory, names separated by slashes
 * @param size in bytes
 */
record TarEntry(String name, long size, boolean executable) {
  static final int BLOCK = 512;

  private static final int NAME = 100;
  private static final int MODE = 100;
  private static final int SIZE = 124;
  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_BYTES = 8;
  private static final int TYPE = 156;
  private static final int MAGIC = 257;
  private static final int PREFIX = 345;
  private static final int PREFIX_BYTES = 155;
  private static final int DIGITS = 11;
  private static final long MOST_BYTES = (1L << 33) - 1;

  /**
   * Returns the header.
   *
   * @throws BadPack if the name or the size does not fit
   */
  byte[] header() throws BadPack {
    byte[] header = new byte[BLOCK];
    byte[] whole = name.getBytes(StandardCharsets.UTF_8);
    int slash = whole.length > NAME ? prefixEnd(whole) : -1;
    if (size > MOST_BYTES || slash == 0 || (slash < 0 && whole.length > NAME)) {
      throw new BadPack(name + ": its path or its content is too long for a pack");
    }
    System.arraycopy(whole, slash + 1, header, 0, whole.length - slash - 1);
    System.arraycopy(whole, 0, header, PREFIX, Math.max(slash, 0));
    put(header, MODE, executable ? "0000755\0" : "0000644\0");
    put(header, MODE + 8, "0000000\0" + "0000000\0");
    put(header, SIZE, octal(size) + "\0" + octal(0) + "\0");
    put(header, CHECKSUM, " ".repeat(CHECKSUM_BYTES));
    header[TYPE] = '0';
    put(header, MAGIC, "ustar\00000");
    put(header, PREFIX - 16, "0000000\0" + "0000000\0");
    int sum = 0;
    for (byte each : header) {
      sum += each & 0xFF;
    }
    put(header, CHECKSUM, String.format(Locale.ROOT, "%06o\0 ", sum));
    return header;
  }

  /** The last slash before which all fits into the prefix and after which all into the name. */
  private static int prefixEnd(byte[] whole) {
    for (int i = Math.min(PREFIX_BYTES, whole.length - 2); i > 0; i--) {
      if (whole[i] == '/' && whole.length - i - 1 <= NAME) {
        return i;
      }
    }
    return 0;
  }

  private static String octal(long number) {
    String digits = Long.toOctalString(number);
    return "0".repeat(DIGITS - digits.length()) + digits;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  /**
   * Reads a header.
   *
   * @throws BadPack if it is not exactly what {@link #header} would write
   */
  static TarEntry of(byte[] header) throws BadPack {
    String name = text(header, 0, NAME);
    String prefix = text(header, PREFIX, PREFIX_BYTES);
    String whole = prefix.isEmpty() ? name : prefix + "/" + name;
    String kind =
        switch (header[TYPE]) {
          case '0' -> "";
          case '1', '2' -> "a link";
          case '3', '4' -> "a device";
          case '5' -> "a directory of its own";
          case '6' -> "a FIFO";
          default -> "an extension of tar";
        };
    if (!kind.isEmpty()) {
      throw new BadPack(whole + " is " + kind + "; a pack holds files and nothing else");
    }
    refuseUnlikely(whole);
    TarEntry entry = new TarEntry(whole, number(header), header[MODE + 4] == '7');
    if (!Arrays.equals(entry.header(), header)) {
      throw new BadPack(whole + ": its header is not as packs are written");
    }
    return entry;
  }

  private static long number(byte[] header) throws BadPack {
    String digits = text(header, SIZE, DIGITS);
    if (!digits.matches("[0-7]{" + DIGITS + "}")) {
      throw new BadPack("the size of an entry is no number");
    }
    return Long.parseLong(digits, 8);
  }

  private static String text(byte[] header, int at, int most) throws BadPack {
    int end = at;
    while (end < at + most && header[end] != 0) {
      end++;
    }
    try {
      CharBuffer read =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(header, at, end - at));
      return read.toString();
    } catch (CharacterCodingException e) {
      throw new BadPack("the name of an entry is no text");
    }
  }

  /**
   * Refuses a path that is not plainly below the plugin's directory.
   *
   * @throws BadPack for one that is absolute, goes up, or has a hidden, empty or unprintable part
   */
  static void refuseUnlikely(String path) throws BadPack {
    if (path.startsWith("/")) {
      throw new BadPack(path + " is an absolute path");
    }
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        throw new BadPack(path + " leads out of the plugin's directory");
      }
      if (part.isEmpty()
          || part.startsWith(".")
          || part.chars().anyMatch(Character::isISOControl)) {
        throw new BadPack(path + " is no path of a pack: a part is empty, hidden or unprintable");
      }
    }
  }
}
