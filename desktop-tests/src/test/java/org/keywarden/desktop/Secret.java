package org.keywarden.desktop;

/**
 * A field whose text is meant to be secret.
 *
 * @param name of the field in the application
 * @param before the ordinary field one Tab before it, "" if it is typed into only where it is
 * @param how it is made, for the table
 * @param offered which of its keys the client offers to the input method
 */
record Secret(String name, String before, String how, Offered offered) {
  /**
   * Which keys of a field an input method is offered. What a client keeps to itself it handles at
   * once, and so before what was typed earlier and is on its way back.
   */
  enum Offered {
    /** All, as of any field. */
    ALL,
    /** All but those that come while the focus moves, until the input method is told of it. */
    ONCE_TOLD,
    /** None. */
    NONE
  }

  static Secret told(String name, String before, String how) {
    return new Secret(name, before, how, Offered.ALL);
  }

  static Secret toldLate(String name, String before, String how) {
    return new Secret(name, before, how, Offered.ONCE_TOLD);
  }

  static Secret kept(String name, String before, String how) {
    return new Secret(name, before, how, Offered.NONE);
  }
}
