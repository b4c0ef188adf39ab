package org.keywarden.engine.bus;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.PeerCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.keywarden.ibus.bus.SaslServer;

/** The socket that engines find at their {@code IBUS_ADDRESS}. */
public final class EngineSocket implements AutoCloseable {
  /**
   * What an engine may leave unread, in bytes; a hundred keys and a long text around the cursor.
   */
  private static final WriteBufferWaterMark UNREAD = new WriteBufferWaterMark(4 * 1024, 256 * 1024);

  private final Path path;
  private final String guid;
  private final Channel server;

  /** Who may connect, and what becomes of it. */
  public interface Doorman {
    /** The party of a connection by this process, null if it is none of those that may. */
    EngineConnection.@Nullable Party admit(int pid);

    /** The connection of an admitted party is made. */
    void connected(EngineConnection connection);
  }

  /**
   * Binds and serves.
   *
   * @param path in a directory that nobody else may enter
   * @param guid 32 hexadecimal digits
   * @throws IOException if it cannot be bound
   */
  public EngineSocket(EventLoop loop, Path path, String guid, Doorman doorman) throws IOException {
    this.path = path;
    this.guid = guid;
    Files.deleteIfExists(path);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loop)
            .channel(EpollServerDomainSocketChannel.class)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNREAD)
            .childHandler(
                new ChannelInitializer<EpollDomainSocketChannel>() {
                  @Override
                  protected void initChannel(EpollDomainSocketChannel channel) throws IOException {
                    accept(channel, doorman);
                  }
                });
    var bound = bootstrap.bind(new DomainSocketAddress(path.toFile())).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException("cannot listen on " + path, bound.cause());
    }
    server = bound.channel();
  }

  private void accept(EpollDomainSocketChannel channel, Doorman doorman) throws IOException {
    PeerCredentials peer = channel.peerCredentials();
    EngineConnection.Party party = doorman.admit(peer.pid());
    if (party == null) {
      channel.close();
      return;
    }
    EngineConnection connection = new EngineConnection(new SaslServer(guid), party);
    channel.pipeline().addLast(connection);
    doorman.connected(connection);
  }

  /** In D-Bus's form. */
  public String address() {
    return "unix:path=" + path + ",guid=" + guid;
  }

  @Override
  public void close() throws IOException {
    server.close().awaitUninterruptibly();
    Files.deleteIfExists(path);
  }
}
