package org.keywarden.broker.frontdoor.wayland;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.keywarden.wayland.socket.DescriptorSocket;
import org.keywarden.wayland.socket.Descriptors;
import org.keywarden.wayland.wire.Incoming;
import org.keywarden.wayland.wire.MalformedMessage;
import org.keywarden.wayland.wire.WaylandMessage;

/**
 * A compositor's socket in the seat's event loop: a key needs no other thread. What is paused is
 * not read, so that the compositor's own bounds hold.
 */
final class LinkSocket implements EpollIoHandle {
  /** Reads in one turn of the loop, which has others to serve. */
  private static final int READS = 8;

  /** Bytes that a compositor may leave unread. */
  private static final int MOST_UNSENT = 256 * 1024;

  private static final EpollIoOps READ = EpollIoOps.EPOLLIN;
  private static final EpollIoOps FAILED = EpollIoOps.EPOLLERR.with(EpollIoOps.EPOLLRDHUP);

  /** Who speaks with the compositor. */
  interface Speaker extends Incoming.Members {
    void take(WaylandMessage message) throws MalformedMessage;

    void batchEnded();

    /** The connection is over, once. */
    void lost(String why);
  }

  private final DescriptorSocket socket;
  private final Speaker speaker;
  private final FileDescriptor descriptor;
  private final Incoming incoming = new Incoming();
  private final ByteBuffer unsent = ByteBuffer.allocate(MOST_UNSENT);
  private @Nullable IoRegistration registration;
  private EpollIoOps listening = EpollIoOps.NONE;
  private boolean paused;
  private boolean reading;
  private boolean over;

  LinkSocket(DescriptorSocket socket, Speaker speaker) {
    this.socket = socket;
    this.speaker = speaker;
    this.descriptor = new FileDescriptor(socket.descriptor());
  }

  /** From now on it is read by this thread. */
  void register(IoEventLoop loop) {
    loop.register(this).addListener((Future<IoRegistration> made) -> registered(made));
  }

  private void registered(Future<IoRegistration> made) {
    if (made.isSuccess() && over) {
      made.getNow().cancel();
    } else if (made.isSuccess()) {
      registration = made.getNow();
      listen();
    } else {
      lose("cannot be listened to");
    }
  }

  @Override
  public FileDescriptor fd() {
    return descriptor;
  }

  @Override
  public void handle(IoRegistration of, IoEvent event) {
    EpollIoOps ops = ((EpollIoEvent) event).ops();
    if (paused && (ops.contains(EpollIoOps.EPOLLERR) || ops.contains(EpollIoOps.EPOLLRDHUP))) {
      lose("the connection is over");
      return;
    }
    if (ops.contains(EpollIoOps.EPOLLOUT)) {
      flush();
    }
    read();
  }

  /** Takes what is there, some of it if there is much. */
  private void read() {
    takeWhatIsThere();
    if (!over) {
      speaker.batchEnded();
      flush();
    }
  }

  void takeWhatIsThere() {
    if (reading) {
      return;
    }
    reading = true;
    try {
      takeComplete();
      for (int i = 0; i < READS && !paused && !over && socket.receive(incoming); i++) {
        takeComplete();
      }
    } catch (IOException e) {
      lose(String.valueOf(e.getMessage()));
    } catch (MalformedMessage e) {
      lose("does not speak the protocol: " + e.getMessage());
    } catch (RuntimeException unforeseen) {
      // The loop is everybody's: a fault of this door ends this connection.
      lose("cannot be followed (" + unforeseen.getClass().getSimpleName() + ")");
    } finally {
      reading = false;
    }
  }

  private void takeComplete() throws MalformedMessage {
    while (!paused && !over) {
      WaylandMessage message = incoming.next(speaker);
      if (message == null) {
        return;
      }
      speaker.take(message);
    }
  }

  void pause() {
    paused = true;
    listen();
  }

  void resume() {
    paused = false;
    listen();
    if (!reading && !over) {
      read();
    }
  }

  /** Sends a message at the next {@link #flush}. */
  void send(ByteBuffer message) {
    if (over) {
      return;
    }
    if (message.remaining() > unsent.remaining()) {
      lose("reads nothing");
      return;
    }
    unsent.put(message);
  }

  /**
   * Sends a message and what is before it at once, with a descriptor.
   *
   * @param beside stays the caller's
   */
  void send(ByteBuffer message, int beside) {
    flush();
    try {
      if (!over && (unsent.position() > 0 || !socket.send(message, beside))) {
        lose("reads nothing");
      } else if (message.hasRemaining()) {
        send(message);
      }
    } catch (IOException e) {
      lose(String.valueOf(e.getMessage()));
    }
  }

  void flush() {
    if (over || unsent.position() == 0) {
      return;
    }
    unsent.flip();
    try {
      while (unsent.hasRemaining() && socket.send(unsent, -1)) {
        // Until it would have to wait.
      }
    } catch (IOException e) {
      lose(String.valueOf(e.getMessage()));
    }
    unsent.compact();
    listen();
  }

  private void listen() {
    if (registration == null || over) {
      return;
    }
    EpollIoOps ops = paused ? FAILED : READ.with(FAILED);
    EpollIoOps wanted = unsent.position() > 0 ? ops.with(EpollIoOps.EPOLLOUT) : ops;
    if (!wanted.equals(listening)) {
      listening = wanted;
      registration.submit(wanted);
    }
  }

  private void lose(String why) {
    if (!over) {
      close();
      speaker.lost(why);
    }
  }

  /** Ends it without a word. */
  @Override
  public void close() {
    if (over) {
      return;
    }
    over = true;
    if (registration != null) {
      registration.cancel();
    }
    incoming.takeDescriptors().forEach(Descriptors::close);
    socket.close();
  }
}
