package org.keywarden.ime;

/**
 * What is being typed into one field. A composition is used until the capability behind it ends,
 * the application drops it, or it throws; then it gets {@link #reset} and is never called again.
 *
 * <p>If a method throws, the key it was called for is answered as not handled, a preedit to be kept
 * is committed, and the field goes on with a fresh composition. The fault is printed to standard
 * error without its message, which may hold what was typed.
 */
public interface Composition {
  /**
   * A key was pressed, repeated or released.
   *
   * @return what it caused, which takes effect before the application is told whether the key was
   *     used
   */
  Response onKey(Key key);

  /**
   * The user clicked a candidate.
   *
   * @param index its place in the list last shown; to be checked, since the list may have changed
   *     while the click was under way
   * @return what the click caused
   */
  default Edits candidateClicked(int index) {
    return Edits.none();
  }

  /** The text around the cursor changed. Only called with {@link Right#READ_SURROUNDING}. */
  default void surroundingChanged(SurroundingText surrounding) {}

  /**
   * Called once, first, with the means to act later than in an answer (when a dictionary on another
   * thread has found its candidates, say). Most input methods need none.
   */
  default void opened(Outbound outbound) {}

  /**
   * Called once, last: what was composed is gone from the field or already kept in it. Nothing can
   * be put into the field any more; what was remembered of it should be dropped.
   */
  default void reset() {}
}
