package org.keywarden.broker.frontdoor.window;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks as a window manager does ({@code _NET_WM_PING}, Extended Window Manager Hints): a toolkit
 * answers when its event loop comes to the message, and it comes to messages of the X server only
 * when it has handled what it had before. So when it has answered {@link #ROUNDS} of them, one
 * after another, its loop has come around often enough. Seat's thread.
 */
public final class WindowPings implements EventLoops {
  /**
   * One round lets the loop take a key's answer, one lets it come to the key; Qt puts it into a
   * queue between.
   */
  private static final int ROUNDS = 3;

  private static final int CHANGE_ATTRIBUTES = 2;
  private static final int QUERY_TREE = 15;
  private static final int INTERN_ATOM = 16;
  private static final int GET_PROPERTY = 20;
  private static final int SEND_EVENT = 25;
  private static final int GET_FOCUS = 43;
  private static final int CARDINAL = 6;
  private static final int EVENT_MASK = 1 << 11;

  /** What an answer is sent as: GDK's SubstructureNotify, Qt's StructureNotify. */
  private static final int ANSWERS = 1 << 19 | 1 << 17;

  private static final int CLIENT_MESSAGE = 33;

  /** How long an answer is awaited, in ns: longer than a key is held. */
  private static final long PATIENCE = 1_000_000_000;

  /** Questions have a pace, in ns for each, and a few may come at once: whoever sends keys asks. */
  private static final long EACH = 20_000_000;

  private static final long AT_ONCE = 5 * EACH;

  /** Windows between the one with the keyboard and the one that names its program. */
  private static final int DEEPEST = 8;

  private final Optional<DisplayAddress> address;
  private final EventLoop loop;
  private final LongSupplier clock;
  private final OneProcess processes;
  private @Nullable Channel channel;
  private @Nullable DisplayConnection display;
  private int protocols;
  private int ping;
  private int pidProperty;
  private int serial;
  private @Nullable Question asked;

  /** When all that was asked so far has had its time, in ns. */
  private long pacedUntil;

  /**
   * @param environment of the session
   * @param clock in ns
   * @param proc where proc is mounted
   */
  public WindowPings(
      Map<String, String> environment, EventLoop loop, LongSupplier clock, Path proc) {
    this(DisplayAddress.of(environment), loop, clock, proc);
  }

  WindowPings(Optional<DisplayAddress> address, EventLoop loop, LongSupplier clock, Path proc) {
    this.address = address;
    this.loop = loop;
    this.clock = clock;
    this.pacedUntil = clock.getAsLong();
    this.processes = new OneProcess(proc);
  }

  /** What is asked now. */
  private static final class Question {
    final long pid;
    final Runnable then;
    int window;
    int rounds;
    int token;

    Question(long pid, Runnable then) {
      this.pid = pid;
      this.then = then;
    }
  }

  @Override
  public void open() {
    connect();
  }

  @Override
  public void ask(long pid, Runnable then) {
    DisplayConnection to = display;
    if (channel == null || !channel.isOpen()) {
      connect();
    } else if (to != null && hasPace() && processes.isAlone(pid)) {
      Question question = new Question(pid, then);
      asked = question;
      var unused = loop.schedule(() -> giveUp(to, question), PATIENCE, TimeUnit.NANOSECONDS);
      to.ask(
          GET_FOCUS,
          0,
          to.body(),
          answer -> {
            if (answer != null) {
              climb(to, question, answer.getIntLE(8), 0);
            }
          });
    }
  }

  private boolean hasPace() {
    long now = clock.getAsLong();
    long from = Math.max(0, pacedUntil - now);
    boolean has = from < AT_ONCE;
    pacedUntil = now + from + (has ? EACH : 0);
    return has;
  }

  private void connect() {
    display = null;
    asked = null;
    if (address.isEmpty()) {
      return;
    }
    DisplayConnection connection =
        new DisplayConnection(address.get(), this::connected, this::heard);
    channel =
        new Bootstrap()
            .group(loop)
            .channel(EpollDomainSocketChannel.class)
            .handler(connection)
            .connect(new DomainSocketAddress(address.get().socket().toString()))
            .channel();
  }

  private void connected(DisplayConnection to) {
    intern(to, "WM_PROTOCOLS", atom -> protocols = atom);
    intern(to, "_NET_WM_PING", atom -> ping = atom);
    intern(
        to,
        "_NET_WM_PID",
        atom -> {
          pidProperty = atom;
          display = to;
        });
  }

  private static void intern(DisplayConnection to, String name, IntConsumer then) {
    ByteBuf body = to.body();
    body.writeShortLE(name.length()).writeShortLE(0);
    body.writeBytes(name.getBytes(StandardCharsets.US_ASCII)).writeZero(-name.length() & 3);
    to.ask(
        INTERN_ATOM,
        0,
        body,
        answer -> {
          if (answer != null) {
            then.accept(answer.getIntLE(8));
          }
        });
  }

  /** Looks for the window that names its program, from one inside it outwards. */
  private void climb(DisplayConnection to, Question question, int window, int depth) {
    if (asked != question || window == to.root() || (window & ~1) == 0 || depth > DEEPEST) {
      return;
    }
    ByteBuf body = to.body();
    body.writeIntLE(window).writeIntLE(pidProperty).writeIntLE(CARDINAL);
    body.writeIntLE(0).writeIntLE(1);
    to.ask(
        GET_PROPERTY,
        0,
        body,
        answer -> {
          if (answer == null) {
            return;
          }
          boolean names = answer.readableBytes() >= 36 && answer.getIntLE(16) == 1;
          if (!names) {
            outwards(to, question, window, depth);
          } else if (answer.getUnsignedIntLE(32) == question.pid && asked == question) {
            question.window = window;
            ping(to, question);
          }
        });
  }

  private void outwards(DisplayConnection to, Question question, int window, int depth) {
    to.ask(
        QUERY_TREE,
        0,
        to.body().writeIntLE(window),
        answer -> {
          if (answer != null) {
            climb(to, question, answer.getIntLE(12), depth + 1);
          }
        });
  }

  private void ping(DisplayConnection to, Question question) {
    question.token = ++serial;
    listen(to, ANSWERS);
    ByteBuf body = to.body();
    body.writeIntLE(question.window).writeIntLE(0);
    body.writeByte(CLIENT_MESSAGE).writeByte(32).writeShortLE(0);
    body.writeIntLE(question.window).writeIntLE(protocols);
    body.writeIntLE(ping).writeIntLE(question.token).writeIntLE(question.window).writeZero(8);
    to.send(SEND_EVENT, 0, body);
  }

  /** Answers come as to a window manager; while none is awaited, nothing is listened to. */
  private static void listen(DisplayConnection to, int events) {
    ByteBuf body = to.body();
    body.writeIntLE(to.root()).writeIntLE(EVENT_MASK).writeIntLE(events);
    to.send(CHANGE_ATTRIBUTES, 0, body);
  }

  private void giveUp(DisplayConnection to, Question question) {
    if (asked == question) {
      asked = null;
      listen(to, 0);
    }
  }

  private void heard(ByteBuf message) {
    DisplayConnection to = display;
    Question question = asked;
    if (to == null
        || question == null
        || message.getIntLE(8) != protocols
        || message.getIntLE(12) != ping
        || message.getIntLE(16) != question.token
        || message.getIntLE(20) != question.window) {
      return;
    }
    question.rounds++;
    if (question.rounds < ROUNDS) {
      ping(to, question);
    } else {
      asked = null;
      listen(to, 0);
      question.then.run();
    }
  }
}
