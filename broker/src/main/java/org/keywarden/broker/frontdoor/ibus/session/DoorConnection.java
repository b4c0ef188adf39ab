package org.keywarden.broker.frontdoor.ibus.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.budget.Budget;
import org.keywarden.broker.budget.Resource;
import org.keywarden.ibus.bus.ClientBytes;
import org.keywarden.ibus.bus.SaslServer;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.MessageCodec;

/**
 * The bytes of one application: authentication, then messages, strictly in order. What is malformed
 * ends the connection; so does an application that does not read.
 */
final class DoorConnection extends ByteToMessageDecoder {
  private final ClientBytes bytes;
  private final DoorClient client;
  private final Budget.Share share;
  private final Consumer<DoorConnection> ended;
  private @Nullable ChannelHandlerContext channel;
  private boolean flushing;

  /** Nothing more is read while a key waits. */
  private boolean paused;

  /** Of its buffers, what the share knows of. */
  private long charged;

  /** What a connection needs, given the way out of it. */
  interface Making {
    DoorClient make(Consumer<Message> out);
  }

  DoorConnection(
      SaslServer sasl, Budget.Share share, Making clients, Consumer<DoorConnection> ended) {
    this.bytes = new ClientBytes(sasl);
    this.share = share;
    this.client = clients.make(this::send);
    client.client().turns().whenResumed(this::readOn);
    this.ended = ended;
  }

  DoorClient client() {
    return client;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = context;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    try {
      if (client.client().turns().held()) {
        paused = true;
        context.channel().config().setAutoRead(false);
      } else {
        take(context, in);
      }
    } catch (Malformed e) {
      in.skipBytes(in.readableBytes());
      context.close();
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
      case ClientBytes.Whole(Message message) -> client.receive(message);
      case null -> {}
    }
  }

  /** What was read before a key had to wait is taken, then more is read. */
  private void readOn() {
    ChannelHandlerContext from = channel;
    if (from != null) {
      from.executor().execute(() -> readOn(from));
    }
  }

  private void readOn(ChannelHandlerContext from) {
    try {
      channelRead(from, Unpooled.EMPTY_BUFFER);
      batchEnded(from);
    } catch (Exception e) {
      from.close();
    }
  }

  private void batchEnded(ChannelHandlerContext context) {
    if (!client.client().turns().held()) {
      client.client().batchEnded();
      if (paused) {
        paused = false;
        context.channel().config().setAutoRead(true);
      }
    }
  }

  private void send(Message message) {
    ChannelHandlerContext to = channel;
    if (to == null || !to.channel().isActive()) {
      return;
    }
    if (!to.channel().isWritable()) {
      to.close();
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
                charge(to);
              });
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) throws Exception {
    super.channelReadComplete(context);
    charge(context);
    batchEnded(context);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
    super.channelWritabilityChanged(context);
    charge(context);
  }

  /** Charges what is kept between two messages; ends a connection that may not have so much. */
  private void charge(ChannelHandlerContext context) {
    ChannelOutboundBuffer unread = context.channel().unsafe().outboundBuffer();
    long now =
        (actualReadableBytes() == 0 ? 0 : internalBuffer().capacity())
            + (unread == null ? 0 : unread.totalPendingWriteBytes());
    if (now == charged) {
      return;
    }
    if (share.hold(Resource.BYTES, now)) {
      charged = now;
    } else {
      context.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    super.channelInactive(context);
    ended.accept(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
