package org.keywarden.broker.frontdoor.wayland;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.frontdoor.accessibility.FocusedObjects;
import org.keywarden.broker.frontdoor.field.AccessibilityMark;
import org.keywarden.broker.frontdoor.field.MaskedTextMark;
import org.keywarden.broker.frontdoor.field.TerminalMark;
import org.keywarden.broker.frontdoor.field.Timers;
import org.keywarden.broker.frontdoor.terminal.TerminalWatch;
import org.keywarden.broker.frontdoor.terminal.TerminalWatch.Reach;
import org.keywarden.broker.seat.Application;
import org.keywarden.broker.seat.ContentType;
import org.keywarden.broker.seat.FieldId;
import org.keywarden.broker.seat.FieldTraits;
import org.keywarden.broker.seat.Key;
import org.keywarden.broker.seat.Purpose;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.seat.SecretBy;
import org.keywarden.broker.seat.SurroundingText;

/** One activation of a text input: a field of the seat, from its focus to its end. */
final class WaylandField implements Outbox.Target {
  /** Text that Chromium is given makes it turn its text input off and on. */
  private static final FieldTraits TRAITS = new FieldTraits(true, false, true);

  private final FieldId id;
  private final Consumer<SeatEvent.OfField> seat;
  private final Timers.Own timers;
  private final TerminalMark terminal;
  private final AccessibilityMark accessibility;
  private final MaskedTextMark masked;
  private ContentType type;
  private TextInput.@Nullable Text text;
  private boolean open = true;
  private boolean focused;
  private boolean marked;

  /**
   * Opens it and gives it the focus. All that makes it secret is said before the focus.
   *
   * @param terminals of whoever may be behind it
   */
  WaylandField(
      FieldId id,
      Application application,
      TextInput.State said,
      TerminalWatch terminals,
      FocusedObjects objects,
      Timers all,
      Consumer<SeatEvent.OfField> seat) {
    this.id = id;
    this.seat = seat;
    this.type = said.type();
    this.timers = new Timers.Own(all);
    this.masked = new MaskedTextMark(this::mark);
    this.terminal = new TerminalMark(terminals, timers, this::reach, this::tellMark);
    this.accessibility = new AccessibilityMark(objects, objects::latest, this::mark);
    seat.accept(new SeatEvent.FieldOpened(id, application, TRAITS));
    look(said.text());
    terminal.focus();
    accessibility.opened();
    accessibility.focus();
    tellMark();
    focused = true;
    seat.accept(new SeatEvent.FocusGained(id, type));
    terminal.refresh();
    tell(said.text());
  }

  @Override
  public FieldId id() {
    return id;
  }

  @Override
  public TextInput.@Nullable Text text() {
    return text;
  }

  /** More was said of it. */
  void change(TextInput.State said) {
    look(said.text());
    if (!said.type().equals(type)) {
      type = said.type();
      terminal.recall();
      tellMark();
      seat.accept(new SeatEvent.ContentTypeChanged(id, type));
      terminal.refresh();
    }
    tell(said.text());
  }

  private Reach reach() {
    return type.purpose() == Purpose.TERMINAL ? Reach.EVERY : Reach.NONE;
  }

  private void look(TextInput.@Nullable Text told) {
    if (told != null) {
      masked.look(told.text());
    }
  }

  /** Keeps a text only where an input method might be allowed to have it. */
  private void tell(TextInput.@Nullable Text told) {
    boolean readable =
        !type.secret()
            && !masked.masked()
            && !terminal.hidden()
            && type.purpose() != Purpose.TERMINAL;
    if (told == null || !readable) {
      text = readable ? text : null;
      return;
    }
    text = told;
    SurroundingText around = told.surrounding();
    if (around != null) {
      seat.accept(new SeatEvent.SurroundingChanged(id, around));
    }
  }

  private void tellMark() {
    if (open && terminal.hidden() != marked) {
      marked = terminal.hidden();
      mark(SecretBy.TERMINAL, marked);
    }
  }

  private void mark(SecretBy by, boolean secret) {
    if (open) {
      seat.accept(new SeatEvent.SecrecyMarked(id, by, secret));
    }
  }

  /** Whether a press can be taken without a look at terminals. */
  boolean isUpToDate() {
    return terminal.isUpToDate();
  }

  /** Looks at terminals, then goes on. */
  void look(Runnable then) {
    terminal.look(then);
  }

  void typed(Key key) {
    terminal.typed(key);
  }

  /** The accessibility bus said something new. */
  void lookAtFocusedObject() {
    if (focused) {
      accessibility.look();
    }
  }

  /** Ends it; its keys are answered. */
  void close() {
    open = false;
    focused = false;
    text = null;
    timers.close();
    terminal.unfocus();
    accessibility.unfocus();
    seat.accept(new SeatEvent.FieldClosed(id));
  }
}
