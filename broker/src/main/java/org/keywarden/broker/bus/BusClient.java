package org.keywarden.broker.bus;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.process.Backoff;
import org.keywarden.broker.socket.AdmittingSocket;
import org.keywarden.ibus.wire.BusAddress;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/**
 * A client of a bus for as long as the broker runs: a connection that ends, or a bus that is not
 * there, is tried again. Every call has a deadline. Thread: its loop's, for everything.
 */
public final class BusClient {
  /** In ms, how long a bus may take to let us in, and anybody to answer. */
  static final long DEADLINE = 5_000;

  /** What the kernel says of a bus that has too many connections to accept (EAGAIN). */
  private static final String BUSY = "temporarily unavailable";

  /** Who uses it; told in turns of the loop. */
  public interface User {
    /** A bus is there, and has not let us in. */
    void found();

    /** Match rules and calls may be sent. */
    void begun();

    /** A signal; its sender is who the bus says it is. */
    void signalled(Message signal);

    /**
     * A call of another client's, who is who the bus says it is. Unless this is overridden nothing
     * is served, and no call answered.
     */
    default void called(Message call) {}

    /** There is no bus, or no more: no call is answered any more, no match rule holds. */
    void gone();
  }

  private final int uid;
  private final String name;
  private final @Nullable DomainSocketAddress address;
  private final EventLoop loop;
  private final LongSupplier clock;
  private final Backoff backoff;
  private final User user;
  private @Nullable Connection now;
  private String unique = "";
  private boolean closed;

  /**
   * @param name what it is called where something is said of it
   * @param addresses as in {@code DBUS_SESSION_BUS_ADDRESS}; without a unix socket among them there
   *     is no bus, ever
   * @param clock in ns
   */
  public BusClient(
      int uid,
      String name,
      String addresses,
      EventLoop loop,
      LongSupplier clock,
      Backoff backoff,
      User user) {
    this.uid = uid;
    this.name = name;
    this.address =
        BusAddress.first(addresses)
            .map(found -> new DomainSocketAddress(found.name()))
            .orElse(null);
    this.loop = loop;
    this.clock = clock;
    this.backoff = backoff;
    this.user = user;
  }

  /** Connects, again and again. */
  public void start() {
    if (address == null) {
      user.gone();
    } else {
      connect(address);
    }
  }

  /** Ends the connection; nobody is told of anything any more. */
  public void close() {
    closed = true;
    if (now != null) {
      now.conversation.giveUp("is not needed any more");
    }
  }

  /** Asks for the signals of a match rule, as long as this connection lasts. */
  public void match(String rule) {
    ask("AddMatch", answer -> {}, new Value.Str(rule));
  }

  /** Takes a match rule back. */
  public void unmatch(String rule) {
    ask("RemoveMatch", answer -> {}, new Value.Str(rule));
  }

  /**
   * Asks the bus itself.
   *
   * @param answer takes a return or an error, null if there was none in time; not called if the
   *     connection ends before
   */
  public void ask(String member, Consumer<@Nullable Message> answer, Value... arguments) {
    call(
        Message.call(
            BusConversation.BUS, "/org/freedesktop/DBus", BusConversation.BUS, member, arguments),
        answer);
  }

  /** Calls a client of the bus by its unique name; {@code answer} as of {@link #ask}. */
  public void call(Message call, Consumer<@Nullable Message> answer) {
    if (now != null) {
      now.call(call, answer);
    }
  }

  /** Sends a signal, an answer, or a call that wants none; lost where there is no connection. */
  public void send(Message message) {
    if (now != null && now.begun) {
      int ignored = now.conversation.send(message);
    }
  }

  /** The unique name that the bus gave this connection, once it has begun. */
  public String uniqueName() {
    return unique;
  }

  /** Runs something after a delay in ms, whatever has become of the connection. */
  public void after(long delay, Runnable action) {
    loop.schedule(
        () -> {
          if (!closed) {
            action.run();
          }
        },
        delay,
        TimeUnit.MILLISECONDS);
  }

  private void connect(DomainSocketAddress to) {
    if (closed) {
      return;
    }
    backoff.started(clock.getAsLong());
    Connection next = new Connection();
    now = next;
    new Bootstrap()
        .group(loop)
        .channel(EpollDomainSocketChannel.class)
        .option(ChannelOption.RECVBUF_ALLOCATOR, AdmittingSocket.TURN)
        .handler(
            new ChannelInitializer<EpollDomainSocketChannel>() {
              @Override
              protected void initChannel(EpollDomainSocketChannel channel) {
                channel.pipeline().addLast(next.conversation);
              }
            })
        .connect(to)
        .addListener(done -> next.connected(done.isSuccess(), Optional.ofNullable(done.cause())));
  }

  /** One connection, from the attempt to its end. */
  private final class Connection implements BusConversation.Party {
    private final BusConversation conversation = new BusConversation(uid, name, this);
    private boolean begun;
    private boolean over;

    /** It did not let us in within {@link #DEADLINE}: so it is there, and says nothing. */
    private boolean hung;

    void connected(boolean success, Optional<Throwable> failure) {
      if (closed || over) {
        return;
      }
      if (success) {
        user.found();
        after(DEADLINE, this::checkBegun);
        return;
      }
      hung = failure.map(Throwable::getMessage).filter(why -> why.contains(BUSY)).isPresent();
      if (hung) {
        user.found();
      }
      end();
    }

    private void checkBegun() {
      if (!begun && !over) {
        hung = true;
        conversation.giveUp("does not let us in");
      }
    }

    @Override
    public void begun(BusConversation authenticated) {
      call(
          Message.call(BusConversation.BUS, "/org/freedesktop/DBus", BusConversation.BUS, "Hello"),
          answer -> {
            if (answer != null && answer.kind() == Message.Kind.RETURN) {
              begun = true;
              unique =
                  answer.body().size() == 1 && answer.body().getFirst() instanceof Value.Str given
                      ? given.value()
                      : "";
              user.begun();
            } else {
              hung = answer == null;
              conversation.giveUp("does not let us in");
            }
          });
    }

    void call(Message call, Consumer<@Nullable Message> answer) {
      if (over) {
        return;
      }
      // Answered or late, whichever is first.
      boolean[] settled = new boolean[1];
      int serial =
          conversation.call(
              call,
              message -> {
                settled[0] = true;
                answer.accept(message);
              });
      after(
          DEADLINE,
          () -> {
            if (!settled[0] && !over) {
              conversation.forget(serial);
              answer.accept(null);
            }
          });
    }

    @Override
    public void said(Message signal) {
      signalled(signal);
    }

    @Override
    public void received(Message message) {
      if (message.kind() == Message.Kind.SIGNAL) {
        signalled(message);
      } else if (message.kind() == Message.Kind.CALL && begun && !closed) {
        user.called(message);
      }
    }

    private void signalled(Message signal) {
      if (begun && !closed) {
        user.signalled(signal);
      }
    }

    @Override
    public void batchEnded() {}

    @Override
    public void ended(String why) {
      end();
    }

    private void end() {
      if (over) {
        return;
      }
      over = true;
      if (closed) {
        return;
      }
      now = null;
      if (!hung || begun) {
        user.gone();
      }
      long delay = backoff.died(clock.getAsLong()).orElse(0);
      DomainSocketAddress to = address;
      if (to != null) {
        after(TimeUnit.NANOSECONDS.toMillis(delay), () -> connect(to));
      }
    }
  }
}
