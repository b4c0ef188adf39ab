package org.keywarden.broker.frontdoor.ibus.panel;

import java.util.ArrayList;
import java.util.List;
import org.keywarden.broker.seat.Candidates;
import org.keywarden.broker.seat.Preedit;
import org.keywarden.broker.seat.Property;
import org.keywarden.broker.seat.Segment;
import org.keywarden.ibus.object.IbusAttribute;
import org.keywarden.ibus.object.IbusLookupTable;
import org.keywarden.ibus.object.IbusProperty;
import org.keywarden.ibus.object.IbusText;

/**
 * What an input method shows, as IBus's objects: preedit, candidates, menu. To whomever shows it,
 * an application or a panel.
 */
public final class ShownObjects {
  /** Black on light blue, as IBus's own engines mark what they convert. */
  private static final int HIGHLIGHT_TEXT = 0x000000;

  private static final int HIGHLIGHT = 0xC8C8F0;

  private ShownObjects() {}

  /** The text with how its parts look. */
  public static IbusText preedit(Preedit preedit) {
    String text = preedit.text();
    if (text.isEmpty()) {
      return IbusText.plain("");
    }
    if (preedit.segments().isEmpty()) {
      return new IbusText(
          text, List.of(IbusAttribute.underline(text.codePointCount(0, text.length()))));
    }
    List<IbusAttribute> attributes = new ArrayList<>();
    for (Segment each : preedit.segments()) {
      switch (each.style()) {
        case UNDERLINE -> attributes.add(underline(IbusAttribute.SINGLE, each));
        case DOUBLE_UNDERLINE -> attributes.add(underline(IbusAttribute.DOUBLE, each));
        case LOW_UNDERLINE -> attributes.add(underline(IbusAttribute.LOW, each));
        case ERROR_UNDERLINE -> attributes.add(underline(IbusAttribute.ERROR, each));
        case HIGHLIGHT -> {
          attributes.add(colour(IbusAttribute.FOREGROUND, HIGHLIGHT_TEXT, each));
          attributes.add(colour(IbusAttribute.BACKGROUND, HIGHLIGHT, each));
        }
      }
    }
    return new IbusText(text, attributes);
  }

  private static IbusAttribute underline(int style, Segment segment) {
    return new IbusAttribute(IbusAttribute.UNDERLINE, style, segment.start(), segment.end());
  }

  private static IbusAttribute colour(int kind, int colour, Segment segment) {
    return new IbusAttribute(kind, colour, segment.start(), segment.end());
  }

  /** The candidates as a table, an empty one for none. */
  public static IbusLookupTable candidates(Candidates candidates) {
    return new IbusLookupTable(
        candidates.pageSize(),
        candidates.selected(),
        candidates.selectionShown(),
        false,
        switch (candidates.orientation()) {
          case HORIZONTAL -> IbusLookupTable.HORIZONTAL;
          case VERTICAL -> IbusLookupTable.VERTICAL;
          case AS_THE_DESKTOP_LIKES -> IbusLookupTable.AS_THE_SYSTEM_LIKES;
        },
        candidates.texts().stream().map(IbusText::plain).toList(),
        candidates.labels().stream().map(IbusText::plain).toList());
  }

  /** The items as a tree; each menu stands before what is in it. */
  public static List<IbusProperty> properties(List<Property> items) {
    return within("", items);
  }

  private static List<IbusProperty> within(String menu, List<Property> items) {
    List<IbusProperty> found = new ArrayList<>();
    for (Property each : items) {
      if (each.menu().equals(menu)) {
        found.add(property(each, items));
      }
    }
    return found;
  }

  private static IbusProperty property(Property property, List<Property> items) {
    return new IbusProperty(
        property.key(),
        switch (property.kind()) {
          case NORMAL -> IbusProperty.NORMAL;
          case TOGGLE -> IbusProperty.TOGGLE;
          case CHOICE -> IbusProperty.RADIO;
          case MENU -> IbusProperty.MENU;
          case SEPARATOR -> IbusProperty.SEPARATOR;
        },
        IbusText.plain(property.label()),
        "",
        IbusText.plain(property.tooltip()),
        property.sensitive(),
        property.visible(),
        property.checked() ? IbusProperty.CHECKED : IbusProperty.UNCHECKED,
        property.kind() == Property.Kind.MENU ? within(property.key(), items) : List.of(),
        IbusText.plain(property.symbol()));
  }
}
