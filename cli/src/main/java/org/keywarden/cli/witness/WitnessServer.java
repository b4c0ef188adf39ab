package org.keywarden.cli.witness;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.keywarden.audit.witness.AddCheckpoint;
import org.keywarden.audit.witness.Witness;

/**
 * A witness's HTTP interface (C2SP tlog-witness). What peers may cost is bounded: connections,
 * bytes and seconds of a request. Where there are too many connections the oldest goes, which is
 * one that has not sent a whole request yet: those who send none keep nobody out.
 *
 * <p>Thread: one of its own, which also asks the witness.
 */
final class WitnessServer implements AutoCloseable {
  /**
   * What peers may cost.
   *
   * @param connections at a time
   * @param patience for a request, from the connection on
   */
  record Limits(int connections, Duration patience) {
    static final Limits DEFAULT = new Limits(256, Duration.ofSeconds(10));
  }

  private final EventLoopGroup thread =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final SequencedSet<Channel> open = new LinkedHashSet<>();
  private final Limits limits;
  private final Witness witness;
  private final Consumer<String> log;
  private final Channel server;

  private WitnessServer(
      InetSocketAddress address, Limits limits, Witness witness, Consumer<String> log)
      throws IOException {
    this.limits = limits;
    this.witness = witness;
    this.log = log;
    ChannelFuture bound =
        new ServerBootstrap()
            .group(thread)
            .channel(EpollServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    admit(channel);
                  }
                })
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      endThread();
      throw new IOException(bound.cause().getMessage(), bound.cause());
    }
    server = bound.channel();
  }

  /**
   * Starts serving.
   *
   * @param log takes a line for each checkpoint cosigned or refused
   * @throws IOException if the address cannot be listened on
   */
  static WitnessServer start(
      InetSocketAddress address, Limits limits, Witness witness, Consumer<String> log)
      throws IOException {
    return new WitnessServer(address, limits, witness, log);
  }

  private void admit(Channel channel) {
    if (open.size() >= limits.connections()) {
      open.removeFirst().close();
    }
    open.addLast(channel);
    Future<?> impatience =
        channel
            .eventLoop()
            .schedule(() -> channel.close(), limits.patience().toMillis(), TimeUnit.MILLISECONDS);
    channel
        .closeFuture()
        .addListener(
            closed -> {
              open.remove(channel);
              impatience.cancel(false);
            });
    channel
        .pipeline()
        .addLast(
            new HttpServerCodec(),
            new HttpObjectAggregator(AddCheckpoint.LONGEST),
            new WitnessRequests(witness, log));
  }

  int port() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  @Override
  public void close() {
    // Ending the thread alone may leave the socket listening, and whoever connects waiting.
    server.close().awaitUninterruptibly();
    endThread();
  }

  private void endThread() {
    thread.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
