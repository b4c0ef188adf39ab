package org.keywarden.ime;

/**
 * What is being typed into one field. Dropped without notice when the capability ends or the
 * application drops it.
 */
public interface Composition {
  /**
   * A key; what comes back takes effect before the application is told whether the key was used.
   */
  Response onKey(Key key);

  /** The user chose a candidate, by its place among those last shown. */
  default Response onCandidate(int index) {
    return Response.notHandled();
  }
}
