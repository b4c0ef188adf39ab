package org.keywarden.sdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.keywarden.ime.CandidateClick;
import org.keywarden.ime.CandidatesMove;
import org.keywarden.ime.Composition;
import org.keywarden.ime.Edit;
import org.keywarden.ime.Edits;
import org.keywarden.ime.FieldInfo;
import org.keywarden.ime.Key;
import org.keywarden.ime.Outbound;
import org.keywarden.ime.Property;
import org.keywarden.ime.Response;
import org.keywarden.ime.Segment;
import org.keywarden.ime.SurroundingText;

/** The input method of the conversations; {@code sdk/conversations/README.md} says what it does. */
final class Script {
  private final List<String> journal = new ArrayList<>();
  private final List<Outbound> outbounds = new ArrayList<>();
  private int begun;

  Composition begin(FieldInfo field) {
    begun++;
    journal.add("begin " + begun);
    return new Typing(field, begun);
  }

  private final class Typing implements Composition {
    private final FieldInfo field;
    private final int number;
    private String text = "";

    Typing(FieldInfo field, int number) {
      this.field = field;
      this.number = number;
    }

    @Override
    public Response onKey(Key key) {
      if (!key.isPressed()) {
        journal.add("release " + number);
        return Response.notHandled();
      }
      String typed = Character.toString(key.codePoint());
      return switch (typed) {
        case "x" -> throw new IllegalStateException("typed: " + text);
        case "!" -> taken(text);
        case "?" -> Response.handled().commit(String.join(", ", journal));
        case "F" -> Response.handled().commit(told());
        case "O" -> {
          outbounds.getFirst().send(Edits.none().commit("of the first"));
          outbounds.getLast().send(Edits.none().commit("of the last"));
          yield Response.handled();
        }
        case "E" -> everything();
        case " " -> Response.notHandled();
        default -> {
          text += typed;
          yield Response.handled().preedit(text);
        }
      };
    }

    private Response taken(String all) {
      text = "";
      return Response.handled().preedit("").commit(all);
    }

    private String told() {
      return names(field.hints())
          + " "
          + names(field.rights())
          + " "
          + field.purpose()
          + (field.learning() ? " learning " : " ")
          + field.inputMethod();
    }

    private static String names(Set<? extends Enum<?>> names) {
      return names.stream().map(Enum::name).collect(Collectors.toCollection(TreeSet::new)).stream()
          .collect(Collectors.joining(","));
    }

    private static Response everything() {
      return Response.handled(
              Edits.none()
                  .preedit(
                      "何か",
                      1,
                      Edit.OnLoss.DISCARD,
                      List.of(new Segment(0, 1, Segment.Style.HIGHLIGHT)))
                  .candidates(
                      new Edit.Candidates(
                          List.of("一", "二", "三"),
                          1,
                          2,
                          List.of("a", "b"),
                          Edit.Orientation.VERTICAL,
                          false))
                  .auxiliary("2/3")
                  .properties(
                      List.of(
                          Property.menu("mode", "Mode", "あ"),
                          Property.choice("kana", "Kana", true, "mode"),
                          new Property(
                              "off",
                              Property.Kind.TOGGLE,
                              "Off",
                              "",
                              "tip",
                              false,
                              false,
                              false,
                              "")))
                  .deleteSurrounding(-2, 1))
          .forwardKey()
          .commit("é🙂")
          .hideCandidates();
    }

    @Override
    public Edits candidateClicked(CandidateClick click) {
      if (click.index() == 9) {
        throw new IllegalStateException("typed: " + text);
      }
      return Edits.none().commit(click.index() + " " + click.button() + " " + click.modifiers());
    }

    @Override
    public Edits candidatesMoved(CandidatesMove move) {
      return Edits.none().auxiliary(move.name());
    }

    @Override
    public Edits propertyActivated(String key, boolean checked) {
      return Edits.none().properties(List.of(Property.toggle(key, key, checked)));
    }

    @Override
    public void surroundingChanged(SurroundingText around) {
      if (around.text().isEmpty()) {
        throw new IllegalStateException("typed: " + text);
      }
      journal.add("around " + around.text() + " " + around.cursor() + " " + around.anchor());
    }

    @Override
    public void opened(Outbound outbound) {
      outbounds.add(outbound);
    }

    @Override
    public void reset() {
      journal.add("reset " + number);
    }
  }
}
