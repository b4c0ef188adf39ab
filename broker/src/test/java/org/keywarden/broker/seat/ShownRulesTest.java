package org.keywarden.broker.seat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keywarden.policy.Right;

/** Menus, lines beside candidates, looks, and what the user does with them. */
final class ShownRulesTest extends SeatScene {
  private static Property item(String key, Property.Kind kind, String menu) {
    return new Property(key, kind, "label", "", "", true, true, false, menu);
  }

  private static Action menu(Property... items) {
    return new Action.ShowProperties(List.of(items));
  }

  private void acts(Action action) {
    post(new SeatEvent.ActionTaken(grant(), action));
  }

  private List<Edit> edits() {
    return all(HostEffect.EditField.class).map(HostEffect.EditField::edit).toList();
  }

  private void activate(FieldId field, String key) {
    post(new SeatEvent.PropertyActivated(field, key, true));
  }

  private List<String> activated() {
    return all(PluginEffect.DeliverActivation.class)
        .map(PluginEffect.DeliverActivation::key)
        .toList();
  }

  // Menus.

  @Test
  void aMenuNeedsNoKey() {
    composing();
    List<Property> items = List.of(item("mode", Property.Kind.TOGGLE, ""));
    acts(new Action.ShowProperties(items));
    assertEquals(List.of(new Edit.SetProperties(items)), edits());
    for (int i = 1; i < 16; i++) {
      acts(new Action.ShowProperties(items));
      assertEquals(List.of(), refusals());
    }
    acts(new Action.ShowProperties(items));
    assertEquals(List.of(Refusal.NO_CAUSE), refusals(), "the opening pays for so many");
    acts(menu());
    assertEquals(List.of(), refusals(), "taking it away is free");
  }

  @Test
  void aMenuMayComeLate() {
    composing();
    pass(60 * 1_000_000_000L);
    acts(menu(item("mode", Property.Kind.TOGGLE, "")));
    assertEquals(List.of(), refusals());
  }

  @Test
  void onlyAMenuNeedsNoKey() {
    composing();
    acts(new Action.ShowAuxiliary("reading"));
    assertEquals(List.of(Refusal.NO_CAUSE), refusals());
  }

  @Test
  void aMenuTakesItsRight() {
    rights.remove(Right.SHOW_PROPERTIES);
    composing();
    acts(menu(item("mode", Property.Kind.TOGGLE, "")));
    assertEquals(List.of(Refusal.RIGHT_NOT_HELD), refusals());
  }

