package org.keywarden.broker.frontdoor.ibus.context;

import org.jspecify.annotations.Nullable;
import org.keywarden.broker.frontdoor.ibus.panel.Place;
import org.keywarden.broker.seat.Route;

/**
 * Where a field's cursor is on the screen. While the field is guarded that is not even kept: it
 * would tell the length of a password.
 */
final class CursorPlace {
  private @Nullable Place place;
  private boolean guarded;

  /** Null if not told since the field was last guarded. */
  @Nullable Place now() {
    return place;
  }

  void told(Place now) {
    if (!guarded) {
      place = now;
    }
  }

  void follow(Route route) {
    guarded = route == Route.GUARDED;
    if (guarded) {
      place = null;
    }
  }

  /** The field has not the focus any more. */
  void forget() {
    place = null;
    guarded = false;
  }
}
