package org.keywarden.broker.frontdoor.window;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A display of this machine, and what it is opened with (X(7), Xsecurity(7)).
 *
 * @param socket where its server listens
 * @param cookie of {@code MIT-MAGIC-COOKIE-1}, empty if none is known
 */
record DisplayAddress(Path socket, byte[] cookie) {
  static final String PROTOCOL = "MIT-MAGIC-COOKIE-1";

  /** More than any such file has. */
  private static final long LONGEST_FILE = 1 << 20;

  private static final Pattern LOCAL = Pattern.compile("(?:unix)?:(\\d{1,5})(?:\\.\\d+)?");

  /**
   * Of a session.
   *
   * @param environment its variables
   * @return empty if it has no display here
   */
  static Optional<DisplayAddress> of(Map<String, String> environment) {
    Matcher display = LOCAL.matcher(environment.getOrDefault("DISPLAY", ""));
    if (!display.matches()) {
      return Optional.empty();
    }
    String file = environment.getOrDefault("XAUTHORITY", "");
    Path authority =
        file.isEmpty()
            ? Path.of(environment.getOrDefault("HOME", "/"), ".Xauthority")
            : Path.of(file);
    return Optional.of(
        new DisplayAddress(
            Path.of("/tmp/.X11-unix/X" + display.group(1)), cookie(authority, display.group(1))));
  }

  /** The first for a display of this number: each session has a file of its own. */
  private static byte[] cookie(Path authority, String number) {
    try {
      if (!Files.isRegularFile(authority) || Files.size(authority) > LONGEST_FILE) {
        return new byte[0];
      }
      ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(authority));
      while (in.remaining() > 0) {
        in.getShort();
        next(in);
        String of = text(next(in));
        String protocol = text(next(in));
        byte[] data = next(in);
        if (protocol.equals(PROTOCOL) && (of.isEmpty() || of.equals(number))) {
          return data;
        }
      }
    } catch (IOException | BufferUnderflowException unreadable) {
      // A server that wants one will refuse.
    }
    return new byte[0];
  }

  private static byte[] next(ByteBuffer in) {
    byte[] field = new byte[Short.toUnsignedInt(in.getShort())];
    in.get(field);
    return field;
  }

  private static String text(byte[] field) {
    return new String(field, StandardCharsets.ISO_8859_1);
  }

  @Override
  public String toString() {
    return "DisplayAddress[" + socket + "]";
  }
}
