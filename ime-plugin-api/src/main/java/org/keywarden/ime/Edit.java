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
   * @param text 1 to {@value #LONGEST} code points
   */
  record Commit(String text) implements Edit {
    /** In code points. */
    public static final int LONGEST = 1024;

    public Commit {
      Bounds.length("committed text", text, 1, LONGEST);
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
   * @param segments how its parts look, at most 32; without any, all of it is underlined
   */
  record Preedit(String text, int cursor, OnLoss onLoss, List<Segment> segments) implements Edit {
    public Preedit {
      int length = Bounds.length("preedit", text, 0, 1024);
      Bounds.within("cursor", cursor, 0, length);
      segments = List.copyOf(segments);
      Bounds.within("number of segments", segments.size(), 0, 32);
      segments.forEach(each -> Bounds.within("end of a segment", each.end(), 1, length));
    }

    /** Underlined from end to end. */
    public Preedit(String text, int cursor, OnLoss onLoss) {
      this(text, cursor, onLoss, List.of());
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
   * @param selected the highlighted one, on the page that is shown; 0 if there are none
   * @param pageSize how many are shown at once, 1 to 16
   * @param labels what stands before each place of a page, at most one for each, at most 16 code
   *     points long; places without one are numbered
   * @param orientation how they are laid out
   * @param selectionShown whether {@code selected} is highlighted, or only says which page is shown
   */
  record Candidates(
      List<String> texts,
      int selected,
      int pageSize,
      List<String> labels,
      Orientation orientation,
      boolean selectionShown)
      implements Edit {
    /** Candidates on a page whose size nobody chose. */
    public static final int PAGE = 10;

    public Candidates {
      texts = List.copyOf(texts);
      labels = List.copyOf(labels);
      Bounds.within("number of candidates", texts.size(), 0, 64);
      texts.forEach(text -> Bounds.length("candidate", text, 0, 256));
      Bounds.within("selected candidate", selected, 0, Math.max(0, texts.size() - 1));
      Bounds.within("page size", pageSize, 1, 16);
      Bounds.within("number of labels", labels.size(), 0, pageSize);
      labels.forEach(label -> Bounds.length("label", label, 0, 16));
    }

    /** Ten a page, numbered, laid out as the desktop likes, the selected one highlighted. */
    public Candidates(List<String> texts, int selected) {
      this(texts, selected, PAGE, List.of(), Orientation.AS_THE_DESKTOP_LIKES, true);
    }

    @Override
    public String toString() {
      return "Candidates[]";
    }
  }

  /** How candidates are laid out. */
  enum Orientation {
    AS_THE_DESKTOP_LIKES,
    HORIZONTAL,
    VERTICAL
  }

  /**
   * A line of text is shown beside the candidates: the reading, say. An empty one is hidden.
   *
   * @param text at most 256 code points
   */
  record Auxiliary(String text) implements Edit {
    public Auxiliary {
      Bounds.length("auxiliary text", text, 0, 256);
    }

    @Override
    public String toString() {
      return "Auxiliary[]";
    }
  }

  /**
   * The input method's menu is shown in place of the one before; no items hides it. Goes with the
   * composition. Needs no key: a few may be sent when a composition has been opened.
   *
   * @param items at most 64
   */
  record Properties(List<Property> items) implements Edit {
    public Properties {
      items = List.copyOf(items);
      Bounds.within("number of properties", items.size(), 0, 64);
    }

    @Override
    public String toString() {
      return "Properties[]";
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
