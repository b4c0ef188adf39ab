package org.keywarden.desktop;

/**
 * A field whose text is meant to be secret.
 *
 * @param name of the field in the application
 * @param before the ordinary field one Tab before it, "" if it is typed into only where it is
 * @param how it is made, for the table
 * @param keysStay the client gives no key of this field to any input method, so what is typed once
 *     the field has the focus may overtake what was typed before and is on its way back
 */
record Secret(String name, String before, String how, boolean keysStay) {
  /** A field whose keys the client offers to the input method, as it does those of any field. */
  static Secret told(String name, String before, String how) {
    return new Secret(name, before, how, false);
  }

  /** A field whose keys the client keeps to itself. */
  static Secret kept(String name, String before, String how) {
    return new Secret(name, before, how, true);
  }
}
