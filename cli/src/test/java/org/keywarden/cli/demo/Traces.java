package org.keywarden.cli.demo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The forms in which a text could have been left somewhere. */
final class Traces {
  private static final List<Charset> CHARSETS =
      List.of(
          StandardCharsets.UTF_8,
          StandardCharsets.UTF_16LE,
          StandardCharsets.UTF_16BE,
          StandardCharsets.UTF_32LE,
          StandardCharsets.UTF_32BE);
  private static final int GROUP = 3;

  /** By its place, the kernel's number of a key (linux/input-event-codes.h). */
  private static final String KEYS =
      "\0\0001234567890\0\0\0\0qwertyuiop\0\0\0\0asdfghjkl\0\0\0\0\0zxcvbnm";

  private Traces() {}

  /** Bytes to search for, by the name of the form. */
  static Map<String, byte[]> of(String text) {
    Map<String, byte[]> traces = new HashMap<>();
    for (Charset charset : CHARSETS) {
      byte[] bytes = text.getBytes(charset);
      traces.put(charset.name(), bytes);
      traces.put(
          charset.name() + " reversed",
          new StringBuilder(text).reverse().toString().getBytes(charset));
      base64(charset.name(), bytes, traces);
      String hex = HexFormat.of().formatHex(bytes);
      traces.put(charset.name() + " hex", ascii(hex));
      traces.put(charset.name() + " HEX", ascii(hex.toUpperCase(Locale.ROOT)));
      traces.put(
          charset.name() + " hex with spaces", ascii(HexFormat.ofDelimiter(" ").formatHex(bytes)));
      traces.put(
          charset.name() + " hex with colons", ascii(HexFormat.ofDelimiter(":").formatHex(bytes)));
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    traces.put("percent", ascii("%" + HexFormat.ofDelimiter("%").withUpperCase().formatHex(utf8)));
    traces.put("percent lower", ascii("%" + HexFormat.ofDelimiter("%").formatHex(utf8)));
    traces.put(
        "percent where needed", ascii(java.net.URLEncoder.encode(text, StandardCharsets.UTF_8)));
    traces.put(
        "quoted-printable",
        ascii("=" + HexFormat.ofDelimiter("=").withUpperCase().formatHex(utf8)));
    traces.put("\\x", ascii("\\x" + HexFormat.ofDelimiter("\\x").formatHex(utf8)));
    traces.put("octal", ascii(octal(utf8)));
    traces.put("signed bytes", ascii(signed(utf8, ", ")));
    traces.put("signed bytes close", ascii(signed(utf8, ",")));
    numbers(text, traces);
    keycodes(text, traces);
    joined("entities", text, "&#%d;", traces);
    joined("entities hex", text, "&#x%x;", traces);
    joined("code points", text, "U+%04X", traces);
    joined("unicode keysyms", text, "0x%x", 0x1000000, traces);
    joined("unicode keysyms decimal", text, "%d", 0x1000000, traces);
    joined("keysyms", text, "%d", traces);
    joined("keysyms hex", text, "0x%x", traces);
    joined("escaped", text, "\\u%04x", traces);
    for (String separator : List.of(" ", "\n", ", ")) {
      traces.put(
          "characters with '" + separator.replace("\n", "\\n") + "'",
          text.codePoints()
              .mapToObj(Character::toString)
              .collect(Collectors.joining(separator))
              .getBytes(StandardCharsets.UTF_8));
    }
    return traces;
  }

  /** As protobuf prints bytes. */
  private static String octal(byte[] utf8) {
    StringBuilder printed = new StringBuilder();
    for (byte each : utf8) {
      printed.append(
          each >= ' '
              ? String.valueOf((char) each)
              : String.format(Locale.ROOT, "\\%03o", each & 0xff));
    }
    return printed.toString();
  }

  /** As Java prints an array of bytes. */
  private static String signed(byte[] bytes, String separator) {
    List<String> printed = new ArrayList<>();
    for (byte each : bytes) {
      printed.add(Byte.toString(each));
    }
    return String.join(separator, printed);
  }

  /** Keysyms in memory, as long as a long; as an int they are UTF-32. */
  private static void numbers(String text, Map<String, byte[]> traces) {
    int[] keysyms = text.codePoints().toArray();
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      for (int offset : List.of(0, 0x1000000)) {
        ByteBuffer longs = ByteBuffer.allocate(Long.BYTES * keysyms.length).order(order);
        ByteBuffer ints = ByteBuffer.allocate(Integer.BYTES * keysyms.length).order(order);
        for (int keysym : keysyms) {
          longs.putLong(keysym + offset);
          ints.putInt(keysym + offset);
        }
        traces.put("longs of " + offset + ", " + order, longs.array());
        traces.put("ints of " + offset + ", " + order, ints.array());
      }
    }
  }

  /** The keys themselves, by the kernel's numbers and by X11's, if they are on a US keyboard. */
  private static void keycodes(String text, Map<String, byte[]> traces) {
    for (int offset : List.of(0, 8)) {
      List<Integer> codes =
          text.codePoints()
              .map(key -> KEYS.indexOf(key))
              .filter(code -> code >= 0)
              .boxed()
              .toList();
      if (codes.size() < text.length()) {
        return;
      }
      byte[] bytes = new byte[codes.size()];
      ByteBuffer shorts = ByteBuffer.allocate(2 * bytes.length).order(ByteOrder.LITTLE_ENDIAN);
      ByteBuffer ints = ByteBuffer.allocate(4 * bytes.length).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (codes.get(i) + offset);
        shorts.putShort(bytes[i]);
        ints.putInt(bytes[i]);
      }
      traces.put("keycodes + " + offset + " as bytes", bytes);
      traces.put("keycodes + " + offset + " as shorts", shorts.array());
      traces.put("keycodes + " + offset + " as ints", ints.array());
      for (String separator : List.of(" ", ",", ", ", "\n")) {
        traces.put(
            "keycodes + " + offset + " with '" + separator.replace("\n", "\\n") + "'",
            ascii(signed(bytes, separator)));
      }
    }
  }

  /** The numbers of the keys as somebody would print them. */
  private static void joined(String name, String text, String form, Map<String, byte[]> traces) {
    joined(name, text, form, 0, traces);
  }

  private static void joined(
      String name, String text, String form, int offset, Map<String, byte[]> traces) {
    List<String> numbers = new ArrayList<>();
    text.codePoints().forEach(c -> numbers.add(String.format(Locale.ROOT, form, c + offset)));
    for (String separator : List.of("", " ", ",", ", ", "\n")) {
      if (!(separator.isEmpty() && form.equals("%d"))) {
        traces.put(
            name + " with '" + separator.replace("\n", "\\n") + "'",
            ascii(String.join(separator, numbers)));
      }
    }
  }

  /** Base64 at each of the three places in a group, without the characters its neighbours share. */
  private static void base64(String name, byte[] bytes, Map<String, byte[]> traces) {
    for (int before = 0; before < GROUP; before++) {
      byte[] shifted = new byte[before + bytes.length];
      System.arraycopy(bytes, 0, shifted, before, bytes.length);
      String plain = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      String url = Base64.getUrlEncoder().withoutPadding().encodeToString(shifted);
      int begin = before == 0 ? 0 : before + 1;
      int end = plain.length() - (shifted.length % GROUP == 0 ? 0 : 1);
      traces.put(name + " Base64 at " + before, ascii(plain.substring(begin, end)));
      traces.put(name + " Base64url at " + before, ascii(url.substring(begin, end)));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
