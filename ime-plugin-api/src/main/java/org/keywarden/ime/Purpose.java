package org.keywarden.ime;

/** What a field is for. Purposes that mean "secret" are missing: no input method gets such keys. */
public enum Purpose {
  /** The field does not say, or says something this version does not know. */
  OTHER,
  FREE_FORM,
  ALPHA,
  DIGITS,
  NUMBER,
  PHONE,
  URL,
  EMAIL,
  NAME,
  TERMINAL,
  DATE,
  TIME,
  DATETIME
}
