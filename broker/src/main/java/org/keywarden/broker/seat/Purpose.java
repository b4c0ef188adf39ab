package org.keywarden.broker.seat;

/** What a field is for, as its application says. */
public enum Purpose {
  /** A purpose we do not know; counts as secret. */
  UNKNOWN,
  FREE_FORM,
  ALPHA,
  DIGITS,
  NUMBER,
  PHONE,
  URL,
  EMAIL,
  NAME,
  PASSWORD,
  PIN,
  TERMINAL,
  DATE,
  TIME,
  DATETIME
}
