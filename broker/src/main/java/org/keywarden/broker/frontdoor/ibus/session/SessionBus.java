package org.keywarden.broker.frontdoor.ibus.session;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.bus.BusConversation;
import org.keywarden.broker.bus.NameOwner;
import org.keywarden.ibus.bus.BusObject;
import org.keywarden.ibus.wire.BusAddress;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/**
 * The broker as a client of the session bus, where it owns two names: IBus's, since without an
 * owner GTK hands no key to IBus, and that of IBus's portal, which is served there.
 */
public final class SessionBus {
  /** DBUS_NAME_FLAG_DO_NOT_QUEUE; others may not replace us. */
  private static final int DO_NOT_QUEUE = 4;

  /**
   * DBUS_NAME_FLAG_REPLACE_EXISTING: whoever allows it gives way, as the portal of ibus-daemon
   * does, which the bus starts by itself.
   */
  private static final int REPLACE = 2;

  private static final int PRIMARY_OWNER = 1;
  private static final int ALREADY_OWNER = 4;

  /** Bytes the bus may leave unread before it is read from no more. */
  private static final WriteBufferWaterMark UNREAD =
      new WriteBufferWaterMark(512 * 1024, 1024 * 1024);

  private final int uid;
  private final Portal portal;
  private final Consumer<String> report;
  private final BooleanSupplier mayReplace;
  private final Names names = new Names();
  private @Nullable Channel channel;
  private boolean closing;
  private boolean claimed;
  private final Map<String, Consumer<String>> followed = new LinkedHashMap<>();

  /**
   * @param door whose applications those of the portal join
   * @param mayReplace asked before a name is taken from another program
   * @param report takes a sentence for the user
   */
  public SessionBus(int uid, IbusDoor door, BooleanSupplier mayReplace, Consumer<String> report) {
    this(uid, door.portal(), mayReplace, report);
  }

  SessionBus(int uid, Portal portal, BooleanSupplier mayReplace, Consumer<String> report) {
    this.uid = uid;
    this.portal = portal;
    this.mayReplace = mayReplace;
    this.report = report;
  }

  /**
   * Tells whether a name of another program's has an owner, now and whenever that changes; that it
   * has none where there is no bus or it is lost. Before {@link #own}.
   */
  public void follow(String name, Consumer<Boolean> ownership) {
    followed.put(name, owner -> ownership.accept(!owner.isEmpty()));
  }

  /** As {@link #follow}, but tells which process owns the name, as the bus says; 0 for none. */
  public void followProcess(String name, LongConsumer pid) {
    followed.put(
        name,
        owner -> {
          if (owner.isEmpty()) {
            pid.accept(0);
          } else {
            names.ask(
                "GetConnectionUnixProcessID",
                new Value.Str(owner),
                answer ->
                    pid.accept(
                        !answer.body().isEmpty()
                                && answer.body().getFirst() instanceof Value.UInt32 number
                            ? Integer.toUnsignedLong(number.value())
                            : 0));
          }
        });
  }

  /** Tells of every rival that owns a name by which applications find their input method. */
  public void follow(Rivals rivals) {
    followProcess(
        BusObject.IBUS,
        pid -> {
          rivals.holds(BusObject.IBUS, pid);
          names.ibusIsOf(pid);
        });
    followProcess(
        Portal.NAME,
        pid -> {
          rivals.holds(Portal.NAME, pid);
          names.portalIsOf(pid);
        });
    Rivals.OTHERS.forEach(name -> followProcess(name, pid -> rivals.holds(name, pid)));
  }

  private void forgetOwners() {
    followed.values().forEach(each -> each.accept(""));
  }

  /**
   * Asks for the names, now or once there is a connection, and again whenever their owner lets go;
   * the address files must be written before.
   */
  public void claim() {
    claimed = true;
    names.claim();
  }

  /** Whether IBus's name is ours. */
  public boolean hasName() {
    return names.ibusOurs;
  }

  /** Whether the name of IBus's portal is ours. */
  public boolean hasPortal() {
    return names.portalOurs;
  }

  /** Sends a call that wants no answer, if there is a bus. */
  public void order(Message order) {
    names.send(order);
  }

