package org.keywarden.engine.host;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keywarden.engine.screen.CandidateWindow;
import org.keywarden.engine.screen.Screen;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;
import org.keywarden.ime.CandidateClick;
import org.keywarden.ime.FieldInfo;
import org.keywarden.ime.Key;
import org.keywarden.ime.Outbound;
import org.keywarden.ime.Property;
import org.keywarden.ime.Purpose;
import org.keywarden.ime.Response;
import org.keywarden.ime.SurroundingText;

/**
 * An engine's stay in one field. What it says between a key and its answer belongs to that answer;
 * what it says later is sent later, while the key counts as its cause. A key is always answered in
 * time.
 *
 * <p>Thread: the host's.
 */
final class Stay {
  /**
   * How long a key counts as the cause of what the engine says, in ns; a little less than a broker
   * thinks.
   */
  private static final long CAUSE_TIME = 900_000_000;

  /** Within what time something sent late may still lie behind a key that came meanwhile, in ns. */
  private static final long OVERTAKING = 1_000_000;

  private static final int RETURN = 0xFF0D;
  private static final int KEYPAD_ENTER = 0xFF8D;

  private final FieldInfo field;
  private final Outbound outbound;
  private final EventLoop loop;
  private final long keyTime;
  private final Consumer<RemoteEngine> whenLate;
  private final Screen screen;
  private @Nullable RemoteEngine engine;
  private @Nullable SurroundingText text;
  private @Nullable Turn turn;
  private long cause = Long.MIN_VALUE;
  private long sentLate = Long.MIN_VALUE;

  /** A question to the engine. */
  private interface Question {
    int ask(RemoteEngine engine, Consumer<Boolean> answer);
  }

  /** What is being answered: a key, or another act of the user's. */
  private static final class Turn {
    final @Nullable Key key;
    final Question question;
    final CompletableFuture<Response> answer;
    final long asked;
    @Nullable ScheduledFuture<?> deadline;

    /** 0 while no engine is there. */
    int call;

    Turn(@Nullable Key key, Question question, long asked, CompletableFuture<Response> answer) {
      this.key = key;
      this.question = question;
      this.asked = asked;
      this.answer = answer;
    }
  }

  /**
   * @param keyTime how long an engine may take for a key, in ms
   * @param whenLate is told of an engine that did not answer in time
   */
  Stay(
      FieldInfo field,
      Outbound outbound,
      EventLoop loop,
      long keyTime,
      Consumer<RemoteEngine> whenLate) {
    this.field = field;
    this.outbound = outbound;
    this.loop = loop;
    this.keyTime = keyTime;
    this.whenLate = whenLate;
    this.screen = new Screen(field.rights());
  }

  FieldInfo field() {
    return field;
  }

  /** The engine is there. */
  void begin(RemoteEngine with) {
    engine = with;
    screen.menu(with.menu().items());
    with.enter(field);
    if (text != null) {
      with.surrounding(text);
    }
    if (turn != null) {
      ask(turn, with);
    }
  }

  /** The engine is gone; another may come. */
  void lost() {
    engine = null;
    screen.abandon();
    if (turn == null) {
      sendLate();
    } else {
      finish(turn, false);
    }
  }

  /** The field is left. */
  void end() {
    RemoteEngine left = engine;
    engine = null;
    if (left != null) {
      left.leave();
    }
    if (turn != null) {
      finish(turn, false);
    }
  }

  /**
   * @param asked when the key came, by {@link System#nanoTime}
   */
  void key(Key key, long asked, CompletableFuture<Response> answer) {
    if (key.isPressed()) {
      cause = asked;
    }
    open(new Turn(key, (of, then) -> of.key(key, then), asked, answer));
  }

  /** The user clicked what is shown at an index. */
  void click(CandidateClick click, long asked, CompletableFuture<Response> answer) {
    cause = asked;
    CandidateWindow.Place place = screen.candidate(click.index());
    if (place == null) {
      answer.complete(Response.notHandled());
      return;
    }
    open(
        new Turn(
            null,
            (of, then) -> {
              String turning = place.pages() < 0 ? "PageUp" : "PageDown";
              for (int i = Math.abs(place.pages()); i > 0; i--) {
                int ignored = of.act(turning, done -> {});
              }
              return of.act(
                  "CandidateClicked",
                  then,
                  new Value.UInt32(place.indexInPage()),
                  new Value.UInt32(click.button()),
                  new Value.UInt32(click.modifiers()));
            },
            asked,
            answer));
  }

