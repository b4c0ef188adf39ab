package org.keywarden.engine.screen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keywarden.ibus.object.IbusLookupTable;
import org.keywarden.ibus.object.IbusText;
import org.keywarden.ime.Edit;

/**
 * The part of an engine's table that is shown: whole pages around the cursor, at most 64 candidates
 * in all. Some engines give hundreds with each key.
 *
 * @param table the engine's, whose cursor is in it
 */
public record CandidateWindow(IbusLookupTable table) {
  private static final int MOST = 64;
  private static final int LARGEST_PAGE = 16;
  private static final int USUAL_PAGE = 5;
  private static final int LONGEST = 256;
  private static final int LONGEST_LABEL = 16;

  /** Where a candidate is for the engine. */
  public record Place(int pages, int indexInPage) {}

  public CandidateWindow {
    int size = table.candidates().size();
    int cursor = table.cursor();
    if (cursor < 0 || cursor >= Math.max(1, size)) {
      table = withCursor(table, Math.max(0, size - 1));
    }
  }

  private static IbusLookupTable withCursor(IbusLookupTable table, int cursor) {
    return new IbusLookupTable(
        table.pageSize(),
        cursor,
        table.cursorVisible(),
        table.round(),
        table.orientation(),
        table.candidates(),
        table.labels());
  }

  private int enginePage() {
    int size = table.pageSize();
    return size <= 0 ? USUAL_PAGE : size;
  }

  private int page() {
    return Math.min(enginePage(), LARGEST_PAGE);
  }

  /** Index of the first candidate shown. */
  private int start() {
    int whole = MOST / page() * page();
    return table.cursor() / whole * whole;
  }

  Edit.Candidates shown() {
    int start = start();
    int end = Math.min(table.candidates().size(), start + MOST / page() * page());
    List<String> texts =
        table.candidates().subList(start, end).stream().map(CandidateWindow::plain).toList();
    return new Edit.Candidates(
        texts, table.cursor() - start, page(), labels(), orientation(), table.cursorVisible());
  }

  private List<String> labels() {
    return table.labels().stream()
        .limit(page())
        .map(each -> PlainText.atMost(LONGEST_LABEL, PlainText.of(each.text(), false)))
        .toList();
  }

  private Edit.Orientation orientation() {
    return switch (table.orientation()) {
      case IbusLookupTable.HORIZONTAL -> Edit.Orientation.HORIZONTAL;
      case IbusLookupTable.VERTICAL -> Edit.Orientation.VERTICAL;
      default -> Edit.Orientation.AS_THE_DESKTOP_LIKES;
    };
  }

  private static String plain(IbusText text) {
    return PlainText.atMost(LONGEST, PlainText.of(text.text(), false));
  }

  /**
   * Where the engine has what is shown at an index.
   *
   * @return null if nothing is
   */
  @Nullable Place place(int index) {
    int at = start() + index;
    if (index < 0 || at >= table.candidates().size()) {
      return null;
    }
    return new Place(at / enginePage() - table.cursor() / enginePage(), at % enginePage());
  }

  /** The same after the engine asked for another cursor; it stays where it was at an end. */
  CandidateWindow moved(int by) {
    long to = (long) table.cursor() + by;
    return to < 0 || to >= table.candidates().size()
        ? this
        : new CandidateWindow(withCursor(table, (int) to));
  }

  CandidateWindow pageMoved(int pages) {
    return moved(pages * enginePage());
  }
}
