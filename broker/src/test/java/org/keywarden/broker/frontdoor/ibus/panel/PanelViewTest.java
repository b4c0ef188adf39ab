package org.keywarden.broker.frontdoor.ibus.panel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.keywarden.broker.seat.Candidates;
import org.keywarden.broker.seat.Edit;
import org.keywarden.broker.seat.FieldId;
import org.keywarden.broker.seat.HostEffect;
import org.keywarden.broker.seat.Preedit;
import org.keywarden.broker.seat.Property;
import org.keywarden.broker.seat.Route;

/** Whatever the seat does, a panel is told of a composing field only. */
final class PanelViewTest {
  private static final int RUNS = 300;
  private static final int STEPS = 200;

  /** Follows routes by itself, and judges each word by the present one. */
  private static final class Judge implements Consumer<PanelWord> {
    private @Nullable FieldId composing;
    private @Nullable String told;
    private final Set<PanelFields.Part> shown = new HashSet<>();
    private int words;

    void route(HostEffect.RouteChanged effect) {
      composing = effect.route() == Route.COMPOSING ? effect.field() : null;
    }

    @Override
    public void accept(PanelWord word) {
      words++;
      switch (word) {
        case PanelWord.FocusIn w -> {
          require(composing != null && w.path().equals(path(composing)), "focus");
          told = w.path();
        }
        case PanelWord.FocusOut w -> {
          require(w.path().equals(told) && shown.isEmpty(), "end of the focus");
          told = null;
        }
        case PanelWord.PlaceCursor w ->
            require(composing != null && w.at().x() == composing.field(), "cursor");
        case PanelWord.Show w -> {
          require(w.isEmpty() || (composing != null && told != null), "what is shown");
          boolean ignored = w.isEmpty() ? shown.remove(w.part()) : shown.add(w.part());
        }
      }
    }

    private static void require(boolean holds, String what) {
      if (!holds) {
        throw new AssertionError(what + " of a field that does not compose");
      }
    }
  }

  private static String path(FieldId field) {
    return "/context/" + field.field();
  }

  private static Edit edit(Random random) {
    boolean empty = random.nextInt(4) == 0;
    return switch (random.nextInt(5)) {
      case 0 ->
          new Edit.SetCandidates(empty ? Candidates.NONE : new Candidates(List.of("a", "b"), 0));
      case 1 -> new Edit.SetPreedit(empty ? Preedit.NONE : new Preedit("a", 1, false));
      case 2 -> new Edit.SetAuxiliary(empty ? "" : "a");
      case 3 ->
          new Edit.SetProperties(
              empty
                  ? List.of()
                  : List.of(
                      new Property("k", Property.Kind.NORMAL, "l", "", "", true, true, false, "")));
      default -> new Edit.Insert("a");
    };
  }

  private interface Step {
    void take(HostEffect effect);
  }

  /** Random routes, edits and cursors of five fields, one of which no panel may know. */
  private static Judge run(long seed, boolean leaking) {
    Random random = new Random(seed);
    Judge judge = new Judge();
    PanelView view = new PanelView(judge);
    view.look(
        field ->
            field.field() == 4
                ? null
                : new PanelFields.Shown(
                    path(field), Set.of(), new Place((int) field.field(), 0, 0, 0, false)));
    Step step =
        effect -> {
          view.apply(effect);
          if (leaking
              && effect instanceof HostEffect.EditField e
              && e.edit() instanceof Edit.SetCandidates shown) {
            judge.accept(new PanelWord.ShowCandidates(shown.candidates()));
          }
        };
    for (int i = 0; i < STEPS; i++) {
      FieldId field = new FieldId(1, random.nextInt(5));
      switch (random.nextInt(4)) {
        case 0 -> {
          Route route = Route.values()[random.nextInt(Route.values().length)];
          var changed =
              new HostEffect.RouteChanged(route == Route.UNFOCUSED ? null : field, route, false);
          judge.route(changed);
          step.take(changed);
        }
        case 1 -> view.cursorMoved(field);
        case 2 -> view.repeat();
        default -> step.take(new HostEffect.EditField(field, edit(random)));
      }
    }
    return judge;
  }

  @Test
  void itIsToldOfAComposingFieldOnly() {
    int words = 0;
    for (long seed = 0; seed < RUNS; seed++) {
      words += run(seed, false).words;
    }
    assertTrue(words > RUNS, "something is told");
  }

  @Test
  void aPlantedLeakIsFound() {
    assertThrows(
        AssertionError.class,
        () -> {
          for (long seed = 0; seed < RUNS; seed++) {
            run(seed, true);
          }
        });
  }

  @Test
  void whatIsShownIsHiddenBeforeTheFocusGoes() {
    List<PanelWord> told = new ArrayList<>();
    PanelView view = new PanelView(told::add);
    FieldId field = new FieldId(1, 1);
    view.look(of -> new PanelFields.Shown("/p", Set.of(), null));
    view.apply(new HostEffect.RouteChanged(field, Route.COMPOSING, false));
    view.apply(
        new HostEffect.EditField(field, new Edit.SetCandidates(new Candidates(List.of("a"), 0))));
    view.apply(new HostEffect.RouteChanged(field, Route.GUARDED, false));
    assertEquals(
        List.of(PanelWord.ShowCandidates.NONE, new PanelWord.FocusOut("/p")), told.subList(2, 4));
  }
}
