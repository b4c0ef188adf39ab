package org.keywarden.broker.seat;

/** How the user moves among candidates otherwise than by keys. */
public enum CandidatesMove {
  PAGE_UP,
  PAGE_DOWN,
  CURSOR_UP,
  CURSOR_DOWN
}
