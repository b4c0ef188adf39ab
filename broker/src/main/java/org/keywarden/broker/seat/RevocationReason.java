package org.keywarden.broker.seat;

/** Why a grant ended. */
public enum RevocationReason {
  /** The field lost focus or is gone. */
  FOCUS_LOST,
  FIELD_SECRET,
  EXPIRED,
  /** The plugin never opened a stream for it. */
  NOT_PRESENTED,
  /** Another policy or plugin was chosen, the screen locked or unlocked, the machine resumed. */
  SUPERSEDED,
  /** The plugin closed the stream. */
  RELEASED,
  MISBEHAVED,
  PARENT_REVOKED,
  PLUGIN_LOST,
  /** The record could not be made durable. */
  NOT_RECORDED
}
