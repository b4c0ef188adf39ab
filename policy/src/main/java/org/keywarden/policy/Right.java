package org.keywarden.policy;

/** One thing a capability permits. */
public enum Right {
  RECEIVE_KEYS,
  SET_PREEDIT,
  COMMIT_TEXT,
  SHOW_CANDIDATES,
  READ_SURROUNDING,
  DELETE_SURROUNDING,
  FORWARD_KEY
}