  @Test
  void aMenuGoesWithItsGrant() {
    composing();
    acts(menu(item("mode", Property.Kind.TOGGLE, "")));
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.FREE_FORM)));
    assertEquals(List.of(new Edit.SetProperties(List.of())), edits());
    activate(FIELD, "mode");
    activate(NEXT, "mode");
    assertEquals(List.of(), activated());
  }

  @Test
  void aMenuOutlivesAComposition() {
    composing();
    acts(menu(item("mode", Property.Kind.TOGGLE, "")));
    press('k');
    answer(1, true, preedit("k"));
    post(new SeatEvent.FieldReset(FIELD));
    assertEquals(List.of(new Edit.SetPreedit(Preedit.NONE)), edits());
    activate(FIELD, "mode");
    assertEquals(List.of("mode"), activated());
  }

  @Test
  void aMenuIsATree() {
    Property mode = item("mode", Property.Kind.MENU, "");
    composing();
    acts(menu(mode, item("kana", Property.Kind.CHOICE, "mode")));
    assertEquals(List.of(), refusals());
    acts(menu(item("kana", Property.Kind.CHOICE, "mode"), mode));
    assertEquals(List.of(Refusal.OUT_OF_BOUNDS), refusals(), "a menu stands before its items");
    acts(menu(mode, mode));
    assertEquals(List.of(Refusal.OUT_OF_BOUNDS), refusals(), "keys are unique");
    acts(menu(item("kana", Property.Kind.CHOICE, ""), item("x", Property.Kind.CHOICE, "kana")));
    assertEquals(List.of(Refusal.OUT_OF_BOUNDS), refusals(), "only a menu has items");
  }

  @Test
  void menusDoNotNestForEver() {
    composing();
    Property[] four = new Property[4];
    Property[] five = new Property[5];
    for (int i = 0; i < 5; i++) {
      five[i] = item("m" + i, Property.Kind.MENU, i == 0 ? "" : "m" + (i - 1));
      if (i < 4) {
        four[i] = five[i];
      }
    }
    acts(menu(four));
    assertEquals(List.of(), refusals());
    acts(menu(five));
    assertEquals(List.of(Refusal.OUT_OF_BOUNDS), refusals());
  }

  @Test
  void noTextOfAMenuActs() {
    composing();
    String evil = "a\u202Eb";
    for (Property each :
        List.of(
            new Property(evil, Property.Kind.NORMAL, "", "", "", true, true, false, ""),
            new Property("k", Property.Kind.NORMAL, evil, "", "", true, true, false, ""),
            new Property("k", Property.Kind.NORMAL, "", evil, "", true, true, false, ""),
            new Property("k", Property.Kind.NORMAL, "", "", evil, true, true, false, ""),
            new Property("", Property.Kind.NORMAL, "", "", "", true, true, false, ""))) {
      acts(menu(each));
      assertEquals(List.of(Refusal.TEXT_NOT_ALLOWED), refusals());
    }
  }

  @Test
  void whatIsShownCanBeActivated() {
    composing();
    acts(
        menu(
            item("normal", Property.Kind.NORMAL, ""),
            item("toggle", Property.Kind.TOGGLE, ""),
            item("menu", Property.Kind.MENU, ""),
            item("choice", Property.Kind.CHOICE, "menu"),
            item("separator", Property.Kind.SEPARATOR, ""),
            new Property("grey", Property.Kind.NORMAL, "", "", "", false, true, false, ""),
            new Property("gone", Property.Kind.NORMAL, "", "", "", true, false, false, "")));
    for (String key : List.of("normal", "toggle", "choice")) {
      activate(FIELD, key);
      assertEquals(List.of(key), activated());
    }
    for (String key : List.of("menu", "separator", "grey", "gone", "other")) {
      activate(FIELD, key);
      assertEquals(List.of(), activated(), key);
    }
    activate(NEXT, "normal");
    assertEquals(List.of(), activated(), "of another field");
  }

  @Test
  void anActivationIsACause() {
    composing();
    acts(menu(item("mode", Property.Kind.TOGGLE, "")));
    activate(FIELD, "mode");
    acts(new Action.Commit("か"));
    assertEquals(List.of(), refusals());
  }

  // Candidates.

  private void choosing() {
    composing();
    press('k');
    answer(
        1,
        true,
        new Action.ShowCandidates(new Candidates(List.of("か", "蚊"), 0)),
        new Action.ShowAuxiliary("ka"));
  }

  private List<CandidatesMove> moved() {
    return all(PluginEffect.DeliverCandidatesMove.class)
        .map(PluginEffect.DeliverCandidatesMove::move)
        .toList();
  }

  @Test
  void theUserTurnsPages() {
    composing();
    post(new SeatEvent.CandidatesMoved(FIELD, CandidatesMove.PAGE_DOWN));
    assertEquals(List.of(), moved(), "of nothing");
    press('k');
    answer(1, true, new Action.ShowCandidates(new Candidates(List.of("か", "蚊"), 0)));
    for (CandidatesMove each : CandidatesMove.values()) {
      post(new SeatEvent.CandidatesMoved(FIELD, each));
      assertEquals(List.of(each), moved());
    }
    post(new SeatEvent.CandidatesMoved(NEXT, CandidatesMove.PAGE_DOWN));
    assertEquals(List.of(), moved(), "of another field");
  }

  @Test
  void aMoveIsACause() {
    choosing();
    pass(2_000_000_000L);
    post(new SeatEvent.CandidatesMoved(FIELD, CandidatesMove.CURSOR_DOWN));
    acts(new Action.ShowCandidates(new Candidates(List.of("か", "蚊"), 1)));
    assertEquals(List.of(), refusals());
  }

  @Test
  void aLineBesideTheCandidatesGoesWithThem() {
    choosing();
    assertEquals(new Edit.SetAuxiliary("ka"), edits().getLast());
    post(new SeatEvent.FieldReset(FIELD));
    assertEquals(
        List.of(new Edit.SetCandidates(Candidates.NONE), new Edit.SetAuxiliary("")), edits());
    press('i');
    answer(2, true, new Action.ShowAuxiliary("a\u202Eb"));
    assertEquals(List.of(Refusal.TEXT_NOT_ALLOWED), refusals());
  }

  @Test
  void labelsAreForPlacesOfAPage() {
    choosing();
    acts(looks(2, "a", "b"));
    assertEquals(List.of(), refusals());
    acts(looks(1, "a", "b"));
    assertEquals(List.of(Refusal.OUT_OF_BOUNDS), refusals());
    acts(looks(1, "\u202E"));
    assertEquals(List.of(Refusal.TEXT_NOT_ALLOWED), refusals());
  }

  private static Action looks(int pageSize, String... labels) {
    return new Action.ShowCandidates(
        new Candidates(
            Collections.nCopies(3, "か"),
            0,
            pageSize,
            List.of(labels),
            Candidates.Orientation.VERTICAL,
            true));
  }

  // Preedits.

  @Test
  void segmentsLieWithinTheText() {
    choosing();
    acts(segment(0, 2));
    assertEquals(List.of(), refusals());
    for (Action each : List.of(segment(0, 3), segment(1, 1), segment(2, 1), segment(-1, 1))) {
      acts(each);
      assertEquals(List.of(Refusal.OUT_OF_BOUNDS), refusals());
    }
  }

  private static Action segment(int start, int end) {
    return new Action.ShowPreedit(
        new Preedit("かな", 0, true, List.of(new Segment(start, end, SegmentStyle.HIGHLIGHT))));
  }
}
