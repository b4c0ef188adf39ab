package org.keywarden.ime;

import java.util.ArrayList;
import java.util.List;
import org.keywarden.proto.input.v1.Action;
import org.keywarden.proto.input.v1.Candidates;
import org.keywarden.proto.input.v1.Preedit;
import org.keywarden.proto.input.v1.PreeditEnd;

/**
 * What an input method does with a key: whether it used it, and what it caused, in order.
 * Immutable.
 */
public final class Response {
  private static final Response NOT_HANDLED = new Response(false, List.of());
  private static final Response HANDLED = new Response(true, List.of());

  private final boolean handled;
  private final List<Action> actions;

  private Response(boolean handled, List<Action> actions) {
    this.handled = handled;
    this.actions = actions;
  }

  /** The application gets the key. */
  public static Response notHandled() {
    return NOT_HANDLED;
  }

  /** The input method used the key. */
  public static Response handled() {
    return HANDLED;
  }

  /** Also puts text into the field; nothing if it is empty. */
  public Response commit(String text) {
    return text.isEmpty() ? this : with(Action.newBuilder().setCommit(text).build());
  }

  /**
   * Also shows text under composition with the cursor at its end, kept in the field if the
   * capability ends first; an empty text takes it away.
   */
  public Response preedit(String text) {
    return with(
        Action.newBuilder()
            .setPreedit(
                Preedit.newBuilder()
                    .setText(text)
                    .setCursor(text.codePointCount(0, text.length()))
                    .setEnd(PreeditEnd.PREEDIT_END_COMMIT))
            .build());
  }

  /** Also shows candidates; none hides them. */
  public Response candidates(List<String> texts, int selected) {
    return with(
        Action.newBuilder()
            .setCandidates(Candidates.newBuilder().addAllTexts(texts).setSelected(selected))
            .build());
  }

  private Response with(Action action) {
    List<Action> more = new ArrayList<>(actions);
    more.add(action);
    return new Response(handled, List.copyOf(more));
  }

  /** Whether the key was used. */
  public boolean isHandled() {
    return handled;
  }

  /** What it caused. */
  public List<Action> actions() {
    return actions;
  }
}
