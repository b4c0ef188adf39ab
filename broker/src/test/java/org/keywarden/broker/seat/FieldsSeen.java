package org.keywarden.broker.seat;

import static org.keywarden.broker.seat.SeatOracle.check;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a seat was told of fields, as seen from outside. */
final class FieldsSeen {
  /** Markers whose word is good for the whole stay of focus. */
  private static final Set<SecretBy> LASTING =
      EnumSet.of(SecretBy.APPLICATION, SecretBy.MASKED_TEXT, SecretBy.ACCESSIBILITY);

  /** What a field said stands around its cursor; {@code epoch} after it was heard. */
  private record Report(FieldId field, SurroundingText text, long epoch, boolean readable) {}

  private final Map<FieldId, ContentType> types = new HashMap<>();
  private final Set<FieldId> openFields = new HashSet<>();

  /** What other markers than their application's words call fields secret now. */
  private final Map<FieldId, Set<SecretBy>> marked = new HashMap<>();

  /** Fields of clients that may say that the focus moved because of text they were given. */
  private final Set<FieldId> restless = new HashSet<>();

  /** Whether a lasting marker has called the focused field secret in this stay of focus. */
  private boolean calledSecret;

  /** The newest report of the focused field in this epoch. */
  private @Nullable Report report;

  private @Nullable FieldId focused;

  @Nullable FieldId focused() {
    return focused;
  }

  boolean isOpen(FieldId field) {
    return openFields.contains(field);
  }

  boolean isRestless(FieldId field) {
    return restless.contains(field);
  }

  void open(SeatEvent.FieldOpened event) {
    openFields.add(event.field());
    if (event.traits().focusMayBeEcho()) {
      restless.add(event.field());
    }
  }

  void close(FieldId field) {
    openFields.remove(field);
    restless.remove(field);
    types.remove(field);
    marked.remove(field);
    lose(field);
  }

  /** Takes what a field says it is; returns whether that is news. */
  boolean type(FieldId field, ContentType type) {
    return !type.equals(types.put(field, type));
  }

  void focus(FieldId field) {
    calledSecret &= field.equals(focused);
    focused = field;
    noteCalled();
  }

  void lose(FieldId field) {
    focused = field.equals(focused) ? null : focused;
  }

  void mark(SeatEvent.SecrecyMarked event) {
    Set<SecretBy> by =
        marked.computeIfAbsent(event.field(), field -> EnumSet.noneOf(SecretBy.class));
    if (event.secret()) {
      by.add(event.by());
    } else {
      by.remove(event.by());
    }
    noteCalled();
  }

  void report(SeatEvent.SurroundingChanged event, long epoch) {
    if (event.field().equals(focused)) {
      report = new Report(event.field(), event.surrounding(), epoch, readable(event.field()));
    }
  }

  void noteCalled() {
    calledSecret |=
        focused != null
            && (calls(focused) || marksOf(focused).stream().anyMatch(LASTING::contains));
  }

  boolean secret(FieldId field) {
    return calls(field) || !marksOf(field).isEmpty() || (field.equals(focused) && calledSecret);
  }

  boolean focusedIsSecret() {
    return focused != null && secret(focused);
  }

  /** Whether the focused field is of a known type, and no terminal. */
  boolean focusedTakesLines() {
    return focused != null
        && types.get(focused) instanceof ContentType type
        && type.purpose() != Purpose.TERMINAL;
  }

  private Set<SecretBy> marksOf(FieldId field) {
    return marked.getOrDefault(field, Set.of());
  }

  private boolean calls(FieldId field) {
    ContentType type = types.get(field);
    return type != null && type.secret();
  }

  /** Whether text around the cursor of a field may be kept at all. */
  private boolean readable(FieldId field) {
    return field.equals(focused)
        && !secret(field)
        && types.get(field) instanceof ContentType type
        && type.purpose() != Purpose.TERMINAL
        && !type.hints().contains(Hint.PRIVATE);
  }

  /**
   * Judges that text around the cursor is used.
   *
   * @param text what is shown, null if it is only relied on
   * @param before the epoch before the event
   * @param after the epoch after it
   */
  void judgeRead(@Nullable SurroundingText text, long before, long after) {
    Report read = report;
    check(
        read != null
            && read.readable()
            && read.field().equals(focused)
            && (read.epoch() == after || read.epoch() == before)
            && readable(read.field())
            && (text == null || text == read.text()),
        "G3 text around the cursor is of this stay of focus, of a field that may be read");
  }
}
