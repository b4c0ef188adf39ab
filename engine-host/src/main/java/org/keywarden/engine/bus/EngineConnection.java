package org.keywarden.engine.bus;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keywarden.ibus.bus.ClientBytes;
import org.keywarden.ibus.bus.SaslServer;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.MessageCodec;

/**
 * The bytes of one engine, strictly in order. It ends if they are malformed, if there are too many
 * messages, and if the engine does not read.
 */
public final class EngineConnection extends ByteToMessageDecoder {
  /** The most an engine may say in a second; a fast one says some hundred. */
  private static final int MOST_MESSAGES = 4_096;

  private static final long SECOND = 1_000_000_000;

  private final ClientBytes bytes;
  private final Party party;
  private @Nullable ChannelHandlerContext channel;
  private boolean flushing;
  private long second;
  private int messages;
  private @Nullable String why;

  /** Whose connection it is. */
  public interface Party {
    /**
     * Takes a message.
     *
     * @throws Malformed if the connection is to be ended
     */
    void received(Message message) throws Malformed;

    /** What came at once has been handed over. */
    void batchEnded();

    /** It is over; nothing is handed over any more. */
    void ended(String why);
  }

  EngineConnection(SaslServer sasl, Party party) {
    this.bytes = new ClientBytes(sasl);
    this.party = party;
  }

  /** Sends a complete message; on the connection's event loop. */
  public void send(Message message) {
    ChannelHandlerContext to = channel;
    if (to == null || !to.channel().isActive()) {
      return;
    }
    if (!to.channel().isWritable()) {
      end("the engine does not read what it is sent");
      return;
    }
    to.write(Unpooled.wrappedBuffer(MessageCodec.write(message)));
    if (!flushing) {
      flushing = true;
      to.executor()
          .execute(
              () -> {
                flushing = false;
                to.flush();
              });
    }
  }

  /** Why it was ended from here, null if it was not. */
  public @Nullable String why() {
    return why;
  }

  /** Ends the connection. */
  public void end(String reason) {
    if (channel != null && channel.channel().isActive()) {
      why = reason;
      channel.close();
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = context;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    try {
      take(context, in);
    } catch (Malformed e) {
      in.skipBytes(in.readableBytes());
      end(String.valueOf(e.getMessage()));
    }
  }

  private void take(ChannelHandlerContext context, ByteBuf in) throws Malformed {
    ByteBuffer readable = in.nioBuffer();
    ClientBytes.Received received = bytes.next(readable);
    in.skipBytes(readable.position());
    switch (received) {
      case ClientBytes.Line(byte[] answer) -> {
        if (answer != null) {
          context.writeAndFlush(Unpooled.wrappedBuffer(answer));
        }
      }
      case ClientBytes.Whole(Message message) -> {
        count();
        party.received(message);
      }
      case null -> {}
    }
  }

  private void count() throws Malformed {
    long now = System.nanoTime();
    if (now - second > SECOND) {
      second = now;
      messages = 0;
    }
    if (++messages > MOST_MESSAGES) {
      throw new Malformed("an engine says more than " + MOST_MESSAGES + " things in a second");
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) throws Exception {
    super.channelReadComplete(context);
    if (context.channel().isActive()) {
      party.batchEnded();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    super.channelInactive(context);
    party.ended(why == null ? "the engine closed its connection" : why);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // Its message may hold what was typed.
    end("the host failed: " + cause.getClass().getName());
  }
}
