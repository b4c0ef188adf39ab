package org.keywarden.broker.rpc;

import org.keywarden.broker.seat.Candidates;
import org.keywarden.broker.seat.CandidatesMove;
import org.keywarden.broker.seat.Hint;
import org.keywarden.broker.seat.Property;
import org.keywarden.broker.seat.Purpose;
import org.keywarden.broker.seat.RevocationReason;
import org.keywarden.broker.seat.Route;
import org.keywarden.broker.seat.SegmentStyle;

/** The seat's enums as the contract has them; the compiler knows that each value has its own. */
public final class WireEnums {
  private WireEnums() {}

  static org.keywarden.proto.input.v1.Purpose purpose(Purpose purpose) {
    return switch (purpose) {
      case UNKNOWN -> org.keywarden.proto.input.v1.Purpose.PURPOSE_UNSPECIFIED;
      case FREE_FORM -> org.keywarden.proto.input.v1.Purpose.PURPOSE_FREE_FORM;
      case ALPHA -> org.keywarden.proto.input.v1.Purpose.PURPOSE_ALPHA;
      case DIGITS -> org.keywarden.proto.input.v1.Purpose.PURPOSE_DIGITS;
      case NUMBER -> org.keywarden.proto.input.v1.Purpose.PURPOSE_NUMBER;
      case PHONE -> org.keywarden.proto.input.v1.Purpose.PURPOSE_PHONE;
      case URL -> org.keywarden.proto.input.v1.Purpose.PURPOSE_URL;
      case EMAIL -> org.keywarden.proto.input.v1.Purpose.PURPOSE_EMAIL;
      case NAME -> org.keywarden.proto.input.v1.Purpose.PURPOSE_NAME;
      case PASSWORD -> org.keywarden.proto.input.v1.Purpose.PURPOSE_PASSWORD;
      case PIN -> org.keywarden.proto.input.v1.Purpose.PURPOSE_PIN;
      case TERMINAL -> org.keywarden.proto.input.v1.Purpose.PURPOSE_TERMINAL;
      case DATE -> org.keywarden.proto.input.v1.Purpose.PURPOSE_DATE;
      case TIME -> org.keywarden.proto.input.v1.Purpose.PURPOSE_TIME;
      case DATETIME -> org.keywarden.proto.input.v1.Purpose.PURPOSE_DATETIME;
    };
  }

  static org.keywarden.proto.input.v1.Hint hint(Hint hint) {
    return switch (hint) {
      case HIDDEN_TEXT -> org.keywarden.proto.input.v1.Hint.HINT_HIDDEN_TEXT;
      case SENSITIVE -> org.keywarden.proto.input.v1.Hint.HINT_SENSITIVE;
      case PRIVATE -> org.keywarden.proto.input.v1.Hint.HINT_PRIVATE;
      case MULTILINE -> org.keywarden.proto.input.v1.Hint.HINT_MULTILINE;
      case LATIN -> org.keywarden.proto.input.v1.Hint.HINT_LATIN;
      case SPELLCHECK -> org.keywarden.proto.input.v1.Hint.HINT_SPELLCHECK;
      case COMPLETION -> org.keywarden.proto.input.v1.Hint.HINT_COMPLETION;
    };
  }

  public static org.keywarden.proto.input.v1.CandidatesMove move(CandidatesMove move) {
    return switch (move) {
      case PAGE_UP -> org.keywarden.proto.input.v1.CandidatesMove.CANDIDATES_MOVE_PAGE_UP;
      case PAGE_DOWN -> org.keywarden.proto.input.v1.CandidatesMove.CANDIDATES_MOVE_PAGE_DOWN;
      case CURSOR_UP -> org.keywarden.proto.input.v1.CandidatesMove.CANDIDATES_MOVE_CURSOR_UP;
      case CURSOR_DOWN -> org.keywarden.proto.input.v1.CandidatesMove.CANDIDATES_MOVE_CURSOR_DOWN;
    };
  }

