package org.keywarden.ibus.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The first unix socket among D-Bus addresses (D-Bus Specification 0.43, "Server Addresses").
 *
 * @param name as in {@code sun_path} (unix(7)); an abstract one begins with a zero character
 */
public record BusAddress(String name) {
  private static final String TRANSPORT = "unix:";

  /** Finds it; empty if there is none. */
  public static Optional<BusAddress> first(String addresses) {
    for (String each : addresses.split(";", -1)) {
      if (!each.startsWith(TRANSPORT)) {
        continue;
      }
      for (String part : each.substring(TRANSPORT.length()).split(",", -1)) {
        if (part.startsWith("path=")) {
          return unescaped(part.substring("path=".length())).map(BusAddress::new);
        }
        if (part.startsWith("abstract=")) {
          return unescaped(part.substring("abstract=".length()))
              .map(name -> new BusAddress("\0" + name));
        }
      }
    }
    return Optional.empty();
  }

  /** Other bytes than letters, digits and a few signs are a percent sign and two digits each. */
  private static Optional<String> unescaped(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '%') {
        bytes.writeBytes(text.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
      } else if (i + 2 < text.length()
          && HexFormat.isHexDigit(text.charAt(i + 1))
          && HexFormat.isHexDigit(text.charAt(i + 2))) {
        bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
        i += 2;
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(bytes.toString(StandardCharsets.UTF_8));
  }
}
