package org.keywarden.engine.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.keywarden.ibus.object.IbusAttribute;
import org.keywarden.ibus.object.IbusLookupTable;
import org.keywarden.ibus.object.IbusText;
import org.keywarden.ime.Edit;
import org.keywarden.ime.Edits;
import org.keywarden.ime.Response;
import org.keywarden.ime.Right;
import org.keywarden.ime.Segment;

final class ScreenTest {
  private static final int KEEP = 1;

  private final Screen screen = new Screen(EnumSet.allOf(Right.class));

  private static IbusText text(String text) {
    return IbusText.plain(text);
  }

  private static IbusLookupTable table(int count, int cursor, int page) {
    return new IbusLookupTable(
        page,
        cursor,
        true,
        false,
        IbusLookupTable.VERTICAL,
        IntStream.range(0, count).mapToObj(i -> text("c" + i)).toList(),
        List.of(text("a"), text("b")));
  }

  @Test
  void theOrderOfTextAndPreeditIsTheEngines() {
    screen.preedit(text("하"), 1, true, KEEP);
    assertEquals(Response.handled().preedit("하"), screen.take(true));
    screen.preedit(text(""), 0, false, KEEP);
    screen.commit(text("한"), false);
    screen.preedit(text("ㄱ"), 1, true, KEEP);
    assertEquals(Response.handled().preedit("").commit("한").preedit("ㄱ"), screen.take(true));
  }

  @Test
  void whatIsShownAlreadyCostsNoEdit() {
    screen.preedit(text("a"), 1, true, KEEP);
    screen.showTable(false);
    assertEquals(Response.handled().preedit("a"), screen.take(true));
    screen.preedit(text("b"), 1, true, KEEP);
    screen.preedit(text("a"), 1, true, KEEP);
    screen.auxiliary(text("x"), true);
    screen.showAuxiliary(false);
    assertFalse(screen.isChanged());
    assertEquals(Response.handled(), screen.take(true));
  }

  @Test
  void aKeyForwardedBehindEverythingIsAnUnusedKey() {
    screen.commit(text("한"), false);
    screen.forward();
    screen.preedit(text(""), 0, false, KEEP);
    assertEquals(Response.notHandled().commit("한"), screen.take(true));
  }

  @Test
  void aKeyForwardedBeforeTextNeedsItsRight() {
    screen.forward();
    screen.commit(text("x"), false);
    assertEquals(Response.handled().forwardKey().commit("x"), screen.take(true));
    Screen without = new Screen(Set.of(Right.COMMIT_TEXT));
    without.forward();
    without.commit(text("x"), false);
    assertEquals(Response.notHandled().commit("x"), without.take(true));
  }

  @Test
  void longTextIsCommittedInPieces() {
    screen.commit(text("x".repeat(2_500)), false);
    List<Edit> edits = screen.take(true).edits().list();
    assertEquals(3, edits.size());
    assertEquals(new Edit.Commit("x".repeat(452)), edits.getLast());
  }

  @Test
  void aThousandCommitsAreOne() {
    for (int i = 0; i < 1_000; i++) {
      screen.commit(text("x"), false);
    }
    assertEquals(Response.handled().commit("x".repeat(1_000)), screen.take(true));
  }

  @Test
  void moreThanABrokerTakesIsLeftOut() {
    for (int i = 0; i < 100; i++) {
      screen.commit(text("x"), false);
      screen.delete(-1, 1);
      screen.preedit(text("p" + i), 2, true, KEEP);
    }
    screen.table(table(3, 0, 5), true);
    screen.auxiliary(text("aux"), true);
    assertTrue(screen.take(true).edits().list().size() <= Edits.MOST);
    assertTrue(screen.leftOut() > 0);
  }

  @Test
  void cursorsAndLooksAreCutToTheText() {
    screen.preedit(
        new IbusText(
            "a𝄞b",
            List.of(
                new IbusAttribute(IbusAttribute.BACKGROUND, 0xFF000000, 1, -1),
                new IbusAttribute(IbusAttribute.UNDERLINE, IbusAttribute.DOUBLE, 0, 2),
                new IbusAttribute(IbusAttribute.UNDERLINE, 0, 0, 3),
                new IbusAttribute(IbusAttribute.FOREGROUND, 0xFFFFFF, 0, 3),
                new IbusAttribute(IbusAttribute.UNDERLINE, IbusAttribute.ERROR, 7, 9))),
        -1,
        true,
        0);
    Edits shown = screen.take(true).edits();
    assertEquals(
        Edits.none()
            .preedit(
                "a𝄞b",
                3,
                Edit.OnLoss.DISCARD,
                List.of(
                    new Segment(1, 3, Segment.Style.HIGHLIGHT),
                    new Segment(0, 2, Segment.Style.DOUBLE_UNDERLINE))),
        shown);
  }

  @Test
  void candidatesAreAWindowOfWholePages() {
    screen.table(table(200, 63, 5), true);
    Edit.Candidates shown = (Edit.Candidates) screen.take(true).edits().list().getFirst();
    assertEquals("c60", shown.texts().getFirst());
    assertEquals(60, shown.texts().size());
    assertEquals(3, shown.selected());
    assertEquals(5, shown.pageSize());
    assertEquals(List.of("a", "b"), shown.labels());
    assertEquals(Edit.Orientation.VERTICAL, shown.orientation());
    assertEquals(new CandidateWindow.Place(0, 2), screen.candidate(2));
    assertEquals(new CandidateWindow.Place(1, 1), screen.candidate(6));
    assertNull(screen.candidate(140));
    screen.movePage(-1);
    shown = (Edit.Candidates) screen.take(true).edits().list().getFirst();
    assertEquals("c0", shown.texts().getFirst());
    assertEquals(58, shown.selected());
  }

  @Test
  void tablesThatAreNoneAreBounded() {
    screen.table(table(3, -1, -7), true);
    Edit.Candidates shown = (Edit.Candidates) screen.take(true).edits().list().getFirst();
    assertEquals(2, shown.selected());
    screen.table(table(0, 9, 0), true);
    assertEquals(
        List.of(), ((Edit.Candidates) screen.take(true).edits().list().getFirst()).texts());
    screen.table(table(40, 20, 30), true);
    shown = (Edit.Candidates) screen.take(true).edits().list().getFirst();
    assertEquals(16, shown.pageSize());
    assertNull(screen.candidate(-1));
  }

  @Test
  void whatMayNotBeShownIsLeftOut() {
    Screen nothing = new Screen(Set.of());
    nothing.commit(text("a"), false);
    nothing.preedit(text("b"), 1, true, KEEP);
    nothing.table(table(3, 0, 5), true);
    nothing.auxiliary(text("c"), true);
    nothing.delete(-1, 1);
    assertEquals(Response.handled(), nothing.take(true));
    assertEquals(3, nothing.leftOut());
  }

  @Test
  void whatIsAbandonedStaysAsTheEngineWished() {
    screen.preedit(text("kept"), 4, true, KEEP);
    var ignored = screen.take(true);
    screen.table(table(3, 0, 5), true);
    screen.abandon();
    assertEquals(Response.notHandled().preedit("").commit("kept"), screen.take(false));
    screen.preedit(text("gone"), 4, true, 0);
    ignored = screen.take(true);
    screen.abandon();
    assertEquals(Response.notHandled().preedit(""), screen.take(false));
  }
}
