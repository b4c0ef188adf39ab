package org.keywarden.broker.rpc;

import java.util.List;
import org.keywarden.broker.seat.Candidates;
import org.keywarden.broker.seat.Preedit;
import org.keywarden.broker.seat.Property;
import org.keywarden.broker.seat.Segment;
import org.keywarden.broker.seat.SegmentStyle;
import org.keywarden.proto.input.v1.Orientation;
import org.keywarden.proto.input.v1.PreeditEnd;
import org.keywarden.proto.input.v1.Properties;
import org.keywarden.proto.input.v1.PropertyKind;

/** What an input method shows, as messages: preedit, candidates, menu. */
public final class ShownMessages {
  private ShownMessages() {}

  static Preedit preedit(org.keywarden.proto.input.v1.Preedit preedit) {
    return new Preedit(
        preedit.getText(),
        preedit.getCursor(),
        preedit.getEnd() == PreeditEnd.PREEDIT_END_COMMIT,
        preedit.getSegmentsList().stream().map(ShownMessages::segment).toList());
  }

  public static org.keywarden.proto.input.v1.Preedit preedit(Preedit preedit) {
    org.keywarden.proto.input.v1.Preedit.Builder message =
        org.keywarden.proto.input.v1.Preedit.newBuilder()
            .setText(preedit.text())
            .setCursor(preedit.cursor())
            .setEnd(
                preedit.commitOnLoss()
                    ? PreeditEnd.PREEDIT_END_COMMIT
                    : PreeditEnd.PREEDIT_END_UNSPECIFIED);
    for (Segment each : preedit.segments()) {
      message
          .addSegmentsBuilder()
          .setStart(each.start())
          .setEnd(each.end())
          .setStyle(WireEnums.style(each.style()));
    }
    return message.build();
  }

  private static Segment segment(org.keywarden.proto.input.v1.Segment segment) {
    return new Segment(segment.getStart(), segment.getEnd(), style(segment.getStyle()));
  }

  private static SegmentStyle style(org.keywarden.proto.input.v1.SegmentStyle style) {
    return switch (style) {
      case SEGMENT_STYLE_UNDERLINE -> SegmentStyle.UNDERLINE;
      case SEGMENT_STYLE_DOUBLE_UNDERLINE -> SegmentStyle.DOUBLE_UNDERLINE;
      case SEGMENT_STYLE_LOW_UNDERLINE -> SegmentStyle.LOW_UNDERLINE;
      case SEGMENT_STYLE_ERROR_UNDERLINE -> SegmentStyle.ERROR_UNDERLINE;
      case SEGMENT_STYLE_HIGHLIGHT -> SegmentStyle.HIGHLIGHT;
      case SEGMENT_STYLE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("the schema check lets no such style through");
    };
  }

  static Candidates candidates(org.keywarden.proto.input.v1.Candidates candidates) {
    return new Candidates(
        candidates.getTextsList(),
        candidates.getSelected(),
        candidates.getPageSize() == 0 ? Candidates.PAGE : candidates.getPageSize(),
        candidates.getLabelsList(),
        orientation(candidates.getOrientation()),
        !candidates.getSelectionHidden());
  }

  public static org.keywarden.proto.input.v1.Candidates candidates(Candidates candidates) {
    return org.keywarden.proto.input.v1.Candidates.newBuilder()
        .addAllTexts(candidates.texts())
        .setSelected(candidates.selected())
        .setPageSize(candidates.pageSize())
        .addAllLabels(candidates.labels())
        .setOrientation(WireEnums.orientation(candidates.orientation()))
        .setSelectionHidden(!candidates.selectionShown())
        .build();
  }

  private static Candidates.Orientation orientation(Orientation orientation) {
    return switch (orientation) {
      case ORIENTATION_HORIZONTAL -> Candidates.Orientation.HORIZONTAL;
      case ORIENTATION_VERTICAL -> Candidates.Orientation.VERTICAL;
      case ORIENTATION_UNSPECIFIED, UNRECOGNIZED -> Candidates.Orientation.AS_THE_DESKTOP_LIKES;
    };
  }

  static List<Property> properties(Properties properties) {
    return properties.getItemsList().stream().map(ShownMessages::property).toList();
  }

  private static Property property(org.keywarden.proto.input.v1.Property property) {
    return new Property(
        property.getKey(),
        kind(property.getKind()),
        property.getLabel(),
        property.getSymbol(),
        property.getTooltip(),
        !property.getInsensitive(),
        !property.getHidden(),
        property.getChecked(),
        property.getMenu());
  }

  private static Property.Kind kind(PropertyKind kind) {
    return switch (kind) {
      case PROPERTY_KIND_NORMAL -> Property.Kind.NORMAL;
      case PROPERTY_KIND_TOGGLE -> Property.Kind.TOGGLE;
      case PROPERTY_KIND_CHOICE -> Property.Kind.CHOICE;
      case PROPERTY_KIND_MENU -> Property.Kind.MENU;
      case PROPERTY_KIND_SEPARATOR -> Property.Kind.SEPARATOR;
      case PROPERTY_KIND_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("the schema check lets no such kind through");
    };
  }

  public static Properties properties(List<Property> items) {
    Properties.Builder message = Properties.newBuilder();
    for (Property each : items) {
      message
          .addItemsBuilder()
          .setKey(each.key())
          .setKind(WireEnums.kind(each.kind()))
          .setLabel(each.label())
          .setSymbol(each.symbol())
          .setTooltip(each.tooltip())
          .setInsensitive(!each.sensitive())
          .setHidden(!each.visible())
          .setChecked(each.checked())
          .setMenu(each.menu());
    }
    return message.build();
  }
}
