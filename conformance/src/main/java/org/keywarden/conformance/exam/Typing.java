package org.keywarden.conformance.exam;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.keywarden.conformance.Application;
import org.keywarden.conformance.Await;
import org.keywarden.conformance.Unsettled;
import org.keywarden.proto.host.v1.FieldEdited;
import org.keywarden.proto.host.v1.Route;
import org.keywarden.proto.input.v1.ContentType;
import org.keywarden.proto.input.v1.KeyAction;
import org.keywarden.proto.input.v1.Right;

/** One who types into one field of an application, and keeps how long each key took. */
final class Typing implements AutoCloseable {
  private static final long STEP = Duration.ofNanos(20_000).toNanos();
  private static final int BACKSPACE = 0xFF08;
  private static final int RETURN = 0xFF0D;
  private static final int ESCAPE = 0xFF1B;
  private static final int MOST_BACKSPACES = 64;

  private final Application application;
  private final long field;
  private final List<Long> took = new ArrayList<>();
  private int missed;

  private Typing(Application application, long field) {
    this.application = application;
    this.field = field;
  }

  /** Begins in a field of this type, once the candidate composes there. */
  static Typing in(ExamBroker broker, ContentType type) throws Unsettled {
    return in(broker, type, Route.ROUTE_COMPOSING);
  }

  /** Begins in a field of this type, once its keys go where they should. */
  static Typing in(ExamBroker broker, ContentType type, Route route) throws Unsettled {
    Typing typing = new Typing(broker.application(), 1);
    typing.application.open(1);
    typing.application.focus(1, type);
    typing.application.awaitRoute(route);
    return typing;
  }

  void focus(ContentType type) throws Unsettled {
    application.focus(field, type);
    application.awaitRoute(Route.ROUTE_COMPOSING);
  }

  /** Leaves the field and does not wait for anything. */
  void leave() {
    application.blur(field);
  }

  void awaitLeft() throws Unsettled {
    application.awaitRoute(Route.ROUTE_UNFOCUSED);
  }

  private static int keysym(int character) {
    return switch (character) {
      case '\n' -> RETURN;
      case '\b' -> BACKSPACE;
      default -> character;
    };
  }

  /** Presses and lets go, without waiting. */
  void send(int character) {
    application.key(field, keysym(character), KeyAction.KEY_ACTION_PRESS);
    application.key(field, keysym(character), KeyAction.KEY_ACTION_RELEASE);
  }

  /**
   * Types a text key by key, each when the one before is answered.
   *
   * @return false if so many keys were not answered in time that it gave up
   */
  boolean type(String text, int patience) throws Unsettled {
    for (int character : text.chars().toArray()) {
      press(keysym(character));
      if (missed > patience) {
        return false;
      }
    }
    return true;
  }

  /** A key that may move the focus goes to the candidate only while it composes. */
  private void press(int keysym) throws Unsettled {
    if (keysym >= 0xFF00 && keysym != BACKSPACE && preedit().isEmpty()) {
      return;
    }
    long at = System.nanoTime();
    application.key(field, keysym, KeyAction.KEY_ACTION_PRESS);
    settle();
    long nanos = application.answeredAt() - at;
    took.add(nanos);
    missed += nanos >= ExamBroker.ANSWER.toNanos() ? 1 : 0;
    application.key(field, keysym, KeyAction.KEY_ACTION_RELEASE);
    settle();
  }

  private void settle() throws Unsettled {
    long end = System.nanoTime() + Await.PATIENCE.toNanos();
    while (application.unanswered() > 0) {
      if (System.nanoTime() > end) {
        throw new Unsettled("a key has no answer: " + application);
      }
      LockSupport.parkNanos(STEP);
    }
  }

  /** Waits until at most so many keys have no answer. */
  void awaitAnswers(int but) throws Unsettled {
    long end = System.nanoTime() + Await.PATIENCE.toNanos();
    while (application.unanswered() > but) {
      if (System.nanoTime() > end) {
        throw new Unsettled("keys have no answer: " + application);
      }
      LockSupport.parkNanos(STEP);
    }
  }

  String preedit() {
    return application.preedit(field);
  }

  /** Does what ends a composition; returns whether nothing is under composition any more. */
  boolean finish() throws Unsettled {
    for (int key : new int[] {RETURN, ESCAPE, ESCAPE}) {
      if (!preedit().isEmpty()) {
        press(key);
      }
    }
    for (int i = 0; i < MOST_BACKSPACES && !preedit().isEmpty(); i++) {
      press(BACKSPACE);
    }
    return preedit().isEmpty();
  }

  int missed() {
    return missed;
  }

  /** How long a share of the keys took at most, in ns. */
  long within(double share) {
    long[] sorted = took.stream().mapToLong(each -> each).sorted().toArray();
    return sorted.length == 0
        ? 0
        : sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length))];
  }

  int keys() {
    return took.size();
  }

  /** Whether every key was answered once and in its turn. */
  boolean inOrder() throws Unsettled {
    return application.awaitAnswers().passed();
  }

  /** The rights whose use an application sees. */
  Set<Right> used() {
    Set<Right> used = EnumSet.noneOf(Right.class);
    for (FieldEdited edit : application.edits()) {
      switch (edit.getEditCase()) {
        case COMMIT -> used.add(Right.RIGHT_COMMIT_TEXT);
        case PREEDIT -> used.add(Right.RIGHT_SET_PREEDIT);
        case CANDIDATES, AUXILIARY -> used.add(Right.RIGHT_SHOW_CANDIDATES);
        case DELETE_SURROUNDING -> used.add(Right.RIGHT_DELETE_SURROUNDING);
        case FORWARD_KEY -> used.add(Right.RIGHT_FORWARD_KEY);
        case PROPERTIES -> used.add(Right.RIGHT_SHOW_PROPERTIES);
        case EDIT_NOT_SET -> {}
      }
    }
    return used;
  }

  @Override
  public void close() {
    application.close();
  }
}
