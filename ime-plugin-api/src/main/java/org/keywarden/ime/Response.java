package org.keywarden.ime;

import java.util.List;

/**
 * What an input method does with a key: whether it used it, and what the key caused, in order.
 * Immutable: each method returns the response so far and one edit more. Arguments out of the bounds
 * stated in {@link Edit} throw {@link IllegalArgumentException}.
 */
public final class Response {
  private static final Response HANDLED = new Response(true, Edits.none());
  private static final Response NOT_HANDLED = new Response(false, Edits.none());

  private final boolean handled;
  private final Edits edits;

  private Response(boolean handled, Edits edits) {
    this.handled = handled;
    this.edits = edits;
  }

  /** The input method used the key. */
  public static Response handled() {
    return HANDLED;
  }

  /** The input method used the key, and it caused these edits. */
  public static Response handled(Edits edits) {
    return new Response(true, edits);
  }

  /** The application gets the key. */
  public static Response notHandled() {
    return NOT_HANDLED;
  }

  /** The application gets the key, after these edits. */
  public static Response notHandled(Edits edits) {
    return new Response(false, edits);
  }

  /** As {@link Edits#commit}. */
  public Response commit(String text) {
    return with(edits.commit(text));
  }

  /** As {@link Edits#preedit(String)}. */
  public Response preedit(String text) {
    return with(edits.preedit(text));
  }

  /** As {@link Edits#preedit(String, int, Edit.OnLoss)}. */
  public Response preedit(String text, int cursor, Edit.OnLoss onLoss) {
    return with(edits.preedit(text, cursor, onLoss));
  }

  /** As {@link Edits#candidates(List, int)}. */
  public Response candidates(List<String> texts, int selected) {
    return with(edits.candidates(texts, selected));
  }

  /** As {@link Edits#candidates(Edit.Candidates)}. */
  public Response candidates(Edit.Candidates candidates) {
    return with(edits.candidates(candidates));
  }

  /** As {@link Edits#hideCandidates}. */
  public Response hideCandidates() {
    return with(edits.hideCandidates());
  }

  /** As {@link Edits#auxiliary}. */
  public Response auxiliary(String text) {
    return with(edits.auxiliary(text));
  }

  /** As {@link Edits#deleteSurrounding}. */
  public Response deleteSurrounding(int offset, int count) {
    return with(edits.deleteSurrounding(offset, count));
  }

  /**
   * Also hands this key to the application, at this place among the edits: for text that must come
   * after it. {@link Right#FORWARD_KEY} is needed. Answer such a key as handled, or the application
   * gets it twice.
   */
  public Response forwardKey() {
    return with(edits.and(new Edit.ForwardKey()));
  }

  /** Whether the key was used. */
  public boolean isHandled() {
    return handled;
  }

  /** What the key caused. */
  public Edits edits() {
    return edits;
  }

  private Response with(Edits more) {
    return more == edits ? this : new Response(handled, more);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Response response
        && handled == response.handled
        && edits.equals(response.edits);
  }

  @Override
  public int hashCode() {
    return 31 * edits.hashCode() + Boolean.hashCode(handled);
  }

  /** Says which edits, nothing of their text. */
  @Override
  public String toString() {
    return (handled ? "handled " : "not handled ") + edits;
  }
}
