package org.keywarden.broker.seat;

import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The focused field's keys that its application has no answer to yet, in the order they were typed.
 * A settled key leaves when all before it have left, so answers keep the order of the keys and none
 * is given twice.
 */
final class KeyLedger {
  /** Where a key is. */
  enum Place {
    /** Held: nobody has seen it. */
    WAITING,
    AT_PLUGIN,
    AT_TRUSTED,
    SETTLED
  }

  static final class Entry {
    final FieldId field;
    final long keyId;
    final long sequence;
    final Key key;
    Place place = Place.WAITING;

    /** When it must have left its place, in ns. */
    long deadline;

    boolean handled;
    boolean forwarded;

    /** A plugin had it and did not use it. */
    boolean declined;

    /** A plugin has it or had it. */
    private boolean shownToPlugin;

    Entry(FieldId field, long keyId, long sequence, Key key, long deadline) {
      this.field = field;
      this.keyId = keyId;
      this.sequence = sequence;
      this.key = key;
      this.deadline = deadline;
    }

    void show(Place at, long until) {
      shownToPlugin |= at == Place.AT_PLUGIN;
      place = at;
      deadline = until;
    }

    /** Comes back from a plugin that did not use it, for whoever is next. */
    void decline(long until) {
      declined = true;
      show(Place.WAITING, until);
    }

    void settle(boolean byInputMethod) {
      place = Place.SETTLED;
      handled = byInputMethod;
    }

    /** Whether it is a press that the application handles and no plugin knows of. */
    boolean passedBy() {
      return givenBack() && !shownToPlugin && key.action() == KeyAction.PRESS;
    }

    /** Whether it is a press that the application handles. */
    boolean givenBack() {
      return place == Place.SETTLED && (!handled || forwarded) && key.action() != KeyAction.RELEASE;
    }
  }

  private final ArrayDeque<Entry> entries = new ArrayDeque<>();

  void add(Entry entry) {
    entries.addLast(entry);
  }

  int size() {
    return entries.size();
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  Iterable<Entry> all() {
    return entries;
  }

  int at(Place place) {
    int count = 0;
    for (Entry entry : entries) {
      if (entry.place == place) {
        count++;
      }
    }
    return count;
  }

  @Nullable Entry firstAt(Place place) {
    for (Entry entry : entries) {
      if (entry.place == place) {
        return entry;
      }
    }
    return null;
  }

  /** Whether a key at {@code place} was pressed or repeats. */
  boolean anyPressAt(Place place) {
    for (Entry entry : entries) {
      if (entry.place == place && entry.key.action() != KeyAction.RELEASE) {
        return true;
      }
    }
    return false;
  }

  /** When the last of the keys that somebody has must be answered, in ns; 0 if nobody has one. */
  long lastAnswerBy() {
    long last = 0;
    for (Entry entry : entries) {
      if (entry.place == Place.AT_PLUGIN || entry.place == Place.AT_TRUSTED) {
        last = Math.max(last, entry.deadline);
      }
    }
    return last;
  }

  /** Settles every key at {@code place} as not handled; says whether there was one. */
  boolean settleAll(Place place) {
    boolean any = false;
    for (Entry entry : entries) {
      if (entry.place == place) {
        entry.settle(false);
        any = true;
      }
    }
    return any;
  }

  /** Lets no key at {@code place} stay there beyond {@code until}. */
  void hasten(Place place, long until) {
    for (Entry entry : entries) {
      if (entry.place == place) {
        entry.deadline = Math.min(entry.deadline, until);
      }
    }
  }

  /**
   * Settles the held keys whose time is up, and those held before them, as not handled; says
   * whether there was one.
   */
  boolean settleOverdue(long now) {
    boolean any = false;
    for (Iterator<Entry> each = entries.descendingIterator(); each.hasNext(); ) {
      Entry entry = each.next();
      if (entry.place == Place.WAITING && (any || now >= entry.deadline)) {
        entry.settle(false);
        any = true;
      }
    }
    return any;
  }

  /** Takes out the first key if it is settled, else gives null. */
  @Nullable Entry takeSettled() {
    Entry first = entries.peekFirst();
    return first != null && first.place == Place.SETTLED ? entries.pollFirst() : null;
  }

  /** The earliest deadline of a key not settled, {@link Long#MAX_VALUE} if none. */
  long nextDeadline() {
    long next = Long.MAX_VALUE;
    for (Entry entry : entries) {
      if (entry.place != Place.SETTLED) {
        next = Math.min(next, entry.deadline);
      }
    }
    return next;
  }
}
