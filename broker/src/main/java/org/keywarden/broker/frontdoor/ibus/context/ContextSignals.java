package org.keywarden.broker.frontdoor.ibus.context;

import java.util.List;
import java.util.function.Consumer;
import org.keywarden.broker.frontdoor.field.Timers;
import org.keywarden.broker.frontdoor.ibus.panel.ShownObjects;
import org.keywarden.broker.seat.Edit;
import org.keywarden.broker.seat.Preedit;
import org.keywarden.ibus.object.IbusProperty;
import org.keywarden.ibus.object.IbusText;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/** What a context tells its application: as signals, or queued for a synchronous client. */
final class ContextSignals {
  /** How long a client may take to come to a signal, in ns; longer than a key may be held. */
  private static final long WAIT = 250_000_000;

  private final String path;
  private final Consumer<Message> emit;
  private final Timers timers;
  private final PostProcessQueue queue = new PostProcessQueue();
  private Capabilities client = new Capabilities(0);
  private boolean withMode;
  private boolean surroundingAsked;
  private int changes;

  ContextSignals(String path, Consumer<Message> emit, Timers timers) {
    this.path = path;
    this.emit = emit;
    this.timers = timers;
  }

  String path() {
    return path;
  }

  /** What was just sent changes the field, and the client may come to it late. */
  void changeUnderway() {
    changes++;
    timers.after(WAIT, () -> changes--);
  }

  /** Whether the client may not have come yet to what changes the field. */
  boolean changesUnderway() {
    return changes > 0;
  }

  void capable(Capabilities of) {
    client = of;
  }

  void preeditWithMode(boolean mode) {
    withMode = mode;
  }

  Value takeQueued() {
    return queue.take();
  }

  /** Asks for the text around the cursor until {@link #forgoSurrounding}. */
  void requireSurrounding() {
    if (!surroundingAsked) {
      surroundingAsked = true;
      signal("RequireSurroundingText");
    }
  }

  /**
   * Asks no more: an input method that was just enabled has asked for nothing yet (libibus,
   * ibusinputcontext.c).
   *
   * @return whether the text was asked for
   */
  boolean forgoSurrounding() {
    boolean asked = surroundingAsked;
    if (asked) {
      surroundingAsked = false;
      signal("Enabled");
    }
    return asked;
  }

  /**
   * @param queued a key of a synchronous client has no answer yet
   */
  void edit(Edit edit, boolean queued) {
    switch (edit) {
      case Edit.Insert e -> {
        IbusText text = IbusText.plain(e.text());
        if (!queued || !queue.add('c', List.of(text))) {
          signal("CommitText", text.toVariant());
        }
      }
      case Edit.SetPreedit e -> {
        if (client.preedit()) {
          preedit(e.preedit(), queued);
        }
      }
      case Edit.SetCandidates e -> {
        // No client of the toolkits shows candidates itself; ibus-daemon too gives them to a panel.
        if (client.candidates()) {
          signal(
              "UpdateLookupTable",
              new Value.Variant(ShownObjects.candidates(e.candidates()).toValue()),
              new Value.Bool(!e.candidates().texts().isEmpty()));
        }
      }
      case Edit.SetAuxiliary e -> {
        if (client.auxiliary()) {
          signal(
              "UpdateAuxiliaryText",
              IbusText.plain(e.text()).toVariant(),
              new Value.Bool(!e.text().isEmpty()));
        }
      }
      case Edit.SetProperties e -> {
        if (client.properties()) {
          signal(
              "RegisterProperties",
              new Value.Variant(IbusProperty.listToValue(ShownObjects.properties(e.items()))));
        }
      }
      case Edit.Delete e -> {
        IbusText text = IbusText.plain(e.offset() + "," + e.count());
        if (!queued || !queue.add('d', List.of(text))) {
          signal("DeleteSurroundingText", new Value.Int32(e.offset()), new Value.UInt32(e.count()));
        }
      }
      case Edit.Forward e -> {
        int[] key = ContextKeys.untranslate(e.key());
        forward(key[0], key[1], key[2], queued);
      }
    }
  }

  /** Gives a key to the application, in IBus's three numbers. */
  void forward(int keysym, int keycode, int state, boolean queued) {
    IbusText text = IbusText.plain(keysym + "," + keycode + "," + Integer.toUnsignedString(state));
    if (!queued || !queue.add('f', List.of(text))) {
      signal(
          "ForwardKeyEvent",
          new Value.UInt32(keysym),
          new Value.UInt32(keycode),
          new Value.UInt32(state));
    }
  }

  private void preedit(Preedit preedit, boolean queued) {
    boolean visible = !preedit.text().isEmpty();
    IbusText text = ShownObjects.preedit(preedit);
    String rest = preedit.cursor() + "," + (visible ? 1 : 0);
    // The broker itself decides what becomes of a preedit; the client must never commit one.
    if (queued
        && queue.add(
            withMode ? 'm' : 'u', List.of(text, IbusText.plain(withMode ? rest + ",0" : rest)))) {
      return;
    }
    Value cursor = new Value.UInt32(preedit.cursor());
    if (withMode) {
      signal(
          "UpdatePreeditTextWithMode",
          text.toVariant(),
          cursor,
          new Value.Bool(visible),
          new Value.UInt32(0));
    } else {
      signal("UpdatePreeditText", text.toVariant(), cursor, new Value.Bool(visible));
    }
  }

  private void signal(String member, Value... arguments) {
    emit.accept(Message.signal(path, ContextCalls.INTERFACE, member, arguments));
  }
}
