package org.keywarden.broker.frontdoor.ibus.session;

import java.util.List;
import org.keywarden.broker.seat.Edit;
import org.keywarden.broker.seat.FieldId;
import org.keywarden.broker.seat.HostEffect;
import org.keywarden.broker.seat.Preedit;
import org.keywarden.broker.seat.Route;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/** An application at the door, as captured of real clients. */
abstract class DoorScene {
  static final int GTK = 169;
  static final int TAB = 0xFF09;
  static final int RELEASE = 1 << 30;
  static final Value.Bool NO = new Value.Bool(false);
  final Fixture fixture = new Fixture();
  final Fixture.App app = fixture.app();

  String gtk() {
    String context = app.create("gtk3-im:app");
    app.capabilities(context, GTK);
    return context;
  }

  String focused() {
    String context = gtk();
    app.type(context, 0, 0);
    app.on(context, "FocusIn");
    return context;
  }

  FieldId field() {
    return fixture.seen(SeatEvent.FieldOpened.class).getLast().field();
  }

  String qt() {
    String context = app.create("QIBusInputContext");
    app.capabilities(context, 41);
    app.on(context, "FocusIn");
    app.apply(new HostEffect.RouteChanged(field(), Route.COMPOSING, false));
    return context;
  }

  String bridge(int purposeBefore) {
    String context = app.create("gnome-shell");
    app.capabilities(context, 41);
    app.type(context, purposeBefore, 0);
    app.on(context, "FocusIn");
    return context;
  }

  static Preedit preedit(String text) {
    return new Preedit(text, 1, false);
  }

  /** Types a key, lets it cause text, and answers it as left to the application. */
  List<Message> afterText(String context, int keysym, int state) {
    app.key(context, keysym, 15, state);
    SeatEvent.KeyTyped typed = fixture.seen(SeatEvent.KeyTyped.class).getLast();
    int before = app.received.size();
    app.apply(new HostEffect.EditField(typed.field(), new Edit.Insert("か")));
    app.apply(new HostEffect.AnswerKey(typed.field(), typed.keyId(), false));
    return app.received.subList(before, app.received.size());
  }
}
