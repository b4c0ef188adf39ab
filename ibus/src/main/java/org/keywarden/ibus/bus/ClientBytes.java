package org.keywarden.ibus.bus;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.MessageCodec;

/** What a client of a bus sends, from its first byte: NUL, lines of authentication, messages. */
public final class ClientBytes {
  private static final int LONGEST_LINE = 1_024;

  private final SaslServer sasl;
  private boolean nulSeen;

  /** What bytes were. */
  public sealed interface Received {}

  /**
   * A line of the authentication.
   *
   * @param answer the bytes to send back, null for none
   */
  public record Line(byte @Nullable [] answer) implements Received {}

  /** One message. */
  public record Whole(Message message) implements Received {}

  public ClientBytes(SaslServer sasl) {
    this.sasl = sasl;
  }

  /**
   * Takes one line or message, and leaves what follows it.
   *
   * @return null if there are not enough bytes yet; nothing was taken but a first NUL
   * @throws Malformed if the connection is to be ended
   */
  public @Nullable Received next(ByteBuffer in) throws Malformed {
    return sasl.begun() ? message(in) : line(in);
  }

  private static @Nullable Received message(ByteBuffer in) throws Malformed {
    if (in.remaining() < MessageCodec.PREFIX) {
      return null;
    }
    int length = MessageCodec.length(in);
    if (in.remaining() < length) {
      return null;
    }
    ByteBuffer whole = in.slice(in.position(), length);
    in.position(in.position() + length);
    return new Whole(MessageCodec.read(whole));
  }

  private @Nullable Received line(ByteBuffer in) throws Malformed {
    if (!nulSeen && in.hasRemaining()) {
      nulSeen = true;
      if (in.get() != 0) {
        throw new Malformed("a connection begins with a NUL byte");
      }
    }
    int end = in.position();
    while (end < in.limit() && in.get(end) != '\n') {
      end++;
    }
    int length = end - in.position();
    if (length > LONGEST_LINE) {
      throw new Malformed("a line is longer than " + LONGEST_LINE + " bytes");
    }
    if (end == in.limit()) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.get(bytes).get();
    String line = new String(bytes, StandardCharsets.US_ASCII);
    String answer = sasl.line(line.endsWith("\r") ? line.substring(0, length - 1) : line);
    if (sasl.failed()) {
      throw new Malformed("authentication failed");
    }
    return new Line(answer == null ? null : (answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }
}
