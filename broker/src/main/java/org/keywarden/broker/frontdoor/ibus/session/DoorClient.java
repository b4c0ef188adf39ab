package org.keywarden.broker.frontdoor.ibus.session;

import java.util.function.Consumer;
import org.keywarden.broker.frontdoor.ibus.context.IbusClient;
import org.keywarden.broker.frontdoor.ibus.context.IbusObject;
import org.keywarden.broker.frontdoor.ibus.panel.Applicant;
import org.keywarden.broker.frontdoor.ibus.panel.Panel;
import org.keywarden.ibus.bus.AnyObject;
import org.keywarden.ibus.bus.BusObject;
import org.keywarden.ibus.bus.Errors;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/** One connection as a bus and IBus would serve it: who is called, and who answers. */
final class DoorClient {
  private final String name;
  private final BusObject bus;
  private final IbusClient client;
  private final Applicant panel;
  private final Consumer<Message> out;
  private boolean helloSaid;
  private int serial;

  /** Of the ping that has no answer yet, else 0. */
  private int pinged;

  private Runnable afterPing = () -> {};

  /** Of the call being answered if it wants no reply, else 0. */
  private int quiet;

  /**
   * @param name unique, such as {@code :1.7}
   * @param panel the role that it may ask for
   * @param out takes complete messages
   */
  DoorClient(
      String name,
      String guid,
      IbusClient.Peer peer,
      IbusClient.Surroundings around,
      Panel panel,
      Consumer<Message> out) {
    this.name = name;
    this.bus = new BusObject(guid, new DoorNames(name));
    this.out = out;
    this.client = new IbusClient(peer, around, this::send);
    client.askLibraryBy(this::ping);
    this.panel = panel.meet(peer.share().owner(), peer.executable(), this::send);
  }

  IbusClient client() {
    return client;
  }

  boolean helloSaid() {
    return helloSaid;
  }

  /** Takes a message; of answers only that to a ping means something, of signals a panel's. */
  void receive(Message message) {
    if (message.kind() == Message.Kind.CALL) {
      client.inTurn(message, () -> take(message));
    } else if (message.kind() == Message.Kind.SIGNAL && helloSaid) {
      panel.hear(message);
    } else if (pinged != 0 && message.replySerial() == pinged) {
      pinged = 0;
      afterPing.run();
    }
  }

  /** A library answers this by itself, in the order of what it was sent. */
  private void ping(Runnable then) {
    send(
        Message.call(name, IbusObject.PATH, "org.freedesktop.DBus.Peer", "Ping")
            .from(BusObject.OWNER));
    pinged = serial;
    afterPing = then;
  }

  /** The connection has ended. */
  void gone() {
    panel.gone();
  }

  private void take(Message message) {
    quiet = message.wantsReply() ? 0 : message.serial();
    Message call = message.from(name);
    String to = call.destination() == null ? BusObject.IBUS : call.destination();
    if (to.equals(BusObject.NAME)) {
      receiveForBus(call);
    } else if (!helloSaid) {
      send(Errors.denied(call, "Hello comes first").from(BusObject.NAME));
    } else if (!to.equals(BusObject.IBUS) && !to.equals(BusObject.OWNER)) {
      send(Errors.named(call, "ServiceUnknown", "nobody owns this name").from(BusObject.NAME));
    } else if (!receiveForAny(call)) {
      panel.take(call, client::receive);
    }
    quiet = 0;
  }

  private void receiveForBus(Message call) {
    if (!helloSaid) {
      helloSaid = "Hello".equals(call.member());
      send(
          (helloSaid ? call.reply(new Value.Str(name)) : Errors.denied(call, "Hello comes first"))
              .from(BusObject.NAME));
    } else if (!receiveForAny(call)) {
      panel.take(call, asked -> send(bus.answer(asked).from(BusObject.NAME)));
    }
  }

  private boolean receiveForAny(Message call) {
    Message answer = AnyObject.answer(call);
    if (answer != null) {
      send(answer.from(BusObject.OWNER));
    }
    return answer != null;
  }

  private void send(Message message) {
    if (message.replySerial() != 0 && message.replySerial() == quiet) {
      return;
    }
    serial = serial == -1 ? 1 : serial + 1;
    out.accept(message.to(name).numbered(serial));
  }
}
