package org.keywarden.engine.screen;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keywarden.ibus.object.IbusAttribute;
import org.keywarden.ime.Segment;

/**
 * How the parts of a preedit look, from an engine's attributes. Colours are not taken over: a
 * background means that the part is highlighted, whatever it is.
 */
final class Looks {
  private static final int MOST = 32;

  private Looks() {}

  /**
   * @param length of the text, in code points; what lies beyond is cut off
   */
  static List<Segment> of(List<IbusAttribute> attributes, int length) {
    List<Segment> segments = new ArrayList<>();
    for (IbusAttribute each : attributes) {
      int start = within(each.start(), length);
      int end = within(each.end(), length);
      Segment.Style style = style(each);
      if (style != null && start < end && segments.size() < MOST) {
        segments.add(new Segment(start, end, style));
      }
    }
    return List.copyOf(segments);
  }

  private static int within(int unsigned, int length) {
    return unsigned < 0 || unsigned > length ? length : unsigned;
  }

  private static Segment.@Nullable Style style(IbusAttribute attribute) {
    return switch (attribute.kind()) {
      case IbusAttribute.BACKGROUND -> Segment.Style.HIGHLIGHT;
      case IbusAttribute.UNDERLINE ->
          switch (attribute.value()) {
            case IbusAttribute.SINGLE -> Segment.Style.UNDERLINE;
            case IbusAttribute.DOUBLE -> Segment.Style.DOUBLE_UNDERLINE;
            case IbusAttribute.LOW -> Segment.Style.LOW_UNDERLINE;
            case IbusAttribute.ERROR -> Segment.Style.ERROR_UNDERLINE;
            default -> null;
          };
      default -> null;
    };
  }
}