  static org.keywarden.proto.input.v1.SegmentStyle style(SegmentStyle style) {
    return switch (style) {
      case UNDERLINE -> org.keywarden.proto.input.v1.SegmentStyle.SEGMENT_STYLE_UNDERLINE;
      case DOUBLE_UNDERLINE ->
          org.keywarden.proto.input.v1.SegmentStyle.SEGMENT_STYLE_DOUBLE_UNDERLINE;
      case LOW_UNDERLINE -> org.keywarden.proto.input.v1.SegmentStyle.SEGMENT_STYLE_LOW_UNDERLINE;
      case ERROR_UNDERLINE ->
          org.keywarden.proto.input.v1.SegmentStyle.SEGMENT_STYLE_ERROR_UNDERLINE;
      case HIGHLIGHT -> org.keywarden.proto.input.v1.SegmentStyle.SEGMENT_STYLE_HIGHLIGHT;
    };
  }

  static org.keywarden.proto.input.v1.Orientation orientation(Candidates.Orientation orientation) {
    return switch (orientation) {
      case AS_THE_DESKTOP_LIKES -> org.keywarden.proto.input.v1.Orientation.ORIENTATION_UNSPECIFIED;
      case HORIZONTAL -> org.keywarden.proto.input.v1.Orientation.ORIENTATION_HORIZONTAL;
      case VERTICAL -> org.keywarden.proto.input.v1.Orientation.ORIENTATION_VERTICAL;
    };
  }

  static org.keywarden.proto.input.v1.PropertyKind kind(Property.Kind kind) {
    return switch (kind) {
      case NORMAL -> org.keywarden.proto.input.v1.PropertyKind.PROPERTY_KIND_NORMAL;
      case TOGGLE -> org.keywarden.proto.input.v1.PropertyKind.PROPERTY_KIND_TOGGLE;
      case CHOICE -> org.keywarden.proto.input.v1.PropertyKind.PROPERTY_KIND_CHOICE;
      case MENU -> org.keywarden.proto.input.v1.PropertyKind.PROPERTY_KIND_MENU;
      case SEPARATOR -> org.keywarden.proto.input.v1.PropertyKind.PROPERTY_KIND_SEPARATOR;
    };
  }

  public static org.keywarden.proto.host.v1.Route route(Route route) {
    return switch (route) {
      case UNFOCUSED -> org.keywarden.proto.host.v1.Route.ROUTE_UNFOCUSED;
      case DECIDING -> org.keywarden.proto.host.v1.Route.ROUTE_DECIDING;
      case GRANTING -> org.keywarden.proto.host.v1.Route.ROUTE_GRANTING;
      case COMPOSING -> org.keywarden.proto.host.v1.Route.ROUTE_COMPOSING;
      case GUARDED -> org.keywarden.proto.host.v1.Route.ROUTE_GUARDED;
      case DIRECT -> org.keywarden.proto.host.v1.Route.ROUTE_DIRECT;
    };
  }

  public static org.keywarden.proto.plugin.v1.RevocationReason reason(RevocationReason reason) {
    return switch (reason) {
      case FOCUS_LOST ->
          org.keywarden.proto.plugin.v1.RevocationReason.REVOCATION_REASON_FOCUS_LOST;
      case FIELD_SECRET ->
          org.keywarden.proto.plugin.v1.RevocationReason.REVOCATION_REASON_FIELD_SECRET;
      case EXPIRED -> org.keywarden.proto.plugin.v1.RevocationReason.REVOCATION_REASON_EXPIRED;
      case NOT_PRESENTED ->
          org.keywarden.proto.plugin.v1.RevocationReason.REVOCATION_REASON_NOT_PRESENTED;
      case SUPERSEDED ->
          org.keywarden.proto.plugin.v1.RevocationReason.REVOCATION_REASON_SUPERSEDED;
      case RELEASED -> org.keywarden.proto.plugin.v1.RevocationReason.REVOCATION_REASON_RELEASED;
      case MISBEHAVED ->
          org.keywarden.proto.plugin.v1.RevocationReason.REVOCATION_REASON_MISBEHAVED;
      case PARENT_REVOKED ->
          org.keywarden.proto.plugin.v1.RevocationReason.REVOCATION_REASON_PARENT_REVOKED;
      case PLUGIN_LOST ->
          org.keywarden.proto.plugin.v1.RevocationReason.REVOCATION_REASON_PLUGIN_LOST;
      case NOT_RECORDED ->
          org.keywarden.proto.plugin.v1.RevocationReason.REVOCATION_REASON_NOT_RECORDED;
    };
  }
}
