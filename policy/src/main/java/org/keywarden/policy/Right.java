package org.keywarden.policy;

/** One thing a capability permits. */
public enum Right {
  /** See the presses and repeats of the field's keys. */
  RECEIVE_KEYS,
  /** Show text under composition at the cursor. */
  SET_PREEDIT,
  /** Put text into the field. */
  COMMIT_TEXT,
  /** Offer candidates. */
  SHOW_CANDIDATES,
  /** Read the text around the cursor. */
  READ_SURROUNDING,
  /** Delete text around the cursor. */
  DELETE_SURROUNDING,
  /** Hand the key being answered to the application as it is. */
  FORWARD_KEY,
  /** See the releases of the keys it was shown, too. How long keys are held tells who types. */
  RECEIVE_RELEASES,
  /** Have a menu of its own in the desktop's panel. */
  SHOW_PROPERTIES;

  /** Whether it is about keys coming in, which have one owner. */
  public boolean bringsKeys() {
    return this == RECEIVE_KEYS || this == RECEIVE_RELEASES;
  }
}
