package org.keywarden.policy;

/** What a capability permits its holder to do. */
public enum Right {
  /** Receive the keys typed into the field. */
  RECEIVE_KEYS,
  /** Show text under composition at the cursor. */
  SET_PREEDIT,
  /** Put text into the field. */
  COMMIT_TEXT,
  /** Show a list of candidates. */
  SHOW_CANDIDATES,
  /** Read the text around the cursor. */
  READ_SURROUNDING,
  /** Delete text around the cursor. */
  DELETE_SURROUNDING,
  /** Hand the key being answered on to the application. */
  FORWARD_KEY
}
