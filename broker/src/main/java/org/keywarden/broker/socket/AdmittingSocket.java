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
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.budget.Budget;
import org.keywarden.broker.look.Looks;

/**
 * A listening socket that closes the connections of peers above their budget as it accepts them:
 * before they have a pipeline, and without a step on the seat's thread. They are taken out of the
 * backlog and not left in it, where they would keep others waiting.
 *
 * <p>Those it keeps are looked at, beside every loop, and only then served: what else is to be
 * known of a peer lies in files that are the peer's own.
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

  /** In ms, what is waited for a look at a peer: more than one takes on a machine with no time. */
  static final long LOOK_MOST = 5_000;

  private static final AttributeKey<String> PROGRAM = AttributeKey.valueOf("org.keywarden.program");

  private static final Executor LOOKING = Looks.threads("peers");

  /** No process's id. */
  private static final int NOBODY = -1;

  private AdmittingSocket() {}

  /** Makes such sockets. */
  public static ChannelFactory<ServerChannel> factory(Admission admission) {
    return factory(admission, peer -> true);
  }

  /**
   * Makes such sockets.
   *
   * @param check whether a peer within its budget is served; may take its time, in any thread
   */
  public static ChannelFactory<ServerChannel> factory(
      Admission admission, Predicate<PeerCredentials> check) {
    return () -> {
      EpollServerDomainSocketChannel socket = new EpollServerDomainSocketChannel();
      // First in the pipeline, so that it stands before whatever begins to serve a connection.
      socket.pipeline().addLast(new Gate(admission, check));
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

  /** Which program the peer ran when it connected; empty if unknown. */
  public static String programOf(Channel accepted) {
    String program = accepted.attr(PROGRAM).get();
    return program == null ? "" : program;
  }

  /**
   * Who was just refused is refused without another look at who it is, as long as connections wait
   * to be accepted: whoever connects in a loop is to be turned away sooner than it can come again,
   * or the backlog is full.
   */
  private static final class Gate extends ChannelInboundHandlerAdapter {
    private final Admission admission;
    private final Predicate<PeerCredentials> check;
    private @Nullable Looks looks;
    private int refused = NOBODY;

    Gate(Admission admission, Predicate<PeerCredentials> check) {
      this.admission = admission;
      this.check = check;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      // The socket has its loop only when something arrives.
      looks =
          new Looks(
              new Looks.Place(
                  LOOKING,
                  task -> later(context, task, 0),
                  System::nanoTime,
                  (delay, task) -> later(context, task, delay)));
    }

    private static void later(ChannelHandlerContext context, Runnable task, long nanos) {
      EventLoop acceptor = context.channel().eventLoop();
      try {
        if (nanos == 0) {
          acceptor.execute(task);
        } else {
          acceptor.schedule(task, nanos, TimeUnit.NANOSECONDS);
        }
      } catch (RejectedExecutionException ending) {
        // The broker is, and its connections with it.
        return;
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof EpollDomainSocketChannel accepted) {
        accept(context, accepted);
      } else if (message instanceof Channel refused) {
        refused.unsafe().closeForcibly();
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      refused = NOBODY;
      context.fireChannelReadComplete();
    }

    private void accept(ChannelHandlerContext context, EpollDomainSocketChannel accepted) {
      PeerCredentials peer;
      try {
        peer = accepted.peerCredentials();
      } catch (IOException gone) {
        accepted.unsafe().closeForcibly();
        return;
      }
      Budget.Share share =
          peer.pid() == refused
              ? null
              : admission.admit(peer.pid(), peer.uid(), () -> end(accepted));
      if (share == null) {
        refused = peer.pid();
        accepted.unsafe().closeForcibly();
        return;
      }
      new Newcomer(context, accepted, share).look(peer);
    }

    /** Accepted, and not served yet. On the acceptor's thread. */
    private final class Newcomer {
      private final ChannelHandlerContext context;
      private final EpollDomainSocketChannel accepted;
      private final Budget.Share share;
      private boolean settled;

      Newcomer(
          ChannelHandlerContext context, EpollDomainSocketChannel accepted, Budget.Share share) {
        this.context = context;
        this.accepted = accepted;
        this.share = share;
      }

      void look(PeerCredentials peer) {
        if (looks == null) {
          settle(null);
          return;
        }
        Looks.Look look =
            looks.begin(
                this,
                () -> {
                  String program = seen(peer);
                  return () -> settle(program);
                });
        later(
            context,
            () -> {
              if (!settled) {
                boolean ignored = look.cancel();
                settle(null);
              }
            },
            TimeUnit.MILLISECONDS.toNanos(LOOK_MOST));
      }

      private @Nullable String seen(PeerCredentials peer) {
        try {
          return check.test(peer) ? admission.programs().apply(peer.pid()) : null;
        } catch (RuntimeException unforeseen) {
          return null;
        }
      }

      /**
       * @param program null if it is refused
       */
      private void settle(@Nullable String program) {
        if (settled) {
          return;
        }
        settled = true;
        if (program == null || share.over() || !context.channel().isOpen()) {
          accepted.unsafe().closeForcibly();
          giveBack();
          return;
        }
        accepted.attr(SHARE).set(share);
        accepted.attr(PROGRAM).set(program);
        accepted.closeFuture().addListener(closed -> giveBack());
        context.fireChannelRead(accepted);
      }

      private void giveBack() {
        EventLoop acceptor = context.channel().eventLoop();
        if (acceptor.isShuttingDown()) {
          share.close();
        } else {
          acceptor.schedule(share::close, ROOM_BACK_AFTER, TimeUnit.MILLISECONDS);
        }
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
