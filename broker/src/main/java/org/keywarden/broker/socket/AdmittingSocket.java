package org.keywarden.broker.socket;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.PeerCredentials;
import io.netty.util.AttributeKey;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.keywarden.broker.budget.Budget;

/**
 * A listening socket that closes the connections of peers above their budget as it accepts them:
 * before they have a pipeline, and without a step on the seat's thread. They are taken out of the
 * backlog and not left in it, where they would keep others waiting.
 */
public final class AdmittingSocket {
  /**
   * Connections the kernel keeps until they are accepted: as many as it allows (4,096 at most by
   * {@code net.core.somaxconn}), so that a flood, which is taken out as fast as it comes, leaves
   * room for whoever does not wait for it.
   */
  public static final int BACKLOG = 4_096;

  /**
   * How much of one connection is read before it is the next one's turn: of small messages some
   * dozen, a millisecond's work. What is not a whole message holds no more than that beyond its own
   * bytes.
   */
  public static final RecvByteBufAllocator TURN =
      new AdaptiveRecvByteBufAllocator(512, 2 * 1024, 4 * 1024).maxMessagesPerRead(1);

  private static final AttributeKey<Budget.Share> SHARE =
      AttributeKey.valueOf("org.keywarden.share");

  /**
   * In ms, how long the room of a closed connection stays taken: to serve one and to close it is
   * work for the seat's thread too, which whoever connects and closes in a loop is not to fill.
   */
  static final long ROOM_BACK_AFTER = 20;

  /** No process's id. */
  private static final int NOBODY = -1;

  private AdmittingSocket() {}

  /** Makes such sockets. */
  public static ChannelFactory<ServerChannel> factory(Admission admission) {
    return () -> {
      EpollServerDomainSocketChannel socket = new EpollServerDomainSocketChannel();
      // First in the pipeline, so that it stands before whatever begins to serve a connection.
      socket.pipeline().addLast(new Gate(admission));
      return socket;
    };
  }

  /**
   * What a connection holds.
   *
   * @throws IllegalStateException if it was not accepted by such a socket
   */
  public static Budget.Share shareOf(Channel accepted) {
    Budget.Share share = accepted.attr(SHARE).get();
    if (share == null) {
      throw new IllegalStateException("a connection that nobody admitted");
    }
    return share;
  }

  /**
   * Who was just refused is refused without another look at who it is, as long as connections wait
   * to be accepted: whoever connects in a loop is to be turned away sooner than it can come again,
   * or the backlog is full.
   */
  private static final class Gate extends ChannelInboundHandlerAdapter {
    private final Admission admission;
    private int refused = NOBODY;

    Gate(Admission admission) {
      this.admission = admission;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof EpollDomainSocketChannel accepted
          && admit(accepted, context.channel().eventLoop())) {
        context.fireChannelRead(accepted);
      } else if (message instanceof Channel refused) {
        refused.unsafe().closeForcibly();
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      refused = NOBODY;
      context.fireChannelReadComplete();
    }

    private boolean admit(EpollDomainSocketChannel accepted, EventLoop acceptor) {
      PeerCredentials peer;
      try {
        peer = accepted.peerCredentials();
      } catch (IOException gone) {
        return false;
      }
      if (peer.pid() == refused) {
        return false;
      }
      Budget.Share share = admission.admit(peer.pid(), peer.uid(), () -> end(accepted));
      if (share == null) {
        refused = peer.pid();
        return false;
      }
      accepted.attr(SHARE).set(share);
      accepted.closeFuture().addListener(closed -> giveBack(share, acceptor));
      return true;
    }

    private static void giveBack(Budget.Share share, EventLoop acceptor) {
      if (acceptor.isShuttingDown()) {
        share.close();
      } else {
        acceptor.schedule(share::close, ROOM_BACK_AFTER, TimeUnit.MILLISECONDS);
      }
    }

    /** One that is not registered yet sees that its share is over when it is. */
    private static void end(Channel connection) {
      if (connection.isRegistered()) {
        connection.close();
      }
    }
  }
}
