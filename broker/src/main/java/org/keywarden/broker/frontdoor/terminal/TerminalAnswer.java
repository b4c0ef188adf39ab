package org.keywarden.broker.frontdoor.terminal;

/** Whether a program in one of several terminals asks for something it does not show. */
public enum TerminalAnswer {
  /** None does. */
  SHOWN,

  /** One does, or it cannot be known. */
  HIDDEN,

  /** They have to be looked at. */
  UNKNOWN
}
