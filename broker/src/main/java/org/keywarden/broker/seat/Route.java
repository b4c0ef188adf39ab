package org.keywarden.broker.seat;

/** Who gets the keys of the focused field. */
public enum Route {
  UNFOCUSED,
  /** Secrecy not known yet: keys are held, briefly. */
  DECIDING,
  /**
   * Waiting for the durable record and for the plugin to present the capability: keys are held,
   * briefly.
   */
  GRANTING,
  /** The plugin, under a live grant. */
  COMPOSING,
  /** The trusted keyboard. */
  GUARDED,
  /** Nobody: the application handles its own keys. */
  DIRECT
}
