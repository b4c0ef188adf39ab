package org.keywarden.policy;

/** One thing a capability permits. */
public enum Right {
  /** See the keys of the field. */
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
  FORWARD_KEY
}
