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
   * @return what the click caused
   */
  default Edits candidateClicked(CandidateClick click) {
    return Edits.none();
  }

  /**
   * The user turned a page of the candidates or moved the highlight, by the panel.
   *
   * @return what that caused: as a rule, the candidates with another one selected
   */
  default Edits candidatesMoved(CandidatesMove move) {
    return Edits.none();
  }

  /**
   * The user activated an item of the menu last shown.
   *
   * @param key the item's; to be checked, since the menu may have changed meanwhile
   * @param checked what a toggle or a choice is to become
   * @return what that caused: as a rule, the menu as it is now
   */
  default Edits propertyActivated(String key, boolean checked) {
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
