package org.keywarden.broker.seat;

import org.jspecify.annotations.Nullable;

/** Effects towards applications. */
public sealed interface HostEffect extends Effect {
  /** Each key is answered exactly once; if not handled, the application handles it itself. */
  record AnswerKey(FieldId field, long keyId, boolean handled) implements HostEffect {}

  /**
   * The application was given a key that may move the focus, or one behind it: others are held
   * until it is known to be handled ({@link SeatEvent.KeysHandled}), or for a time.
   *
   * @param number grows; only the newest counts
   */
  record FenceRaised(FieldId field, long number) implements HostEffect {}

  record EditField(FieldId field, Edit edit) implements HostEffect {}

  /**
   * The focused field, null if none, has a new route.
   *
   * @param readsText whether who has its keys may use the text around its cursor
   */
  record RouteChanged(@Nullable FieldId field, Route route, boolean readsText)
      implements HostEffect {}
}
