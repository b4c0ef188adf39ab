package org.keywarden.broker.frontdoor.ibus.session;

import java.io.IOException;
import java.nio.file.Path;
import org.keywarden.broker.frontdoor.ibus.context.ContextCalls;
import org.keywarden.broker.frontdoor.ibus.context.IbusObject;
import org.keywarden.client.bus.BusLine;
import org.keywarden.ibus.bus.BusObject;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/** A program on a real session bus. */
final class BusCaller implements AutoCloseable {
  private final BusLine line;

  private BusCaller(BusLine line) {
    this.line = line;
  }

  static BusCaller connect(Path bus) throws IOException {
    return new BusCaller(BusLine.greeted(bus));
  }

  Message askBus(String member, Value... body) throws IOException {
    return line.call(Message.call(BusObject.NAME, "/", BusObject.NAME, member, body));
  }

  Message askPortal(String path, String on, String member, Value... body) throws IOException {
    return line.call(Message.call(Portal.NAME, path, on, member, body));
  }

  /** Sends without waiting; the call's serial. */
  int send(Message call) throws IOException {
    return line.send(call);
  }

  /** The next message. */
  Message read() throws IOException {
    return line.next();
  }

  String context(String client) throws IOException {
    Message made =
        askPortal(IbusObject.PATH, Portal.INTERFACE, "CreateInputContext", Fixture.text(client));
    return made.body().getFirst() instanceof Value.ObjectPath path
        ? path.value()
        : Fixture.outcome(made);
  }

  Message on(String context, String member, Value... body) throws IOException {
    return askPortal(context, ContextCalls.INTERFACE, member, body);
  }

  @Override
  public void close() throws IOException {
    line.close();
  }
}
