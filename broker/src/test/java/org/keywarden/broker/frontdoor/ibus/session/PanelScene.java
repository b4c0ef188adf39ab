package org.keywarden.broker.frontdoor.ibus.session;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.keywarden.broker.budget.Budget;
import org.keywarden.broker.budget.Holder;
import org.keywarden.broker.seat.Edit;
import org.keywarden.broker.seat.FieldId;
import org.keywarden.broker.seat.HostEffect;
import org.keywarden.broker.seat.Route;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.socket.Admissions;
import org.keywarden.ibus.bus.BusObject;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/** A panel and an application at the door, and what tests say for them. */
abstract class PanelScene {
  static final String PANEL = "org.freedesktop.IBus.Panel";
  static final String PATH = "/org/freedesktop/IBus/Panel";
  static final int CAN_PREEDIT_AND_FOCUS = 9;

  final Fixture door = new Fixture();
  final Budget.Share process = Admissions.share(new Holder(List.of(new Holder.Kin(70, 5))));
  final Fixture.App panel = door.app(process);
  final Fixture.App application = door.app();
  String context = "";
  FieldId field = new FieldId(0, 0);

  @BeforeEach
  void begin() {
    door.trust.started(process.owner());
    context = application.create("gtk3-im:app");
    application.capabilities(context, CAN_PREEDIT_AND_FOCUS);
    application.on(context, "FocusIn");
    field = door.seen(SeatEvent.FocusGained.class).getLast().field();
  }

  Message request(Fixture.App of, String name) {
    return of.call(
        BusObject.NAME,
        "/org/freedesktop/DBus",
        BusObject.NAME,
        "RequestName",
        Fixture.text(name),
        new Value.UInt32(3));
  }

  void own() {
    request(panel, PANEL);
    panel.received.clear();
  }

  void route(Route route) {
    apply(new HostEffect.RouteChanged(field, route, false));
  }

  void edit(Edit edit) {
    apply(new HostEffect.EditField(field, edit));
  }

  void apply(HostEffect effect) {
    application.apply(effect);
    door.panel.apply(effect);
  }

  List<String> told() {
    return panel.received.stream().map(Message::member).map(String::valueOf).toList();
  }

  void say(Fixture.App who, String member, Value... body) {
    who.door.receive(Message.signal(PATH, PANEL, member, body).numbered(99));
  }

  static Value number(int number) {
    return new Value.UInt32(number);
  }
}
