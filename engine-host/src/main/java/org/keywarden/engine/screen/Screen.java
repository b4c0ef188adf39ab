package org.keywarden.engine.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keywarden.ibus.object.IbusLookupTable;
import org.keywarden.ibus.object.IbusText;
import org.keywarden.ime.Edit;
import org.keywarden.ime.Edits;
import org.keywarden.ime.Property;
import org.keywarden.ime.Response;
import org.keywarden.ime.Right;

/**
 * What one field shows of an engine, what the engine wants it to show, and the edits that lead from
 * one to the other. What the engine says twice, or shows and takes away at once, costs no edit;
 * what it may not do is left out.
 *
 * <p>Thread: one.
 */
public final class Screen {
  private static final int MOST_EDITS = 16;

  /** Room for the candidates, the text beside them and the properties. */
  private static final int MOST_IN_ORDER = MOST_EDITS - 3;

  private static final int LONGEST = 1_024;
  private static final int LONGEST_LINE = 256;
  private static final int FARTHEST = 4_096;
  private static final int COMMIT = 1;
  private static final Edit.Preedit NO_PREEDIT = new Edit.Preedit("");
  private static final Edit.Candidates NO_CANDIDATES = new Edit.Candidates(List.of(), 0);

  private final Set<Right> rights;

  /** What changes the text, in order, and the preedit between. */
  private final List<Edit> inOrder = new ArrayList<>();

  private Edit.Preedit preedit = NO_PREEDIT;
  private Edit.Preedit preeditShown = NO_PREEDIT;
  private @Nullable CandidateWindow table;
  private boolean tableVisible;
  private Edit.Candidates candidatesShown = NO_CANDIDATES;
  private String auxiliary = "";
  private boolean auxiliaryVisible;
  private String auxiliaryShown = "";
  private List<Property> menu = List.of();
  private List<Property> menuShown = List.of();
  private int leftOut;

  /**
   * @param rights what the engine may do in the field
   */
  public Screen(Set<Right> rights) {
    this.rights = Set.copyOf(rights);
  }

  /** How many edits were left out because they were too many or not allowed. */
  public int leftOut() {
    return leftOut;
  }

  /** Something was left out before it came here. */
  public void leaveOut() {
    leftOut++;
  }

  /**
   * Text goes into the field.
   *
   * @param lineBreak whether it may hold line breaks
   */
  public void commit(IbusText text, boolean lineBreak) {
    String plain = PlainText.of(text.text(), lineBreak);
    if (!plain.isEmpty() && allowed(Right.COMMIT_TEXT)) {
      if (!inOrder.isEmpty() && inOrder.getLast() instanceof Edit.Commit before) {
        inOrder.removeLast();
        plain = before.text() + plain;
      }
      commitInPieces(plain);
    }
  }

  private void commitInPieces(String text) {
    String rest = text;
    while (!rest.isEmpty()) {
      String piece = PlainText.atMost(LONGEST, rest);
      add(new Edit.Commit(piece));
      rest = rest.substring(piece.length());
    }
  }

  /**
   * Text is under composition.
   *
   * @param cursor in code points, unsigned
   * @param mode 1 if it is to be kept when the field is left
   */
  public void preedit(IbusText text, int cursor, boolean visible, int mode) {
    String plain = PlainText.atMost(LONGEST, PlainText.of(text.text(), false));
    int length = PlainText.length(plain);
    preedit =
        new Edit.Preedit(
            plain,
            cursor < 0 || cursor > length ? length : cursor,
            mode == COMMIT ? Edit.OnLoss.COMMIT : Edit.OnLoss.DISCARD,
            Looks.of(text.attributes(), length));
    showPreedit(visible);
  }

  public void showPreedit(boolean visible) {
    Edit.Preedit now = visible && !preedit.text().isEmpty() ? preedit : NO_PREEDIT;
    if (!inOrder.isEmpty() && inOrder.getLast() instanceof Edit.Preedit) {
      inOrder.removeLast();
    }
    if (!now.equals(preeditAfter()) && allowed(Right.SET_PREEDIT)) {
      add(now);
    }
  }

  /** The preedit as it is after what is in order so far. */
  private Edit.Preedit preeditAfter() {
    for (int i = inOrder.size() - 1; i >= 0; i--) {
      if (inOrder.get(i) instanceof Edit.Preedit last) {
        return last;
      }
    }
    return preeditShown;
  }

  /** Text around the cursor goes away. */
  public void delete(int offset, int count) {
    boolean possible = offset >= -FARTHEST && offset <= FARTHEST && count > 0 && count <= FARTHEST;
    if (possible && allowed(Right.DELETE_SURROUNDING)) {
      add(new Edit.DeleteSurrounding(offset, count));
    } else if (!possible) {
      leftOut++;
    }
  }

  /** The key being answered goes to the application. */
  public void forward() {
    if (inOrder.stream().anyMatch(Edit.ForwardKey.class::isInstance)) {
      leftOut++;
    } else {
      add(new Edit.ForwardKey());
    }
  }

  public void table(IbusLookupTable given, boolean visible) {
    table = new CandidateWindow(given);
    tableVisible = visible;
  }

  public void showTable(boolean visible) {
    tableVisible = visible;
  }

  public void moveCursor(int by) {
    table = table == null ? null : table.moved(by);
  }

  public void movePage(int by) {
    table = table == null ? null : table.pageMoved(by);
  }

