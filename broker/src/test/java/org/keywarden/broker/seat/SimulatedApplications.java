package org.keywarden.broker.seat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** The applications of a simulated session: their fields, their focus, what they say. */
final class SimulatedApplications {
  /** All but the application's words, which are an event of their own. */
  private static final SecretBy[] MARKERS =
      EnumSet.complementOf(EnumSet.of(SecretBy.APPLICATION)).toArray(new SecretBy[0]);

  private final SplittableRandom random;
  private final SimulatedInput input;
  private final Consumer<SeatEvent> post;
  private final List<FieldId> fields = new ArrayList<>();
  private long nextKey = 1_000;

  /** What applications last said of their fields. */
  private final Map<FieldId, ContentType> said = new HashMap<>();

  /** Changes of fields whose applications may still have something to say of them. */
  private final ArrayDeque<FieldId> edited = new ArrayDeque<>();

  /** What was last asked of an application, of keys it was given. */
  private HostEffect.FenceRaised asked = new HostEffect.FenceRaised(new FieldId(1, 1), 0);

  private FieldId focus = new FieldId(1, 1);

  SimulatedApplications(SplittableRandom random, SimulatedInput input, Consumer<SeatEvent> post) {
    this.random = random;
    this.input = input;
    this.post = post;
  }

  /** Two applications with three fields each. */
  void open() {
    for (int host = 1; host <= 2; host++) {
      for (int number = 1; number <= 3; number++) {
        open(new FieldId(host, number));
      }
    }
  }

  void close() {
    for (FieldId field : fields) {
      post.accept(new SeatEvent.FieldClosed(field));
    }
  }

  /** Takes what is said of fields. */
  void said(SeatEvent posted) {
    switch (posted) {
      case SeatEvent.FocusGained e when e.type() != null -> said.put(e.field(), e.type());
      case SeatEvent.ContentTypeChanged e -> said.put(e.field(), e.type());
      case SeatEvent.FieldClosed e -> said.remove(e.field());
      default -> {}
    }
  }

  /** A field was changed. */
  void edited(FieldId field) {
    if (edited.size() < 8) {
      edited.addLast(field);
    }
  }

  /** An application is to say when it has handled its keys. */
  void asked(HostEffect.FenceRaised raised) {
    asked = raised;
  }

  /** Now and then an application says something again because its field was changed. */
  void echo() {
    if (!edited.isEmpty() && random.nextInt(4) == 0) {
      echo(edited.removeFirst());
    }
    if (random.nextInt(8) == 0 && fields.contains(asked.field())) {
      post.accept(new SeatEvent.KeysHandled(asked.field(), asked.number() - random.nextInt(2)));
    }
  }

  /** What clients say again because their field was changed. */
  private void echo(FieldId field) {
    if (!fields.contains(field)) {
      return;
    }
    switch (random.nextInt(5)) {
      case 0 -> {
        if (said.get(field) instanceof ContentType type) {
          post.accept(new SeatEvent.ContentTypeChanged(field, type));
        }
      }
      case 1 -> post.accept(new SeatEvent.FieldReset(field));
      case 2 -> post.accept(new SeatEvent.CursorMoved(field));
      case 3 -> post.accept(new SeatEvent.SurroundingChanged(field, input.around()));
      default -> {
        if (field.equals(focus) && random.nextInt(8) == 0) {
          post.accept(new SeatEvent.FocusLost(field));
          post.accept(new SeatEvent.FocusGained(field, null));
        }
      }
    }
  }

  void type() {
    FieldId field = random.nextInt(20) == 0 ? input.pick(fields) : focus;
    Key key = input.key();
    int burst = random.nextInt(200) == 0 ? 100 : 1;
    for (int i = 0; i < burst; i++) {
      post.accept(new SeatEvent.KeyTyped(field, nextKey++, key));
    }
  }

  void speak() {
    FieldId field = random.nextInt(3) == 0 ? input.pick(fields) : focus;
    switch (random.nextInt(12)) {
      case 0, 1 -> {
        FieldId left = focus;
        focus = random.nextInt(3) == 0 ? focus : input.pick(fields);
        post.accept(new SeatEvent.FocusGained(focus, random.nextBoolean() ? input.type() : null));
        if (left.host() != focus.host() && random.nextInt(8) > 0) {
          post.accept(new SeatEvent.FocusLost(left));
        }
      }
      case 2 -> {
        if (random.nextInt(6) == 0) {
          post.accept(new SeatEvent.FocusLost(field));
        }
      }
      case 3 -> post.accept(new SeatEvent.ContentTypeChanged(field, input.type()));
      case 4 -> post.accept(new SeatEvent.FieldReset(field));
      case 5 -> post.accept(new SeatEvent.SurroundingChanged(field, input.around()));
      case 6 -> post.accept(new SeatEvent.CursorMoved(field));
      case 7 -> post.accept(new SeatEvent.CandidateClicked(field, input.click()));
      case 9 ->
          post.accept(
              new SeatEvent.CandidatesMoved(field, input.pick(List.of(CandidatesMove.values()))));
      case 10 ->
          post.accept(
              new SeatEvent.PropertyActivated(
                  field, input.pick(List.of("mode", "kana")), random.nextBoolean()));
      case 8 ->
          post.accept(
              new SeatEvent.SecrecyMarked(
                  field, MARKERS[random.nextInt(MARKERS.length)], random.nextInt(24) == 0));
      default -> {
        if (random.nextInt(30) == 0) {
          fields.remove(field);
          post.accept(new SeatEvent.FieldClosed(field));
          open(new FieldId(field.host(), nextKey++));
        }
      }
    }
    if (!fields.contains(focus)) {
      focus = input.pick(fields);
    }
  }

  private void open(FieldId field) {
    fields.add(field);
    post.accept(
        new SeatEvent.FieldOpened(
            field,
            new Application("app" + random.nextInt(3), "", random.nextBoolean()),
            new FieldTraits(random.nextInt(3) > 0, random.nextBoolean(), random.nextBoolean())));
  }
}
