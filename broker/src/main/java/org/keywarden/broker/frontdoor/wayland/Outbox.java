package org.keywarden.broker.frontdoor.wayland;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.seat.Edit;
import org.keywarden.broker.seat.FieldId;
import org.keywarden.broker.seat.Preedit;

/**
 * What the seat wants done, in its order, until the compositor is asked for it. Text is for one
 * stay of focus: once the compositor has said that another text input is active, it is thrown away,
 * as compositors of wlroots 0.15 would put it there.
 */
final class Outbox {
  private final Compositor compositor;
  private final PassedKeys keys;
  private final Queue<Item> waiting = new ArrayDeque<>();

  private sealed interface Item {
    record Change(FieldId field, Edit edit) implements Item {}

    record Passed(TypedKey key) implements Item {}
  }

  /** The field that text may go to now. */
  interface Target {
    FieldId id();

    /** The text around its cursor, null if that is unknown. */
    TextInput.@Nullable Text text();
  }

  Outbox(Compositor compositor, PassedKeys keys) {
    this.compositor = compositor;
    this.keys = keys;
  }

  void change(FieldId field, Edit edit) {
    waiting.add(new Item.Change(field, edit));
  }

  void pass(TypedKey key) {
    waiting.add(new Item.Passed(key));
  }

  /**
   * Asks for everything.
   *
   * @param target null if no text input is active
   */
  void drain(@Nullable Target target) {
    Draft draft = new Draft();
    Item next;
    while ((next = waiting.poll()) != null) {
      switch (next) {
        case Item.Passed passed -> {
          draft.finish();
          keys.pass(passed.key());
        }
        case Item.Change change -> {
          if (target != null && change.field().equals(target.id())) {
            draft.take(change.edit(), target);
          }
        }
      }
    }
    draft.finish();
  }

  /** The preedit that is shown; it goes away with each commit that does not repeat it. */
  private Preedit shown = Preedit.NONE;

  /** Another text input is active: it shows none. */
  void preeditGone() {
    shown = Preedit.NONE;
  }

  /** Changes that one commit makes. */
  private final class Draft {
    private final StringBuilder inserted = new StringBuilder();
    private boolean changed;
    private int before;
    private int after;

    void take(Edit edit, Target target) {
      switch (edit) {
        case Edit.Insert e -> {
          inserted.append(e.text());
          changed = true;
        }
        case Edit.SetPreedit e -> {
          shown = e.preedit();
          changed = true;
        }
        case Edit.Delete e -> {
          finish();
          delete(e, target.text());
        }
        case Edit.Forward e -> {}
        // No compositor of today shows these for an input method without a surface.
        case Edit.SetCandidates e -> {}
        case Edit.SetAuxiliary e -> {}
        case Edit.SetProperties e -> {}
      }
    }

    /** The protocol takes away only what touches the cursor. */
    private void delete(Edit.Delete of, TextInput.@Nullable Text text) {
      int end = of.offset() + of.count();
      if (text == null || of.offset() > 0 || end < 0) {
        return;
      }
      int toStart = text.bytes(of.offset());
      int toEnd = text.bytes(end);
      if (toStart <= 0 && toEnd >= 0) {
        before = -toStart;
        after = toEnd;
        changed = true;
      }
    }

    void finish() {
      if (!changed) {
        return;
      }
      changed = false;
      if (before > 0 || after > 0) {
        compositor.deleteSurroundingText(before, after);
        before = 0;
        after = 0;
      }
      String all = inserted.toString();
      inserted.setLength(0);
      while (Utf8.length(all) > Utf8.LONGEST) {
        String part = Utf8.head(all);
        all = all.substring(part.length());
        compositor.commitString(part);
        compositor.commit();
      }
      if (!all.isEmpty()) {
        compositor.commitString(all);
      }
      String text = Utf8.head(shown.text());
      compositor.preeditString(text, Utf8.length(text, shown.cursor()));
      compositor.commit();
    }
  }
}
