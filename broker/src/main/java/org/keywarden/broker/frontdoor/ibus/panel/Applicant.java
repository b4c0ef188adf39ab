package org.keywarden.broker.frontdoor.ibus.panel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.keywarden.ibus.bus.BusObject;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/** One connection of the door, which may ask for the role of the panel. */
public final class Applicant {
  private static final String IBUS_PATH = "/org/freedesktop/IBus";

  /**
   * IBus's command line tool: it may see what {@code keywarden ime list} shows every program of the
   * user's, and change nothing.
   */
  private static final String TOOL = "/usr/bin/ibus";

  /** DBUS_REQUEST_NAME_REPLY_PRIMARY_OWNER. */
  private static final int PRIMARY_OWNER = 1;

  /** DBUS_RELEASE_NAME_REPLY_RELEASED. */
  private static final int RELEASED = 1;

  /** DBUS_RELEASE_NAME_REPLY_NOT_OWNER. */
  private static final int NOT_OWNER = 3;

  /** Calls while it is not known who GNOME Shell is; it makes three. */
  private static final int MOST_WAITING = 16;

  private final Panel panel;
  private final long process;
  private final String executable;
  private final Consumer<Message> out;
  private final List<Waiting> waiting = new ArrayList<>();

  /** A call, and who answers it if the process is no panel. */
  private record Waiting(Message call, Consumer<Message> otherwise) {}

  Applicant(Panel panel, long process, String executable, Consumer<Message> out) {
    this.panel = panel;
    this.process = process;
    this.executable = executable;
    this.out = out;
  }

  /**
   * Takes a call of this connection's.
   *
   * @param otherwise answers it as any client's
   */
  public void take(Message call, Consumer<Message> otherwise) {
    if (!asksForRole(call) && !asksAsPanel(call)) {
      otherwise.accept(call);
      return;
    }
    if (executable.equals(TOOL) && PanelEngines.reads(call)) {
      Message read = panel.engines().answer(call);
      if (read != null) {
        answer(call, read);
        return;
      }
    }
    switch (verdict()) {
      case YES -> serve(call, otherwise);
      case NO -> otherwise.accept(call);
      case NOT_YET -> {
        if (waiting.size() < MOST_WAITING) {
          waiting.add(new Waiting(call, otherwise));
        } else {
          otherwise.accept(call);
        }
      }
    }
  }

  /** Takes a signal of this connection's; it counts if the role is its own. */
  public void hear(Message signal) {
    if (panel.isHolder(this)
        && verdict() == PanelTrust.Verdict.YES
        && PanelMessages.PATH.equals(signal.path())
        && PanelMessages.NAME.equals(signal.interfaceName())) {
      panel.said(signal);
    }
  }

  /** The connection has ended. */
  public void gone() {
    waiting.clear();
    panel.gone(this);
  }

  PanelTrust.Verdict verdict() {
    return panel.trust().of(process, executable);
  }

  void judgeAnew() {
    if (verdict() != PanelTrust.Verdict.NOT_YET) {
      List<Waiting> all = List.copyOf(waiting);
      waiting.clear();
      all.forEach(each -> take(each.call(), each.otherwise()));
    }
  }

  void send(Message message) {
    out.accept(message.sender() == null ? message.from(BusObject.OWNER) : message);
  }

  private static boolean asksForRole(Message call) {
    return BusObject.NAME.equals(call.destination())
        && !call.body().isEmpty()
        && call.body().getFirst().equals(new Value.Str(PanelMessages.NAME))
        && ("RequestName".equals(call.member()) || "ReleaseName".equals(call.member()));
  }

  private static boolean asksAsPanel(Message call) {
    return IBUS_PATH.equals(call.path())
        && !BusObject.NAME.equals(call.destination())
        && PanelEngines.concern(call);
  }

  private void serve(Message call, Consumer<Message> otherwise) {
    if (asksForRole(call)) {
      role(call);
      return;
    }
    boolean choice = "SetGlobalEngine".equals(call.member());
    Message answer = choice && !panel.isHolder(this) ? null : panel.engines().answer(call);
    if (answer == null) {
      otherwise.accept(call);
      return;
    }
    answer(call, answer);
    if (choice) {
      panel.engineChosen();
    }
  }

  private void role(Message call) {
    boolean held = panel.isHolder(this);
    if ("RequestName".equals(call.member())) {
      panel.give(this);
      answerByBus(call, PRIMARY_OWNER);
      panel.begin(this);
    } else {
      panel.release(this);
      answerByBus(call, held ? RELEASED : NOT_OWNER);
    }
  }

  private void answerByBus(Message call, int code) {
    answer(call, call.reply(new Value.UInt32(code)).from(BusObject.NAME));
  }

  private void answer(Message call, Message answer) {
    if (call.wantsReply()) {
      send(answer);
    }
  }
}
