package org.keywarden.ibus.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message. {@code toString} leaves the body out: it may hold typed text.
 *
 * @param flags see the constants
 * @param serial as unsigned; never 0
 * @param replySerial of the call answered, 0 if none
 */
public record Message(
    Kind kind,
    int flags,
    int serial,
    @Nullable String path,
    @Nullable String interfaceName,
    @Nullable String member,
    @Nullable String errorName,
    int replySerial,
    @Nullable String destination,
    @Nullable String sender,
    List<Value> body) {
  /** The caller wants no reply. */
  public static final int NO_REPLY = 1;

  /** No service is to be started for this. */
  public static final int NO_AUTO_START = 2;

  /** What a message is; {@code OTHER} is a kind of a later version, to be ignored. */
  public enum Kind {
    CALL(1),
    RETURN(2),
    ERROR(3),
    SIGNAL(4),
    OTHER(5);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }

    static Kind of(int code) throws Malformed {
      return switch (code) {
        case 0 -> throw new Malformed("a message's type is 0");
        case 1 -> CALL;
        case 2 -> RETURN;
        case 3 -> ERROR;
        case 4 -> SIGNAL;
        default -> OTHER;
      };
    }
  }

  public Message {
    body = List.copyOf(body);
  }

  /** A call of a method. */
  public static Message call(
      String destination, String path, String interfaceName, String member, Value... body) {
    return new Message(
        Kind.CALL, 0, 0, path, interfaceName, member, null, 0, destination, null, List.of(body));
  }

  /** A call that wants no answer; give it a destination with {@link #to}. */
  public static Message order(String path, String interfaceName, String member, Value... body) {
    return new Message(
        Kind.CALL, NO_REPLY, 0, path, interfaceName, member, null, 0, null, null, List.of(body));
  }

  /** A signal; give it a destination with {@link #to}. */
  public static Message signal(String path, String interfaceName, String member, Value... body) {
    return new Message(
        Kind.SIGNAL, NO_REPLY, 0, path, interfaceName, member, null, 0, null, null, List.of(body));
  }

  /** The answer to this call. */
  public Message reply(Value... values) {
    return new Message(
        Kind.RETURN, NO_REPLY, 0, null, null, null, null, serial, sender, null, List.of(values));
  }

  /** The refusal of this call. */
  public Message error(String name, String explanation) {
    return new Message(
        Kind.ERROR,
        NO_REPLY,
        0,
        null,
        null,
        null,
        name,
        serial,
        sender,
        null,
        List.of(new Value.Str(explanation)));
  }

  public boolean wantsReply() {
    return kind == Kind.CALL && (flags & NO_REPLY) == 0;
  }

  /** The body's signature, empty for no body. */
  public String signature() {
    return Value.codes(body);
  }

  public Message numbered(int number) {
    return new Message(
        kind,
        flags,
        number,
        path,
        interfaceName,
        member,
        errorName,
        replySerial,
        destination,
        sender,
        body);
  }

  public Message to(@Nullable String name) {
    return new Message(
        kind,
        flags,
        serial,
        path,
        interfaceName,
        member,
        errorName,
        replySerial,
        name,
        sender,
        body);
  }

  public Message from(@Nullable String name) {
    return new Message(
        kind,
        flags,
        serial,
        path,
        interfaceName,
        member,
        errorName,
        replySerial,
        destination,
        name,
        body);
  }

  @Override
  public String toString() {
    return kind + "[" + interfaceName + "." + member + " " + signature() + "]";
  }
}
