package org.keywarden.ime;

import java.util.ArrayList;
import java.util.List;

/**
 * What an input method does to its field, in order: at most {@value #MOST} edits. Immutable: each
 * method returns the edits so far and one more. Arguments out of the bounds stated in {@link Edit}
 * throw {@link IllegalArgumentException}.
 */
public final class Edits {
  /** The most edits one key, click or late message carries. */
  public static final int MOST = 16;

  private static final Edits NONE = new Edits(List.of());
  private static final Edit NO_CANDIDATES = new Edit.Candidates(List.of(), 0);
  private static final Edit NO_PREEDIT = new Edit.Preedit("");

  private final List<Edit> list;

  private Edits(List<Edit> list) {
    this.list = list;
  }

  /** Nothing. */
  public static Edits none() {
    return NONE;
  }

  /**
   * Also puts text into the field; does nothing if it is empty. What is longer than one edit takes
   * goes in several.
   */
  public Edits commit(String text) {
    Edits edits = this;
    int from = 0;
    while (text.length() - from > Edit.Commit.LONGEST
        && text.codePointCount(from, text.length()) > Edit.Commit.LONGEST) {
      int to = text.offsetByCodePoints(from, Edit.Commit.LONGEST);
      edits = edits.and(new Edit.Commit(text.substring(from, to)));
      from = to;
    }
    return from == text.length() ? edits : edits.and(new Edit.Commit(text.substring(from)));
  }

  /**
   * Also shows text under composition with the cursor at its end, kept in the field if the
   * composition ends first; an empty text takes the preedit away.
   */
  public Edits preedit(String text) {
    return and(text.isEmpty() ? NO_PREEDIT : new Edit.Preedit(text));
  }

  /**
   * Also shows text under composition.
   *
   * @param cursor in code points, 0 to the length of the text
   */
  public Edits preedit(String text, int cursor, Edit.OnLoss onLoss) {
    return and(new Edit.Preedit(text, cursor, onLoss));
  }

  /**
   * Also shows text under composition whose parts look different.
   *
   * @param cursor in code points, 0 to the length of the text
   */
  public Edits preedit(String text, int cursor, Edit.OnLoss onLoss, List<Segment> segments) {
    return and(new Edit.Preedit(text, cursor, onLoss, segments));
  }

  /** Also shows candidates, one of them highlighted. */
  public Edits candidates(List<String> texts, int selected) {
    return and(new Edit.Candidates(texts, selected));
  }

  /** Also shows candidates, laid out as they say. */
  public Edits candidates(Edit.Candidates candidates) {
    return and(candidates);
  }

  /** Also hides the candidates. */
  public Edits hideCandidates() {
    return and(NO_CANDIDATES);
  }

  /** Also shows a line of text beside the candidates; an empty one hides it. */
  public Edits auxiliary(String text) {
    return and(new Edit.Auxiliary(text));
  }

  /** Also shows a menu in place of the one before; {@link Right#SHOW_PROPERTIES} is needed. */
  public Edits properties(List<Property> items) {
    return and(new Edit.Properties(items));
  }

  /** Also deletes text around the cursor; {@link Right#DELETE_SURROUNDING} is needed. */
  public Edits deleteSurrounding(int offset, int count) {
    return and(new Edit.DeleteSurrounding(offset, count));
  }

  /** These edits, in order. */
  public List<Edit> list() {
    return list;
  }

  Edits and(Edit edit) {
    if (list.isEmpty()) {
      return new Edits(List.of(edit));
    }
    Bounds.within("number of edits", list.size() + 1L, 0, MOST);
    List<Edit> more = new ArrayList<>(list.size() + 1);
    more.addAll(list);
    more.add(edit);
    return new Edits(List.copyOf(more));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Edits edits && list.equals(edits.list);
  }

  @Override
  public int hashCode() {
    return list.hashCode();
  }

  /** Says which edits, nothing of their text. */
  @Override
  public String toString() {
    return "Edits" + list;
  }
}
