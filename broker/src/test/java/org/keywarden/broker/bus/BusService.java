package org.keywarden.broker.bus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/** A program that owns a name on a bus and answers calls, each on a thread of its own. */
public final class BusService implements AutoCloseable {
  private final BusPeer peer;
  private final Function<Message, @Nullable Message> answers;

  private BusService(BusPeer peer, Function<Message, @Nullable Message> answers) {
    this.peer = peer;
    this.answers = answers;
  }

  /**
   * @param name empty for none
   * @param answers gives the answer to a call, or null for none
   */
  public static BusService on(
      PrivateBus bus, int uid, String name, Function<Message, @Nullable Message> answers)
      throws IOException {
    return on(bus.socket(), uid, name, answers);
  }

  private static BusService on(
      Path socket, int uid, String name, Function<Message, @Nullable Message> answers)
      throws IOException {
    BusPeer peer = BusPeer.connect(socket, uid);
    BusService service = new BusService(peer, answers);
    if (!name.isEmpty()) {
      peer.askBus("RequestName", new Value.Str(name), new Value.UInt32(0));
    }
    Thread.ofPlatform().daemon().name("service").start(service::serve);
    return service;
  }

  private void serve() {
    try {
      while (true) {
        Message message = peer.read();
        Message answer = message.kind() == Message.Kind.CALL ? answers.apply(message) : null;
        if (answer != null) {
          peer.send(answer);
        }
      }
    } catch (IOException over) {
      // The bus or this service has ended.
    }
  }

  public void emit(Message signal) throws IOException {
    peer.send(signal);
  }

  @Override
  public void close() throws IOException {
    peer.close();
  }
}
