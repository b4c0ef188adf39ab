package org.keywarden.broker.frontdoor.ibus.panel;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.seat.Candidates;
import org.keywarden.broker.seat.Edit;
import org.keywarden.broker.seat.FieldId;
import org.keywarden.broker.seat.HostEffect;
import org.keywarden.broker.seat.Route;

/**
 * What a panel is told: of the field that composes, and of no other. The only way from the seat to
 * a panel. When a field stops composing, whatever comes next, the panel learns that the focus went
 * away; it learns of a guarded, direct or undecided field nothing, not even that there is one.
 */
final class PanelView {
  private final Consumer<PanelWord> out;
  private PanelFields fields = field -> null;
  private @Nullable FieldId composing;
  private String path = "";
  private final Map<PanelFields.Part, PanelWord.Show> shown = new EnumMap<>(PanelFields.Part.class);

  PanelView(Consumer<PanelWord> out) {
    this.out = out;
  }

  /** Says who knows the fields; before the first effect. */
  void look(PanelFields at) {
    fields = at;
  }

  /** The field that composes and that the panel knows of, null if none. */
  @Nullable FieldId composing() {
    return composing;
  }

  /** The candidates that the panel shows. */
  Candidates candidates() {
    return shown.get(PanelFields.Part.CANDIDATES) instanceof PanelWord.ShowCandidates now
        ? now.candidates()
        : Candidates.NONE;
  }

  /** Follows the seat. */
  void apply(HostEffect effect) {
    switch (effect) {
      case HostEffect.AnswerKey e -> {}
      case HostEffect.FenceRaised e -> {}
      case HostEffect.RouteChanged e -> {
        leave();
        if (e.route() == Route.COMPOSING && e.field() != null) {
          enter(e.field());
        }
      }
      case HostEffect.EditField e -> {
        if (e.field().equals(composing)) {
          edit(e.field(), e.edit());
        }
      }
    }
  }

  /** The cursor of a field is elsewhere, or its application says so. */
  void cursorMoved(FieldId field) {
    PanelFields.Shown of = field.equals(composing) ? fields.of(field) : null;
    if (of != null) {
      place(of);
    }
  }

  /** Tells a panel that has just come what it has missed. */
  void repeat() {
    PanelFields.Shown of = composing == null ? null : fields.of(composing);
    if (of != null) {
      out.accept(new PanelWord.FocusIn(path));
      place(of);
      shown.values().forEach(out);
    }
  }

  private void enter(FieldId field) {
    PanelFields.Shown of = fields.of(field);
    if (of != null) {
      composing = field;
      path = of.path();
      out.accept(new PanelWord.FocusIn(path));
      place(of);
    }
  }

  private void place(PanelFields.Shown of) {
    Place cursor = of.cursor();
    if (cursor != null) {
      out.accept(new PanelWord.PlaceCursor(cursor));
    }
  }

  private void edit(FieldId field, Edit edit) {
    PanelWord.Show show =
        switch (edit) {
          case Edit.SetCandidates e -> new PanelWord.ShowCandidates(e.candidates());
          case Edit.SetAuxiliary e -> new PanelWord.ShowAuxiliary(e.text());
          case Edit.SetPreedit e -> new PanelWord.ShowPreedit(e.preedit());
          case Edit.SetProperties e -> new PanelWord.ShowProperties(e.items());
          case Edit.Insert e -> null;
          case Edit.Delete e -> null;
          case Edit.Forward e -> null;
        };
    PanelFields.Shown of = fields.of(field);
    if (show != null && of != null && !of.own().contains(show.part())) {
      show(show);
    }
  }

  private void show(PanelWord.Show now) {
    boolean before = shown.remove(now.part()) != null;
    if (!now.isEmpty()) {
      shown.put(now.part(), now);
    }
    if (before || !now.isEmpty()) {
      out.accept(now);
    }
  }

  private void leave() {
    if (composing != null) {
      List.copyOf(shown.values()).forEach(each -> show(each.nothing()));
      composing = null;
      out.accept(new PanelWord.FocusOut(path));
    }
  }
}