  /** The user moved among the candidates; without any, some engines end. */
  void move(String member, long asked, CompletableFuture<Response> answer) {
    cause = asked;
    if (screen.candidate(0) == null) {
      answer.complete(Response.notHandled());
    } else {
      open(new Turn(null, (of, then) -> of.act(member, then), asked, answer));
    }
  }

  /** The user activated a property. */
  void activate(String key, boolean checked, long asked, CompletableFuture<Response> answer) {
    cause = asked;
    open(
        new Turn(
            null,
            (of, then) ->
                of.act(
                    "PropertyActivate",
                    then,
                    new Value.Str(key),
                    new Value.UInt32(checked ? 1 : 0)),
            asked,
            answer));
  }

  void surrounding(SurroundingText around) {
    text = around;
    if (engine != null) {
      engine.surrounding(around);
    }
  }

  private void open(Turn next) {
    RemoteEngine with = engine;
    if (turn != null || (with != null && with.owes())) {
      next.answer.complete(turn == null ? screen.take(false) : Response.notHandled());
      return;
    }
    turn = next;
    next.deadline = loop.schedule(() -> missed(next), keyTime, TimeUnit.MILLISECONDS);
    if (with != null) {
      ask(next, with);
    }
  }

  private void ask(Turn next, RemoteEngine with) {
    next.call = next.question.ask(with, used -> answered(next, used));
  }

  private void answered(Turn of, boolean used) {
    if (turn == of) {
      finish(of, used);
    }
  }

  private void missed(Turn of) {
    if (turn != of) {
      return;
    }
    RemoteEngine late = engine;
    if (late != null && of.call != 0) {
      late.miss(of.call);
      screen.abandon();
      whenLate.accept(late);
    }
    finish(of, false);
  }

  private void finish(Turn of, boolean used) {
    turn = null;
    if (of.deadline != null) {
      of.deadline.cancel(false);
    }
    of.answer.complete(screen.take(used));
    if (sentLate - of.asked > -OVERTAKING && sentLate != Long.MIN_VALUE) {
      outbound.send(screen.restated());
      sentLate = Long.MIN_VALUE;
    }
  }

  /** Takes a signal of the engine in this field. */
  void said(Message signal) throws Malformed {
    RemoteEngine from = engine;
    if (from == null) {
      return;
    }
    switch (String.valueOf(signal.member())) {
      case "RequireSurroundingText" -> {
        if (from.asksForText() && text != null) {
          from.surrounding(text);
        }
      }
      case "ForwardKeyEvent" -> forward(signal, from);
      case "CommitText", "DeleteSurroundingText" -> {
        if (from.isPresent() && hasCause()) {
          Signals.show(signal, screen, mayBreakLines());
        } else {
          screen.leaveOut();
        }
      }
      default -> {
        if (from.isPresent()) {
          Signals.show(signal, screen, false);
        }
      }
    }
  }

  private void forward(Message signal, RemoteEngine from) throws Malformed {
    int keysym = Signals.number(Signals.argument(signal, "uuu", 0));
    int keycode = Signals.number(signal.body().get(1));
    Turn now = turn;
    if (from.isPresent()
        && now != null
        && now.key != null
        && EngineKeys.is(now.key, keysym, keycode)) {
      screen.forward();
    } else {
      screen.leaveOut();
    }
  }

  /** How much of what the engine wanted to do was left out. */
  int leftOut() {
    return screen.leftOut();
  }

  private boolean mayBreakLines() {
    return field.purpose() != Purpose.TERMINAL
        && turn != null
        && turn.key != null
        && (turn.key.keysym() == RETURN || turn.key.keysym() == KEYPAD_ENTER);
  }

  private boolean hasCause() {
    return turn != null || (cause != Long.MIN_VALUE && System.nanoTime() - cause < CAUSE_TIME);
  }

  /** The engine's menu changed. */
  void menu(List<Property> items) {
    screen.menu(items);
  }

  /** What the engine said at once has been taken. */
  void sendLate() {
    if (turn == null && screen.isChanged() && hasCause()) {
      sentLate = System.nanoTime();
      outbound.send(screen.take(false).edits());
    } else if (turn == null && screen.isMenuChanged()) {
      outbound.send(screen.takeMenu());
    }
  }
}
