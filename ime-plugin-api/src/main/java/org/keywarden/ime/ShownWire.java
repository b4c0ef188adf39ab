package org.keywarden.ime;

import org.keywarden.proto.input.v1.Action;
import org.keywarden.proto.input.v1.Candidates;
import org.keywarden.proto.input.v1.Orientation;
import org.keywarden.proto.input.v1.Preedit;
import org.keywarden.proto.input.v1.PreeditEnd;
import org.keywarden.proto.input.v1.Properties;
import org.keywarden.proto.input.v1.PropertyKind;
import org.keywarden.proto.input.v1.SegmentStyle;

/** What an input method shows, as messages: preedit, candidates, menu. */
final class ShownWire {
  private ShownWire() {}

  static Action preedit(Edit.Preedit preedit) {
    Preedit.Builder message =
        Preedit.newBuilder()
            .setText(preedit.text())
            .setCursor(preedit.cursor())
            .setEnd(end(preedit.onLoss()));
    for (Segment each : preedit.segments()) {
      message
          .addSegmentsBuilder()
          .setStart(each.start())
          .setEnd(each.end())
          .setStyle(style(each.style()));
    }
    return Action.newBuilder().setPreedit(message).build();
  }

  private static PreeditEnd end(Edit.OnLoss onLoss) {
    return switch (onLoss) {
      case COMMIT -> PreeditEnd.PREEDIT_END_COMMIT;
      case DISCARD -> PreeditEnd.PREEDIT_END_UNSPECIFIED;
    };
  }

  private static SegmentStyle style(Segment.Style style) {
    return switch (style) {
      case UNDERLINE -> SegmentStyle.SEGMENT_STYLE_UNDERLINE;
      case DOUBLE_UNDERLINE -> SegmentStyle.SEGMENT_STYLE_DOUBLE_UNDERLINE;
      case LOW_UNDERLINE -> SegmentStyle.SEGMENT_STYLE_LOW_UNDERLINE;
      case ERROR_UNDERLINE -> SegmentStyle.SEGMENT_STYLE_ERROR_UNDERLINE;
      case HIGHLIGHT -> SegmentStyle.SEGMENT_STYLE_HIGHLIGHT;
    };
  }

  static Action candidates(Edit.Candidates candidates) {
    return Action.newBuilder()
        .setCandidates(
            Candidates.newBuilder()
                .addAllTexts(candidates.texts())
                .setSelected(candidates.selected())
                .setPageSize(candidates.pageSize())
                .addAllLabels(candidates.labels())
                .setOrientation(orientation(candidates.orientation()))
                .setSelectionHidden(!candidates.selectionShown()))
        .build();
  }

  private static Orientation orientation(Edit.Orientation orientation) {
    return switch (orientation) {
      case AS_THE_DESKTOP_LIKES -> Orientation.ORIENTATION_UNSPECIFIED;
      case HORIZONTAL -> Orientation.ORIENTATION_HORIZONTAL;
      case VERTICAL -> Orientation.ORIENTATION_VERTICAL;
    };
  }

  static Action properties(Edit.Properties properties) {
    Properties.Builder message = Properties.newBuilder();
    for (Property each : properties.items()) {
      message
          .addItemsBuilder()
          .setKey(each.key())
          .setKind(kind(each.kind()))
          .setLabel(each.label())
          .setSymbol(each.symbol())
          .setTooltip(each.tooltip())
          .setInsensitive(!each.sensitive())
          .setHidden(!each.visible())
          .setChecked(each.checked())
          .setMenu(each.menu());
    }
    return Action.newBuilder().setProperties(message).build();
  }

  private static PropertyKind kind(Property.Kind kind) {
    return switch (kind) {
      case NORMAL -> PropertyKind.PROPERTY_KIND_NORMAL;
      case TOGGLE -> PropertyKind.PROPERTY_KIND_TOGGLE;
      case CHOICE -> PropertyKind.PROPERTY_KIND_CHOICE;
      case MENU -> PropertyKind.PROPERTY_KIND_MENU;
      case SEPARATOR -> PropertyKind.PROPERTY_KIND_SEPARATOR;
    };
  }
}
