package org.keywarden.broker.seat;

/** Who says that what is typed into a field is secret. Markers add up; none takes another back. */
public enum SecretBy {
  /**
   * Its application: a purpose, a hint or a flag. Holds to the end of the stay of focus. An
   * application that shows a password says from then on that the field is plain, but what is typed
   * next is typed into the password.
   */
  APPLICATION(true),
  /**
   * The settings of a terminal: its program reads without showing. Ends as the program shows again
   * what is typed; the next thing typed there is another.
   */
  TERMINAL(false),
  /**
   * The text around its cursor: one and the same sign in place of each character. Holds to the end
   * of the stay of focus; a field that is emptied is still the one it was.
   */
  MASKED_TEXT(true),
  /**
   * The accessibility bus: the object that has its application's focus is a password. Holds to the
   * end of the stay of focus, however late it came.
   */
  ACCESSIBILITY(true),
  /**
   * What the accessibility bus said before the stay began: of this field, or of the one before.
   * Ends as the bus says something else.
   */
  ACCESSIBILITY_BEFORE(false);

  private final boolean holds;

  SecretBy(boolean holds) {
    this.holds = holds;
  }

  /** Whether what it said once is so until the focus leaves the field. */
  boolean holdsForTheStay() {
    return holds;
  }
}
