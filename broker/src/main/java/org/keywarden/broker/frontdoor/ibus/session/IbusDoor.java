package org.keywarden.broker.frontdoor.ibus.session;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.PeerCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.budget.Budget;
import org.keywarden.broker.frontdoor.Applications;
import org.keywarden.broker.frontdoor.accessibility.FocusedObjects;
import org.keywarden.broker.frontdoor.field.Timers;
import org.keywarden.broker.frontdoor.ibus.context.Clients;
import org.keywarden.broker.frontdoor.ibus.context.IbusClient;
import org.keywarden.broker.frontdoor.ibus.panel.Panel;
import org.keywarden.broker.frontdoor.terminal.Terminals;
import org.keywarden.broker.frontdoor.window.EventLoops;
import org.keywarden.broker.look.Looks;
import org.keywarden.broker.seat.HostEffect;
import org.keywarden.broker.seat.SeatInbox;
import org.keywarden.broker.socket.Admission;
import org.keywarden.broker.socket.AdmittingSocket;
import org.keywarden.ibus.bus.SaslServer;

/** Accepts applications that speak IBus and brings them what the seat says. */
public final class IbusDoor {
  /** Until when a connection must have said Hello, in ns. */
  private static final long HELLO_TIME = 10_000_000_000L;

  /** Bytes an application may leave unread before it is given up; charged to it from the first. */
  private static final WriteBufferWaterMark UNREAD = new WriteBufferWaterMark(4 * 1024, 256 * 1024);

  private final Clients clients;
  private final EventLoops loops;
  private final Panel panel;
  private final Timers timers;
  private final Looks looks;
  private final Admission admission;
  private final String guid;
  private final List<Channel> servers = new ArrayList<>();
  private @Nullable Path socket;

  /**
   * @param looks where callers are looked at
   * @param admission whose connections and callers are accepted
   * @param guid 32 hexadecimal digits, new for each start
   */
  public IbusDoor(
      SeatInbox inbox,
      Applications applications,
      Terminals terminals,
      FocusedObjects objects,
      EventLoops loops,
      Panel panel,
      Timers timers,
      Looks looks,
      Admission admission,
      String guid) {
    this.clients = new Clients(inbox, applications, terminals, objects, loops, panel, timers);
    this.loops = loops;
    this.panel = panel;
    this.timers = timers;
    this.looks = looks;
    this.admission = admission;
    this.guid = guid;
  }

  /**
   * Binds and serves, at a file and at an abstract name: programs with a runtime directory of their
   * own (firejail, systemd's PrivateTmp) see no file of ours, but our name. A socket file left over
   * is replaced: the caller holds the directory's lock.
   *
   * @param acceptors binds and accepts; another thread than the seat's
   * @param loop the seat's thread
   * @throws IOException if it cannot be bound; the message says where
   */
  public void open(EventLoopGroup acceptors, EventLoopGroup loop, Path at) throws IOException {
    Files.deleteIfExists(at);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(acceptors, loop)
            .channelFactory(AdmittingSocket.factory(admission))
            .option(ChannelOption.SO_BACKLOG, AdmittingSocket.BACKLOG)
            .childOption(ChannelOption.RECVBUF_ALLOCATOR, AdmittingSocket.TURN)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNREAD)
            .childHandler(
                new ChannelInitializer<EpollDomainSocketChannel>() {
                  @Override
                  protected void initChannel(EpollDomainSocketChannel channel) {
                    accept(channel);
                  }
                });
    bind(bootstrap, at.toString());
    socket = at;
    Files.setPosixFilePermissions(at, PosixFilePermissions.fromString("rw-------"));
    bind(bootstrap, '\0' + name());
    loop.execute(loops::open);
  }

  private void bind(ServerBootstrap bootstrap, String at) throws IOException {
    var bound = bootstrap.bind(new DomainSocketAddress(at)).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "cannot listen on " + at.replace('\0', '@') + ": " + bound.cause(), bound.cause());
    }
    servers.add(bound.channel());
  }

  /** New for each start, so that nobody can have taken it before. */
  private String name() {
    return "keywarden-ibus-" + guid;
  }

  /**
   * The addresses applications connect to, in D-Bus's form (D-Bus Specification, Server Addresses):
   * they take the first that they reach.
   */
  public String address() {
    return "unix:path=%s,guid=%s;unix:abstract=%s,guid=%s".formatted(socket, guid, name(), guid);
  }

  private void accept(EpollDomainSocketChannel channel) {
    Budget.Share share = AdmittingSocket.shareOf(channel);
    PeerCredentials peer;
    try {
      peer = channel.peerCredentials();
    } catch (IOException e) {
      channel.close();
      return;
    }
    if (share.over()) {
      channel.close();
      return;
    }
    IbusClient.Peer met = clients.meet(peer.pid(), AdmittingSocket.programOf(channel), share);
    DoorConnection connection =
        new DoorConnection(
            new SaslServer(admission.uid(), guid),
            share,
            out -> new DoorClient(":1." + -met.host(), guid, met, clients, panel, out),
            this::ended);
    clients.add(connection.client().client());
    channel.pipeline().addLast(connection);
    Timers.Pending hello =
        timers.after(
            HELLO_TIME,
            () -> {
              if (!connection.client().helloSaid()) {
                channel.close();
              }
            });
    channel.closeFuture().addListener(closed -> hello.cancel());
  }

  private void ended(DoorConnection connection) {
    connection.client().gone();
    clients.remove(connection.client().client());
  }

  /** Does what the seat asks, if it concerns an application that speaks IBus. */
  public void apply(HostEffect effect) {
    clients.apply(effect);
    panel.apply(effect);
  }

  /** What serves the same applications on the session bus. */
  Portal portal() {
    return new Portal(clients, admission, timers, looks);
  }

  /** Ends every connection and removes the socket. */
  public void close() throws IOException {
    servers.forEach(Channel::close);
    if (socket != null) {
      Files.deleteIfExists(socket);
    }
  }
}
