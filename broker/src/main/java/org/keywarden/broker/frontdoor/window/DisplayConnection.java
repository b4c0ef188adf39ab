package org.keywarden.broker.frontdoor.window;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection to an X server, as far as {@link WindowPings} needs it (X Window System Protocol,
 * appendix B; little-endian). What is malformed or too long ends it.
 */
final class DisplayConnection extends ByteToMessageDecoder {
  private static final int SUCCESS = 1;
  private static final int ERROR = 0;
  private static final int REPLY = 1;
  private static final int GENERIC_EVENT = 35;
  private static final int CLIENT_MESSAGE = 33;
  private static final int UNIT = 32;
  private static final int LONGEST = 1 << 20;

  /**
   * A question of this connection.
   *
   * @param then takes the answer, null if the server refused
   */
  private record Question(int sequence, Consumer<@Nullable ByteBuf> then) {}

  private final DisplayAddress address;
  private final Consumer<DisplayConnection> ready;
  private final Consumer<ByteBuf> messages;
  private final Deque<Question> questions = new ArrayDeque<>();
  private @Nullable ChannelHandlerContext channel;
  private boolean open;
  private int root;
  private int sequence;

  /**
   * @param ready told when questions can be asked
   * @param messages takes each ClientMessage, 32 bytes
   */
  DisplayConnection(
      DisplayAddress address, Consumer<DisplayConnection> ready, Consumer<ByteBuf> messages) {
    this.address = address;
    this.ready = ready;
    this.messages = messages;
  }

  /** The first screen's root window. */
  int root() {
    return root;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    channel = context;
    byte[] cookie = address.cookie();
    byte[] protocol =
        cookie.length == 0
            ? new byte[0]
            : DisplayAddress.PROTOCOL.getBytes(StandardCharsets.US_ASCII);
    ByteBuf setup = context.alloc().buffer();
    setup.writeByte('l').writeByte(0).writeShortLE(11).writeShortLE(0);
    setup.writeShortLE(protocol.length).writeShortLE(cookie.length).writeShortLE(0);
    setup.writeBytes(protocol).writeZero(-protocol.length & 3);
    setup.writeBytes(cookie).writeZero(-cookie.length & 3);
    context.writeAndFlush(setup);
  }

  /**
   * Sends a request.
   *
   * @param data the byte behind the opcode
   * @param body whole units of 4 bytes
   */
  void send(int opcode, int data, ByteBuf body) {
    ChannelHandlerContext to = channel;
    if (to == null || !to.channel().isActive()) {
      body.release();
      return;
    }
    sequence = (sequence + 1) & 0xFFFF;
    ByteBuf head = to.alloc().buffer(4);
    head.writeByte(opcode).writeByte(data).writeShortLE(1 + body.readableBytes() / 4);
    to.write(head);
    to.writeAndFlush(body);
  }

  /** Sends a request that has an answer. */
  void ask(int opcode, int data, ByteBuf body, Consumer<@Nullable ByteBuf> then) {
    send(opcode, data, body);
    questions.add(new Question(sequence, then));
  }

  ByteBuf body() {
    ChannelHandlerContext to = channel;
    if (to == null) {
      throw new IllegalStateException("the display was not reached");
    }
    return to.alloc().buffer();
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    int at = in.readerIndex();
    int least = open ? UNIT : 8;
    if (in.readableBytes() < least) {
      return;
    }
    int kind = in.getByte(at) & 0x7F;
    long length =
        open
            ? UNIT + (kind == REPLY || kind == GENERIC_EVENT ? 4 * in.getUnsignedIntLE(at + 4) : 0)
            : 8 + 4L * in.getUnsignedShortLE(at + 6);
    if (length > LONGEST || (!open && kind != SUCCESS)) {
      in.skipBytes(in.readableBytes());
      context.close();
    } else if (in.readableBytes() >= length) {
      take(context, kind, in.readSlice((int) length));
    }
  }

  private void take(ChannelHandlerContext context, int kind, ByteBuf message) {
    if (!open) {
      int formats = 40 + ((message.getUnsignedShortLE(24) + 3) & ~3);
      int screen = formats + 8 * message.getUnsignedByte(29);
      if (message.readableBytes() < screen + 4) {
        context.close();
        return;
      }
      root = message.getIntLE(screen);
      open = true;
      ready.accept(this);
    } else if (kind == REPLY || kind == ERROR) {
      int of = message.getUnsignedShortLE(2);
      Question asked = questions.peek();
      if (asked != null && asked.sequence == of) {
        questions.remove();
        asked.then.accept(kind == REPLY ? message : null);
      }
    } else if (kind == CLIENT_MESSAGE) {
      messages.accept(message);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
