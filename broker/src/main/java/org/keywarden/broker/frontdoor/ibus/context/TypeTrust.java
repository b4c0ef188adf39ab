package org.keywarden.broker.frontdoor.ibus.context;

import org.jspecify.annotations.Nullable;
import org.keywarden.broker.seat.ContentType;

/**
 * Whether what a client said of a context is so of the field that has the focus now. Only late
 * announcers are ever doubted ({@link LateAnnouncers}): from the moment another of their contexts
 * had the focus, until this one shows that it is up to date.
 */
final class TypeTrust {
  private final boolean late;
  private boolean shown;

  TypeTrust(boolean late) {
    this.late = late;
  }

  /** Whether the type that was last told may be believed. */
  boolean now() {
    return !late || shown;
  }

  /**
   * The context gains the focus.
   *
   * @param stayed none of the client's others had it in between
   */
  void focus(boolean stayed) {
    shown = shown && stayed;
  }

  /**
   * A type is told. A late announcer repeats one at each focus without having looked; another one
   * than before it tells only of the field it has just looked at.
   *
   * @param before null if none was told, which means an ordinary field
   */
  void told(@Nullable ContentType before, ContentType now) {
    shown = shown || !now.equals(before == null ? ContentTypes.of(0, 0) : before);
  }

  /**
   * The text of the focused field is told. A late announcer puts one and the same sign in place of
   * each character of a password, so a letter or a digit shows that the field is none.
   *
   * @return whether the type may be believed from now on, and could not be before
   */
  boolean readable(String text) {
    if (now() || text.codePoints().noneMatch(Character::isLetterOrDigit)) {
      return false;
    }
    shown = true;
    return true;
  }
}