  /**
   * Where the engine has a candidate that is shown.
   *
   * @return null if none is shown at the index
   */
  public CandidateWindow.@Nullable Place candidate(int index) {
    return table == null || !tableVisible ? null : table.place(index);
  }

  /** A line beside the candidates. */
  public void auxiliary(IbusText text, boolean visible) {
    auxiliary = PlainText.atMost(LONGEST_LINE, PlainText.of(text.text(), false));
    auxiliaryVisible = visible;
  }

  public void showAuxiliary(boolean visible) {
    auxiliaryVisible = visible;
  }

  /** The engine's menu, as it is now. */
  public void menu(List<Property> items) {
    if (rights.contains(Right.SHOW_PROPERTIES)) {
      menu = items;
    }
  }

  /** The engine is gone, or its composition is: what it showed stays as text or goes. */
  public void abandon() {
    inOrder.clear();
    Edit.Preedit lost = preeditShown;
    preedit = NO_PREEDIT;
    showPreedit(false);
    if (!lost.text().isEmpty() && lost.onLoss() == Edit.OnLoss.COMMIT) {
      commitInPieces(lost.text());
    }
    tableVisible = false;
    auxiliaryVisible = false;
  }

  /** Whether there is anything to {@link #take}. */
  public boolean isChanged() {
    return !inOrder.isEmpty()
        || !candidates().equals(candidatesShown)
        || !auxiliary().equals(auxiliaryShown)
        || isMenuChanged();
  }

  /** Whether the menu is not as it is shown. */
  public boolean isMenuChanged() {
    return !menu.equals(menuShown);
  }

  /** The menu alone. */
  public Edits takeMenu() {
    menuShown = menu;
    return Edits.none().properties(menu);
  }

  private String auxiliary() {
    return auxiliaryVisible && rights.contains(Right.SHOW_CANDIDATES) ? auxiliary : "";
  }

  private Edit.Candidates candidates() {
    return table == null || !tableVisible || !rights.contains(Right.SHOW_CANDIDATES)
        ? NO_CANDIDATES
        : table.shown();
  }

  /**
   * The edits since the last call, which are taken to be shown from now on.
   *
   * @param handled whether the engine used the key
   */
  public Response take(boolean handled) {
    boolean last = forwardIsLast();
    boolean own = rights.contains(Right.FORWARD_KEY) && !last;
    boolean forwarded = inOrder.stream().anyMatch(Edit.ForwardKey.class::isInstance);
    Response response =
        handled && !(forwarded && !own) ? Response.handled() : Response.notHandled();
    for (Edit each : inOrder) {
      response =
          switch (each) {
            case Edit.Commit commit -> response.commit(commit.text());
            case Edit.Preedit now -> {
              preeditShown = now;
              yield with(response, preedit(response.edits(), now));
            }
            case Edit.DeleteSurrounding deletion ->
                response.deleteSurrounding(deletion.offset(), deletion.count());
            case Edit.ForwardKey key -> own && handled ? response.forwardKey() : response;
            case Edit.Candidates beside -> response;
            case Edit.Auxiliary beside -> response;
            case Edit.Properties beside -> response;
          };
    }
    inOrder.clear();
    return with(response, takeState(response.edits()));
  }

  private static Response with(Response response, Edits edits) {
    return response.isHandled() ? Response.handled(edits) : Response.notHandled(edits);
  }

  private static Edits preedit(Edits to, Edit.Preedit now) {
    return to.preedit(now.text(), now.cursor(), now.onLoss(), now.segments());
  }

  private Edits takeState(Edits edits) {
    Edits to = edits;
    Edit.Candidates now = candidates();
    if (!now.equals(candidatesShown)) {
      candidatesShown = now;
      to = to.candidates(now);
    }
    String line = auxiliary();
    if (!line.equals(auxiliaryShown)) {
      auxiliaryShown = line;
      to = to.auxiliary(line);
    }
    if (isMenuChanged()) {
      menuShown = menu;
      to = to.properties(menu);
    }
    return to;
  }

  /** What is shown, once more: for who cannot know in which order the last two changes came. */
  public Edits restated() {
    Edits edits = preedit(Edits.none(), preeditShown);
    return rights.contains(Right.SHOW_CANDIDATES)
        ? edits.candidates(candidatesShown).auxiliary(auxiliaryShown)
        : edits;
  }

  /** A key that comes behind everything else needs no right: the application gets it as unused. */
  private boolean forwardIsLast() {
    for (int i = inOrder.size() - 1; i >= 0; i--) {
      switch (inOrder.get(i)) {
        case Edit.ForwardKey key -> {
          return true;
        }
        case Edit.Commit text -> {
          return false;
        }
        case Edit.DeleteSurrounding text -> {
          return false;
        }
        case Edit.Preedit beside -> {}
        case Edit.Candidates beside -> {}
        case Edit.Auxiliary beside -> {}
        case Edit.Properties beside -> {}
      }
    }
    return false;
  }

  private boolean allowed(Right right) {
    boolean held = rights.contains(right);
    if (!held) {
      leftOut++;
    }
    return held;
  }

  /** Too many at once: the steps of the preedit between go first. */
  private void add(Edit edit) {
    if (inOrder.size() == MOST_IN_ORDER) {
      inOrder.removeIf(Edit.Preedit.class::isInstance);
    }
    if (inOrder.size() == MOST_IN_ORDER) {
      leftOut++;
    } else {
      inOrder.add(edit);
    }
  }
}
