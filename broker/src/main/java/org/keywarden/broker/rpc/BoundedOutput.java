package org.keywarden.broker.rpc;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * Ends a connection whose peer does not read what HTTP/2 itself has to say: answers to pings and
 * settings, of which it can ask for any number. What calls send is bounded by {@link ServerStream}.
 */
final class BoundedOutput extends ChannelOutboundHandlerAdapter {
  /** More than the windows of all calls of a connection let be written at once. */
  private static final long MOST_UNREAD = 256 * 1024;

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    super.write(context, message, promise);
    ChannelOutboundBuffer unsent = context.channel().unsafe().outboundBuffer();
    if (unsent != null && unsent.totalPendingWriteBytes() > MOST_UNREAD) {
      context.close();
    }
  }
}
