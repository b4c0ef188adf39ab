package org.keywarden.ime;

/** One thing a capability permits. The manifest asks for rights, the policy may give fewer. */
public enum Right {
  RECEIVE_KEYS,
  SET_PREEDIT,
  COMMIT_TEXT,
  SHOW_CANDIDATES,
  READ_SURROUNDING,
  DELETE_SURROUNDING,
  FORWARD_KEY,
  RECEIVE_RELEASES,
  /** A menu of its own, in the desktop's panel. */
  SHOW_PROPERTIES
}
