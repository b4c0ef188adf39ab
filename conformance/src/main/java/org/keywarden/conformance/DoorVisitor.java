package org.keywarden.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.keywarden.client.bus.BusLine;
import org.keywarden.client.bus.IbusCalls;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/** A hostile or honest program at the broker's IBus door. What it receives is kept. */
final class DoorVisitor implements AutoCloseable {
  private static final int KEYCODE = 30;
  private static final int KEYS = 128;

  private final BusLine line;
  private final List<Message> received = new CopyOnWriteArrayList<>();
  private volatile boolean ended;

  private DoorVisitor(BusLine line) {
    this.line = line;
  }

  /** Connects and says nothing. */
  static DoorVisitor silent(Path door) {
    try {
      return new DoorVisitor(BusLine.silent(door));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Connects, authenticates and says Hello. */
  static DoorVisitor greeted(Path door) throws Unsettled {
    DoorVisitor visitor = letIn(door);
    visitor.listen();
    visitor.call(IbusCalls.BUS, IbusCalls.BUS_PATH, IbusCalls.BUS, "Hello");
    return visitor;
  }

  /**
   * Connects and authenticates. What was closed just before still takes its room for a moment, so
   * who is refused comes again.
   */
  private static DoorVisitor letIn(Path door) throws Unsettled {
    List<DoorVisitor> in = new ArrayList<>(1);
    Await.until(
        "place for another connection",
        Await.PATIENCE,
        () -> {
          DoorVisitor visitor = silent(door);
          try {
            visitor.authenticateOnly();
            return in.add(visitor);
          } catch (Unsettled refused) {
            visitor.close();
            return false;
          }
        },
        () -> "refused");
    return in.getFirst();
  }

  /** Authenticates; nothing of what comes after is read. */
  void authenticateOnly() throws Unsettled {
    try {
      line.authenticate();
    } catch (IOException e) {
      throw new Unsettled("the door let nobody in: " + e.getMessage(), e);
    }
  }

  /** From now on what comes is kept. */
  void listen() {
    Thread.ofVirtual().start(this::receive);
  }

  private void receive() {
    try {
      while (true) {
        received.add(line.next());
      }
    } catch (IOException closed) {
      ended = true;
    }
  }

  /** Sends bytes as they are; a connection closed meanwhile takes none. */
  void bytes(byte[] bytes) {
    try {
      line.bytes(bytes);
    } catch (IOException closed) {
      ended = true;
    }
  }

  /** Sends a call; gives its serial. A connection closed meanwhile takes none. */
  int send(Message call) {
    try {
      return line.send(call);
    } catch (IOException closed) {
      ended = true;
      return line.serial();
    }
  }

  int send(String to, String path, String interfaceName, String member, Value... body) {
    return send(Message.call(to, path, interfaceName, member, body));
  }

  /** Sends a call and waits for its answer. */
  Message call(Message call) throws Unsettled {
    return answer(send(call));
  }

  Message call(String to, String path, String interfaceName, String member, Value... body)
      throws Unsettled {
    return call(Message.call(to, path, interfaceName, member, body));
  }

  Message answer(int to) throws Unsettled {
    awaitMessage("answer", message -> message.replySerial() == to);
    return received.stream()
        .filter(message -> message.replySerial() == to)
        .findFirst()
        .orElseThrow();
  }

  void awaitMessage(String what, Predicate<Message> wanted) throws Unsettled {
    Await.until(
        what,
        Await.PATIENCE,
        () -> received.stream().anyMatch(wanted),
        () -> ended ? "the connection ended" : received.size() + " other messages");
  }

  /** Waits for the broker to close the connection. */
  void awaitEnd() throws Unsettled {
    Await.until("end of the connection", Await.PATIENCE, () -> ended, () -> "it is open");
  }

  boolean ended() {
    return ended;
  }

  List<Message> received() {
    return List.copyOf(received);
  }

  /** The last part of an error's name, or "ok". */
  static String outcome(Message answer) {
    String error = answer.errorName();
    return error == null ? "ok" : error.substring(error.lastIndexOf('.') + 1);
  }

  // As an application.

  /** Makes an input context; gives its path. */
  String context(String client) throws Unsettled {
    try {
      String path = IbusCalls.contextIn(call(IbusCalls.newContext(client)));
      on(path, "SetCapabilities", new Value.UInt32(IbusCalls.CAPABILITIES));
      return path;
    } catch (IOException none) {
      throw new Unsettled(String.valueOf(none.getMessage()), none);
    }
  }

  Message on(String context, String member, Value... body) throws Unsettled {
    return call(IbusCalls.on(context, member, body));
  }

  /** Says what the field is, then focuses it. */
  void focus(String context, int purpose, int hints) throws Unsettled {
    answer(declare(context, purpose, hints));
    on(context, "FocusIn");
  }

  /** Says what the field is; gives the call's serial. */
  int declare(String context, int purpose, int hints) {
    return send(IbusCalls.type(context, purpose, hints));
  }

  /** Reports text with the cursor at its end; gives the call's serial. */
  int report(String context, String text) {
    return send(IbusCalls.surrounding(context, text));
  }

  /** Presses a key; gives the call's serial. */
  int press(String context, int keysym) {
    // Each letter has a key of its own: a key that is down already would only repeat.
    return send(IbusCalls.key(context, keysym, KEYCODE + keysym % KEYS, 0));
  }

  /** Types a text, key by key; gives the outcome of the last. */
  Message type(String context, String text) throws Unsettled {
    int last = 0;
    for (int i = 0; i < text.length(); i++) {
      last = press(context, text.charAt(i));
    }
    return answer(last);
  }

  @Override
  public void close() {
    try {
      line.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
