package org.keywarden.broker.frontdoor.ibus.panel;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.seat.FieldId;
import org.keywarden.broker.seat.HostEffect;
import org.keywarden.broker.seat.Key;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.seat.SeatInbox;
import org.keywarden.ibus.bus.BusObject;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/** The role of the panel: who has it, what that one is told, and what it may say. */
public final class Panel {
  private final SeatInbox inbox;
  private final PanelTrust trust;
  private final PanelEngines engines;
  private final SwitchKey switchKey;
  private final PanelView view = new PanelView(this::tell);
  private final Set<Applicant> connected = new LinkedHashSet<>();
  private @Nullable Applicant holder;
  private @Nullable FieldId focused;

  /** The engine that the panel was last told of. */
  private String told = "";

  /**
   * @param chord switches the input method where no panel has a key for that; empty for none
   * @param afterPause runs an action some 200 ms later, on the seat's thread
   */
  public Panel(
      SeatInbox inbox,
      PanelTrust trust,
      MethodChoice methods,
      Optional<SwitchKey.Chord> chord,
      Consumer<Runnable> afterPause) {
    this.inbox = inbox;
    this.trust = trust;
    this.engines = new PanelEngines(methods);
    this.switchKey =
        new SwitchKey(
            chord,
            methods,
            action ->
                afterPause.accept(
                    () -> {
                      action.run();
                      tellEngine();
                    }));
    trust.whenChanged(this::judgeAnew);
  }

  /** Says who knows the fields; before the first effect. */
  public void look(PanelFields fields) {
    view.look(fields);
  }

  /**
   * Meets a process that has connected.
   *
   * @param process its {@code Holder.Kin.number}
   * @param executable its program, as the kernel says
   * @param out takes messages whose destination is still to be set
   */
  public Applicant meet(long process, String executable, Consumer<Message> out) {
    Applicant met = new Applicant(this, process, executable, out);
    connected.add(met);
    return met;
  }

  /** Follows the seat. */
  public void apply(HostEffect effect) {
    view.apply(effect);
    if (effect instanceof HostEffect.RouteChanged changed) {
      focused = changed.field();
      tellEngine();
    }
  }

  /** Takes a key of the focused field that switches the input method; says whether it did. */
  public boolean switches(FieldId field, Key key) {
    boolean taken = field.equals(focused) && switchKey.take(key);
    if (taken) {
      tellEngine();
    }
    return taken;
  }

  /** The cursor of a field is elsewhere, or its application says so. */
  public void cursorMoved(FieldId field) {
    view.cursorMoved(field);
  }

  private void tell(PanelWord word) {
    if (holder != null) {
      holder.send(PanelMessages.of(word));
    }
  }

  private void tellEngine() {
    String now = engines.selected();
    if (holder != null && !now.equals(told)) {
      told = now;
      holder.send(
          Message.signal(
              "/org/freedesktop/IBus", BusObject.IBUS, "GlobalEngineChanged", new Value.Str(now)));
      holder.send(PanelMessages.stateChanged());
    }
  }

  private void judgeAnew() {
    if (holder != null && holder.verdict() == PanelTrust.Verdict.NO) {
      holder.send(busSignal("NameLost"));
      holder = null;
    }
    List.copyOf(connected).forEach(Applicant::judgeAnew);
  }

  // For those who are connected.

  PanelTrust trust() {
    return trust;
  }

  PanelEngines engines() {
    return engines;
  }

  boolean isHolder(Applicant who) {
    return who.equals(holder);
  }

  /** The role is another one's from now on. */
  void give(Applicant to) {
    if (holder != null && !to.equals(holder)) {
      holder.send(busSignal("NameLost"));
    }
    holder = to;
    told = engines.selected();
  }

  /** One that may have the role does not want it any more. */
  void release(Applicant by) {
    holder = by.equals(holder) ? null : holder;
  }

  /** It holds the role and is ready for what it has missed. */
  void begin(Applicant given) {
    given.send(busSignal("NameAcquired"));
    view.repeat();
  }

  /** Its panel has chosen an engine, as it does at its start. */
  void engineChosen() {
    tellEngine();
    view.repeat();
  }

  /** The holder of the role says something. */
  void said(Message signal) {
    FieldId field = view.composing();
    SeatEvent act = field == null ? null : PanelActs.of(signal, field, view.candidates());
    if (act != null) {
      inbox.post(act);
    }
  }

  void gone(Applicant who) {
    connected.remove(who);
    release(who);
  }

  private static Message busSignal(String member) {
    return Message.signal(
            "/org/freedesktop/DBus", BusObject.NAME, member, new Value.Str(PanelMessages.NAME))
        .from(BusObject.NAME);
  }
}
