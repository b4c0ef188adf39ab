package org.keywarden.broker.bus;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.MessageCodec;
import org.keywarden.ibus.wire.Value;

/**
 * The broker's connection to a message bus: its bytes, its calls and their answers. While the bus
 * does not take what was written, nothing more is read from it.
 */
public final class BusConversation extends ByteToMessageDecoder {
  /** The bus's own name, as sender and as whom to ask. */
  public static final String BUS = "org.freedesktop.DBus";

  private static final String PATH = "/org/freedesktop/DBus";

  /** Bytes the bus may leave unread before it is given up. */
  private static final long MOST_UNREAD = 8 * 1024 * 1024;

  /** Whose conversation it is. */
  public interface Party {
    /** Messages can be sent from now on. */
    void begun(BusConversation conversation);

    /** The bus itself says something unasked. */
    void said(Message signal);

    /** Another client of the bus sends something. */
    void received(Message message);

    /** Everything that came at once has been handed over. */
    void batchEnded();

    /** It is over; nothing is handed over any more. */
    void ended(String why);
  }

  /** Whom a call was for: nobody else's answer counts. */
  private record Asked(String whom, Consumer<Message> answer) {}

  private final int uid;
  private final String name;
  private final Party party;
  private final Map<Integer, Asked> asked = new HashMap<>();
  private @Nullable ChannelHandlerContext channel;
  private boolean authenticated;
  private boolean over;
  private boolean flushing;
  private int serial;

  /** Of a message larger than any for us. */
  private long toSkip;

  /**
   * @param uid who we say we are
   * @param name what the bus is called where something is said of it
   */
  public BusConversation(int uid, String name, Party party) {
    this.uid = uid;
    this.name = name;
    this.party = party;
  }

  /** Asks the bus itself; the answer may be an error. */
  public void ask(Consumer<Message> answer, String member, Value... arguments) {
    call(Message.call(BUS, PATH, BUS, member, arguments), answer);
  }

  /**
   * Calls the bus itself or one of its clients.
   *
   * @param call to a unique name, or to the bus
   * @param answer takes what that client answers, or the bus's word that it cannot; nobody else's
   * @return what {@link #forget} takes
   */
  public int call(Message call, Consumer<Message> answer) {
    int sent = send(call);
    asked.put(sent, new Asked(String.valueOf(call.destination()), answer));
    return sent;
  }

  /** An answer to that call is not waited for any more. */
  public void forget(int call) {
    asked.remove(call);
  }

  /** Ends it as if the bus had. */
  public void giveUp(String why) {
    end(name + " " + why);
  }

  /**
   * Sends a message.
   *
   * @return its serial
   */
  public int send(Message message) {
    serial = serial == -1 ? 1 : serial + 1;
    ChannelHandlerContext to = channel;
    if (to == null || over) {
      return serial;
    }
    if (!to.channel().isWritable() && to.channel().bytesBeforeWritable() > MOST_UNREAD) {
      end(name + " does not read what it is sent");
      return serial;
    }
    to.write(Unpooled.wrappedBuffer(MessageCodec.write(message.numbered(serial))));
    if (!flushing) {
      flushing = true;
      to.executor()
          .execute(
              () -> {
                flushing = false;
                to.flush();
              });
    }
    return serial;
  }

  private void end(String why) {
    if (!over) {
      over = true;
      party.ended(why);
    }
    if (channel != null) {
      channel.close();
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) throws Exception {
    super.channelActive(context);
    channel = context;
    String hex =
        HexFormat.of().formatHex(Integer.toString(uid).getBytes(StandardCharsets.US_ASCII));
    write(context, "\0AUTH EXTERNAL " + hex + "\r\n");
  }

  private static void write(ChannelHandlerContext context, String text) {
    context.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (over) {
      in.skipBytes(in.readableBytes());
      return;
    }
    try {
      if (authenticated) {
        message(in);
      } else {
        line(context, in);
      }
    } catch (Malformed e) {
      in.skipBytes(in.readableBytes());
      end(name + " does not speak D-Bus: " + e.getMessage());
    }
  }

  private void line(ChannelHandlerContext context, ByteBuf in) throws Malformed {
    int end = in.indexOf(in.readerIndex(), in.writerIndex(), (byte) '\n');
    if (end < 0) {
      return;
    }
    String line = in.readString(end - in.readerIndex(), StandardCharsets.US_ASCII);
    in.skipBytes(1);
    if (!line.startsWith("OK ")) {
      throw new Malformed("it refused to authenticate us");
    }
    authenticated = true;
    write(context, "BEGIN\r\n");
    party.begun(this);
  }

  private void message(ByteBuf in) throws Malformed {
    if (toSkip > 0) {
      int now = (int) Math.min(toSkip, in.readableBytes());
      in.skipBytes(now);
      toSkip -= now;
      return;
    }
    if (in.readableBytes() < MessageCodec.PREFIX) {
      return;
    }
    long length = MessageCodec.announced(in.nioBuffer(in.readerIndex(), MessageCodec.PREFIX));
    if (length > MessageCodec.LARGEST) {
      toSkip = length;
    } else if (in.readableBytes() >= length) {
      read(in.readSlice((int) length));
    }
  }

  /** The bus sets the sender of what it passes on, so only the bus itself can be its own sender. */
  private void read(ByteBuf bytes) {
    Message message;
    try {
      message = MessageCodec.read(bytes.nioBuffer());
    } catch (Malformed ofAnotherClient) {
      // Nothing that the bus itself says to us: it is none of our business.
      return;
    }
    boolean ofBus = BUS.equals(message.sender());
    Asked question = questionOf(message, ofBus);
    if (question != null) {
      asked.remove(message.replySerial());
      question.answer().accept(message);
    } else if (!ofBus) {
      party.received(message);
    } else if (message.kind() == Message.Kind.SIGNAL) {
      party.said(message);
    }
  }

  /** The call that a message answers, null if it answers none, or not for whom it was. */
  private @Nullable Asked questionOf(Message message, boolean ofBus) {
    boolean refusal = message.kind() == Message.Kind.ERROR;
    Asked question =
        refusal || message.kind() == Message.Kind.RETURN ? asked.get(message.replySerial()) : null;
    if (question == null) {
      return null;
    }
    return question.whom().equals(message.sender()) || (ofBus && refusal) ? question : null;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) throws Exception {
    super.channelReadComplete(context);
    if (!over) {
      party.batchEnded();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
    super.channelWritabilityChanged(context);
    context.channel().config().setAutoRead(context.channel().isWritable());
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    super.channelInactive(context);
    end(name + " has ended");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    end(name + " is lost: " + cause);
  }
}
