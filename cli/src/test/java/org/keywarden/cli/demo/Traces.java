package org.keywarden.cli.demo;

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

  /** The numbers of the keys as somebody would print them. */
  private static void joined(String name, String text, String form, Map<String, byte[]> traces) {
    List<String> numbers = new ArrayList<>();
    text.codePoints().forEach(c -> numbers.add(String.format(Locale.ROOT, form, c)));
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
