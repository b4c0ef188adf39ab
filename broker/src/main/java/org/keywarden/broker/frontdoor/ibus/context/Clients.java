package org.keywarden.broker.frontdoor.ibus.context;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.budget.Budget;
import org.keywarden.broker.frontdoor.Applications;
import org.keywarden.broker.frontdoor.accessibility.FocusedObjects;
import org.keywarden.broker.frontdoor.field.Timers;
import org.keywarden.broker.frontdoor.ibus.panel.Panel;
import org.keywarden.broker.frontdoor.ibus.panel.PanelFields;
import org.keywarden.broker.frontdoor.terminal.Terminals;
import org.keywarden.broker.frontdoor.window.EventLoops;
import org.keywarden.broker.seat.FieldId;
import org.keywarden.broker.seat.HostEffect;
import org.keywarden.broker.seat.Key;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.seat.SeatInbox;

/** Every application that speaks IBus, by whichever way it came, and what they share. */
public final class Clients implements IbusClient.Surroundings {
  private final SeatInbox inbox;
  private final Applications applications;
  private final Terminals terminals;
  private final FocusedObjects objects;
  private final EventLoops loops;
  private final Timers timers;
  private final Map<Long, IbusClient> clients = new HashMap<>();
  private final Set<String> contexts = new HashSet<>();
  private final Panel panel;
  private long lastHost;

  /** The first is ibus-daemon's own, and panels know it as nobody's. */
  private long lastContext = 1;

  public Clients(
      SeatInbox inbox,
      Applications applications,
      Terminals terminals,
      FocusedObjects objects,
      EventLoops loops,
      Panel panel,
      Timers timers) {
    this.inbox = inbox;
    this.applications = applications;
    this.terminals = terminals;
    this.objects = objects;
    this.loops = loops;
    this.panel = panel;
    panel.look(this::shown);
    this.timers = timers;
    objects.follow(() -> List.copyOf(clients.values()).forEach(IbusClient::lookAtFocusedObject));
  }

  /**
   * What is known of an application just met.
   *
   * @param pid the kernel's word for its process
   * @param program which one it runs, empty if unknown
   * @param share what its connection holds
   */
  public IbusClient.Peer meet(long pid, String program, Budget.Share share) {
    // Negative, so that no session of another door has the same number.
    return new IbusClient.Peer(--lastHost, pid, program, terminals.of(pid), share);
  }

  /** From now on the seat's effects reach it. */
  public void add(IbusClient client) {
    clients.put(client.host(), client);
  }

  /** It is gone, and its contexts with it. */
  public void remove(IbusClient client) {
    if (clients.remove(client.host(), client)) {
      client.gone();
    }
  }

  /** Does what the seat asks, if it concerns one of these applications. */
  public void apply(HostEffect effect) {
    Long host =
        switch (effect) {
          case HostEffect.AnswerKey e -> e.field().host();
          case HostEffect.FenceRaised e -> e.field().host();
          case HostEffect.EditField e -> e.field().host();
          case HostEffect.RouteChanged e -> e.field() == null ? null : e.field().host();
        };
    IbusClient client = host == null ? null : clients.get(host);
    if (client != null) {
      client.apply(effect);
    }
  }

  /** What an application says of a field; null if it came by another door. */
  private PanelFields.@Nullable Shown shown(FieldId field) {
    IbusClient client = clients.get(field.host());
    return client == null ? null : client.shown(field);
  }

  @Override
  public void cursorMoved(FieldId field) {
    panel.cursorMoved(field);
  }

  @Override
  public boolean switches(FieldId field, Key key) {
    return panel.switches(field, key);
  }

  @Override
  public void post(SeatEvent.OfField event) {
    inbox.post(event);
  }

  @Override
  public Timers timers() {
    return timers;
  }

  @Override
  public long nextContext() {
    return ++lastContext;
  }

  @Override
  public boolean isContext(String path) {
    return contexts.contains(path);
  }

  @Override
  public void contextMade(String path) {
    contexts.add(path);
  }

  @Override
  public void contextGone(String path) {
    contexts.remove(path);
  }

  @Override
  public FocusedObjects objects() {
    return objects;
  }

  @Override
  public EventLoops loops() {
    return loops;
  }

  @Override
  public Applications applications() {
    return applications;
  }
}