  /**
   * Connects.
   *
   * @param addresses value of {@code DBUS_SESSION_BUS_ADDRESS}, empty if unset
   */
  public void own(String addresses, EventLoopGroup loop) {
    Optional<BusAddress> address = BusAddress.first(addresses);
    if (address.isEmpty()) {
      report.accept(
          addresses.isEmpty()
              ? "DBUS_SESSION_BUS_ADDRESS is not set: GTK 4, Firefox and Chromium will not use"
                  + " Keywarden; start within the session's bus (dbus-run-session makes one)"
              : "DBUS_SESSION_BUS_ADDRESS names no unix socket: " + addresses);
      forgetOwners();
      return;
    }
    ChannelFuture connected =
        new Bootstrap()
            .group(loop)
            .channel(EpollDomainSocketChannel.class)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, UNREAD)
            .handler(
                new ChannelInitializer<EpollDomainSocketChannel>() {
                  @Override
                  protected void initChannel(EpollDomainSocketChannel to) {
                    to.pipeline().addLast(new BusConversation(uid, "the session bus", names));
                  }
                })
            .connect(new DomainSocketAddress(address.get().name()));
    channel = connected.channel();
    connected.addListener(
        done -> {
          if (!done.isSuccess()) {
            report.accept(
                "the session bus cannot be reached at " + addresses + ": " + done.cause());
            forgetOwners();
          }
        });
  }

  /** Gives the names up. */
  public void close() {
    closing = true;
    forgetOwners();
    if (channel != null) {
      channel.close();
    }
  }

  private final class Names implements BusConversation.Party, Portal.Bus {
    private @Nullable BusConversation bus;
    private boolean ibusOurs;
    private boolean portalOurs;

    /** What a rival has is taken from it. */
    private boolean replacing;

    /** Of IBus's name, which was said. */
    private boolean refused;

    @Override
    public void begun(BusConversation conversation) {
      bus = conversation;
      conversation.ask(
          answer -> {
            if (answer.kind() == Message.Kind.ERROR) {
              report.accept("the session bus refused Hello: " + answer.errorName());
            }
          },
          "Hello");
      claim();
      followed.forEach(
          (name, owner) -> {
            ask("AddMatch", new Value.Str(NameOwner.rule(name)), answer -> {});
            ask(
                "GetNameOwner",
                new Value.Str(name),
                answer -> owner.accept(answer.kind() == Message.Kind.ERROR ? "" : text(answer, 0)));
          });
    }

    private void request(String name, int flags, Consumer<Boolean> then) {
      if (bus != null) {
        bus.ask(
            answer ->
                then.accept(
                    !answer.body().isEmpty()
                        && answer.body().getFirst() instanceof Value.UInt32 code
                        && (code.value() == PRIMARY_OWNER || code.value() == ALREADY_OWNER)),
            "RequestName",
            new Value.Str(name),
            new Value.UInt32(flags));
      }
    }

    private void ibusIsOf(long pid) {
      boolean taking = pid != 0 && claimed && !ibusOurs && mayReplace.getAsBoolean();
      if (pid == 0 || taking) {
        replacing = taking;
        claimIbus(taking);
      }
    }

    private void portalIsOf(long pid) {
      if (pid == 0) {
        claimPortal();
      }
    }

    private void claim() {
      claimIbus(false);
    }

    private void claimIbus(boolean taking) {
      if (claimed && !ibusOurs && !closing) {
        request(BusObject.IBUS, DO_NOT_QUEUE | (taking ? REPLACE : 0), this::named);
      }
    }

    private void named(boolean ours) {
      boolean news = ours && !ibusOurs;
      ibusOurs = ours;
      if (news) {
        report.accept("applications of this session type through Keywarden");
      } else if (!ours && !refused) {
        report.accept(notOurs(BusObject.IBUS, "once it is free"));
      }
      refused = !ours;
      claimPortal();
    }

    private void claimPortal() {
      // Whose IBus's name is, a rival that is not to be replaced, keeps its portal.
      if (claimed && (ibusOurs || replacing) && !portalOurs && !closing) {
        request(Portal.NAME, DO_NOT_QUEUE | REPLACE, this::portalNamed);
      }
    }

    private void portalNamed(boolean ours) {
      boolean news = ours && !portalOurs;
      portalOurs = ours;
      if (news) {
        portal.open(this);
      } else if (!ours) {
        report.accept(
            notOurs(
                Portal.NAME,
                "once it is free; until then applications of Flatpak and Snap bypass it"));
      }
    }

    private static String notOurs(String name, String until) {
      return "another program owns "
          + name
          + " on the session bus and does not give it up; Keywarden takes it "
          + until;
    }

    @Override
    public void said(Message signal) {
      String first = text(signal, 0);
      Consumer<String> owner = followed.get(first);
      if ("NameOwnerChanged".equals(signal.member()) && owner != null) {
        owner.accept(text(signal, 2));
      } else if ("NameOwnerChanged".equals(signal.member()) && text(signal, 2).isEmpty()) {
        portal.left(first);
      } else if ("NameLost".equals(signal.member()) && first.equals(BusObject.IBUS)) {
        ibusOurs = false;
        report.accept(
            BusObject.IBUS
                + " on the session bus was taken from Keywarden; applications started"
                + " from now on may bypass it");
      } else if ("NameLost".equals(signal.member()) && first.equals(Portal.NAME)) {
        portalOurs = false;
        portal.close();
        report.accept(
            Portal.NAME
                + " on the session bus was taken from Keywarden; applications of Flatpak and Snap"
                + " bypass it from now on");
      }
    }

    private static String text(Message of, int at) {
      return of.body().size() > at && of.body().get(at) instanceof Value.Str text
          ? text.value()
          : "";
    }

    @Override
    public void received(Message message) {
      Message answer = portal.receive(message);
      if (answer != null) {
        send(answer);
      }
    }

    @Override
    public void batchEnded() {
      portal.batchEnded();
    }

    @Override
    public void ended(String why) {
      if (!closing) {
        portal.close();
        bus = null;
        ibusOurs = false;
        portalOurs = false;
        forgetOwners();
        report.accept(why + "; applications that start from now on bypass Keywarden");
      }
    }

    @Override
    public void ask(String member, Value argument, Consumer<Message> answer) {
      if (bus != null) {
        bus.ask(answer, member, argument);
      }
    }

    @Override
    public void send(Message message) {
      if (bus != null) {
        bus.send(message);
      }
    }
  }
}
