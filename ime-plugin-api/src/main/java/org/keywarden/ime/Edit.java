package org.keywarden.ime;

import java.util.List;

/**
 * One thing an input method does to its field. Made through {@link Edits} and {@link Response}; the
 * types are here so that an author's tests can look at them. Text must be well-formed UTF-16, and
 * its lengths are in code points. The broker refuses control characters, bidirectional overrides,
 * and line breaks outside the answer to Return.
 */
public sealed interface Edit {
  /**
   * Text goes into the field.
   *
   * @param text 1 to 1,024 code points
   */
  record Commit(String text) implements Edit {
    public Commit {
      Bounds.length("committed text", text, 1, 1024);
    }

    @Override
    public String toString() {
      return "Commit[]";
    }
  }

  /**
   * Text is shown under composition; an empty one takes the preedit away.
   *
   * @param text at most 1,024 code points
   * @param cursor in code points, 0 to the length of the text
   * @param onLoss what becomes of it when the composition ends first
   */
  record Preedit(String text, int cursor, OnLoss onLoss) implements Edit {
    public Preedit {
      int length = Bounds.length("preedit", text, 0, 1024);
      Bounds.within("cursor", cursor, 0, length);
    }

    /** Cursor at the end, kept on loss. */
    public Preedit(String text) {
      this(text, text.codePointCount(0, text.length()), OnLoss.COMMIT);
    }

    @Override
    public String toString() {
      return "Preedit[]";
    }
  }

  /** What becomes of a preedit when its composition ends before the input method finished it. */
  enum OnLoss {
    /** It goes into the field it was shown in, as the person saw it. */
    COMMIT,
    /** It is taken away. */
    DISCARD
  }

  /**
   * Candidates are shown to choose from; none hides them.
   *
   * @param texts at most 64, each at most 256 code points
   * @param selected the highlighted one; 0 if there are none
   */
  record Candidates(List<String> texts, int selected) implements Edit {
    public Candidates {
      texts = List.copyOf(texts);
      Bounds.within("number of candidates", texts.size(), 0, 64);
      texts.forEach(text -> Bounds.length("candidate", text, 0, 256));
      Bounds.within("selected candidate", selected, 0, Math.max(0, texts.size() - 1));
    }

    @Override
    public String toString() {
      return "Candidates[]";
    }
  }

  /**
   * Text around the cursor goes away; only within what the field reported.
   *
   * @param offset first code point, relative to the cursor, -4,096 to 4,096; negative is before it
   * @param count code points, 1 to 4,096
   */
  record DeleteSurrounding(int offset, int count) implements Edit {
    public DeleteSurrounding {
      Bounds.within("offset", offset, -4096, 4096);
      Bounds.within("count", count, 1, 4096);
    }

    @Override
    public String toString() {
      return "DeleteSurrounding[]";
    }
  }

  /** The key being answered goes to the application as it is, at this place among the edits. */
  record ForwardKey() implements Edit {}
}
