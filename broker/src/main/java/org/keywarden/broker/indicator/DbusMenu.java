package org.keywarden.broker.indicator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keywarden.ibus.bus.Errors;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Type;
import org.keywarden.ibus.wire.Value;
import org.keywarden.proto.text.VisibleText;

/**
 * The menu as {@code com.canonical.dbusmenu} (version 3, dbus-menu.xml of libdbusmenu). An entry is
 * known by a number, and no number stands for two things: a click is for what was shown.
 */
final class DbusMenu {
  static final String INTERFACE = "com.canonical.dbusmenu";
  static final String PATH = "/MenuBar";

  private static final int LONGEST = 80;
  private static final int MOST_NUMBERS = 4_096;
  private static final int MOST_AT_ONCE = 256;
  private static final Type ENTRY = new Type.Entry(Type.Basic.STRING, Type.Variant.VARIANT);
  private static final Type NUMBERED =
      new Type.Struct(List.of(Type.Basic.INT32, new Type.Array(ENTRY)));

  private final Supplier<List<MenuEntry>> entries;
  private final Consumer<TrayAct> acts;
  private final Map<Object, Integer> numbers = new HashMap<>();
  private final Map<Integer, Shown> shown = new LinkedHashMap<>();
  private List<MenuEntry> last = List.of();
  private int lastNumber;
  private int revision = 1;

  /** An entry that does nothing, as it is told from others. */
  private record Place(MenuEntry entry, String within, int at) {}

  /**
   * An entry that is shown.
   *
   * @param within the menus it is in
   */
  private record Shown(MenuEntry entry, String within) {
    String path() {
      return within + "/" + entry.label();
    }
  }

  /**
   * @param entries gives the menu as it is now
   * @param acts takes what is clicked
   */
  DbusMenu(Supplier<List<MenuEntry>> entries, Consumer<TrayAct> acts) {
    this.entries = entries;
    this.acts = acts;
  }

  /** Says that the menu is another. */
  Message changed() {
    revision++;
    return Message.signal(
        PATH, INTERFACE, "LayoutUpdated", new Value.UInt32(revision), new Value.Int32(0));
  }

  /** Answers a call; {@code mayWiden} is whether its sender may do more than take away. */
  Message answer(Message call, boolean mayWiden) {
    return switch (call.member() + " " + call.signature()) {
      case "GetLayout iias" -> layout(call, mayWiden);
      case "GetGroupProperties aias" -> group(call, mayWiden);
      case "GetProperty is" -> property(call, mayWiden);
      case "Event isvu" -> {
        boolean known = event(call.body(), mayWiden);
        yield known ? call.reply() : Errors.invalid(call, "the number of an entry shown");
      }
      case "EventGroup a(isvu)" -> events(call, mayWiden);
      case "AboutToShow i" -> call.reply(new Value.Bool(!entries.get().equals(last)));
      case "AboutToShowGroup ai" ->
          call.reply(
              numbers(entries.get().equals(last) ? List.of() : List.of(0)), numbers(List.of()));
      default -> Errors.unknownMethod(call);
    };
  }

  /** The properties of the interface itself. */
  static Map<String, Value> properties() {
    return Map.of(
        "Version", new Value.UInt32(3),
        "TextDirection", new Value.Str("ltr"),
        "Status", new Value.Str("normal"),
        "IconThemePath", new Value.Array(Type.Basic.STRING, List.of()));
  }

  private Message layout(Message call, boolean mayWiden) {
    take();
    int parent = number(call.body().getFirst());
    Shown of = find(parent);
    if (of == null) {
      return Errors.invalid(call, "the number of an entry shown");
    }
    return call.reply(
        new Value.UInt32(revision), item(parent, of, number(call.body().get(1)), mayWiden));
  }

  private @Nullable Shown find(int number) {
    return number == 0 ? new Shown(MenuEntry.menu("", last), "") : shown.get(number);
  }

  /** From now on what is there now is what is shown. */
  private void take() {
    last = entries.get();
    if (numbers.size() > MOST_NUMBERS) {
      numbers.clear();
    }
    shown.clear();
    show("/", last);
  }

  private void show(String within, List<MenuEntry> all) {
    for (int i = 0; i < all.size(); i++) {
      MenuEntry each = all.get(i);
      Shown now = new Shown(each, within);
      shown.put(numberOf(now, i), now);
      show(now.path(), each.children());
    }
  }

  private int numberOf(Shown of, int at) {
    TrayAct act = of.entry().act();
    Object key = act == null ? new Place(of.entry(), of.within(), at) : act;
    return numbers.computeIfAbsent(key, none -> ++lastNumber);
  }

  private Value item(int number, Shown of, int depth, boolean mayWiden) {
    List<Value> children = new ArrayList<>();
    List<MenuEntry> within = depth == 0 ? List.of() : of.entry().children();
    for (int i = 0; i < within.size(); i++) {
      Shown each = new Shown(within.get(i), of.path());
      children.add(
          new Value.Variant(item(numberOf(each, i), each, Math.max(depth - 1, -1), mayWiden)));
    }
    return Value.Struct.of(
        new Value.Int32(number),
        facts(number, of.entry(), mayWiden),
        new Value.Array(Type.Variant.VARIANT, children));
  }

  private static Value facts(int number, MenuEntry of, boolean mayWiden) {
    List<Value> facts = new ArrayList<>();
    if (number == 0 || of.kind() == MenuEntry.Kind.MENU) {
      facts.add(fact("children-display", new Value.Str("submenu")));
    }
    if (of.kind() == MenuEntry.Kind.SEPARATOR) {
      facts.add(fact("type", new Value.Str("separator")));
    } else if (number != 0) {
      facts.add(fact("label", new Value.Str(label(of.label()))));
      facts.add(fact("enabled", new Value.Bool(isEnabled(of, mayWiden))));
    }
    if (of.kind() == MenuEntry.Kind.MARK || of.kind() == MenuEntry.Kind.CHOICE) {
      boolean mark = of.kind() == MenuEntry.Kind.MARK;
      facts.add(fact("toggle-type", new Value.Str(mark ? "checkmark" : "radio")));
      facts.add(fact("toggle-state", new Value.Int32(of.checked() ? 1 : 0)));
    }
    return new Value.Array(ENTRY, facts);
  }

  private static Value fact(String name, Value value) {
    return new Value.Entry(new Value.Str(name), new Value.Variant(value));
  }

  private static boolean isEnabled(MenuEntry entry, boolean mayWiden) {
    TrayAct act = entry.act();
    return act == null ? entry.kind() == MenuEntry.Kind.MENU : mayWiden || !act.widens();
  }

  /** An underscore marks the next character, unless it is written twice. */
  private static String label(String text) {
    String visible = VisibleText.of(text);
    int end =
        visible.offsetByCodePoints(
            0, Math.min(LONGEST, visible.codePointCount(0, visible.length())));
    return visible.substring(0, end).replace("_", "__");
  }

  private Message group(Message call, boolean mayWiden) {
    List<Value> found = new ArrayList<>();
    for (int each : wanted(call.body().getFirst())) {
      Shown of = find(each);
      if (of != null) {
        found.add(Value.Struct.of(new Value.Int32(each), facts(each, of.entry(), mayWiden)));
      }
    }
    return call.reply(new Value.Array(NUMBERED, found));
  }

  /** Of all that is shown if none is named. */
  private List<Integer> wanted(Value named) {
    if (!(named instanceof Value.Array array) || array.elements().isEmpty()) {
      return List.copyOf(shown.keySet());
    }
    return array.elements().stream().limit(MOST_AT_ONCE).map(DbusMenu::number).toList();
  }

  private Message property(Message call, boolean mayWiden) {
    int number = number(call.body().getFirst());
    Shown of = find(number);
    if (of != null
        && call.body().get(1) instanceof Value.Str name
        && facts(number, of.entry(), mayWiden) instanceof Value.Array all) {
      for (Value each : all.elements()) {
        if (each instanceof Value.Entry fact && fact.key().equals(name)) {
          return call.reply(fact.value());
        }
      }
    }
    return Errors.invalid(call, "an entry shown and a property of it");
  }

  /** Whether it was for an entry that is shown. */
  private boolean event(List<Value> event, boolean mayWiden) {
    int number = number(event.getFirst());
    Shown of = find(number);
    TrayAct act = of == null ? null : of.entry().act();
    if (act != null
        && event.get(1).equals(new Value.Str("clicked"))
        && (mayWiden || !act.widens())) {
      acts.accept(act);
    }
    return of != null;
  }

  private Message events(Message call, boolean mayWiden) {
    List<Integer> unknown = new ArrayList<>();
    if (call.body().getFirst() instanceof Value.Array all) {
      for (Value each : all.elements().stream().limit(MOST_AT_ONCE).toList()) {
        if (each instanceof Value.Struct event && !event(event.members(), mayWiden)) {
          unknown.add(number(event.members().getFirst()));
        }
      }
    }
    return call.reply(numbers(unknown));
  }

  private static Value numbers(List<Integer> of) {
    return new Value.Array(Type.Basic.INT32, of.stream().<Value>map(Value.Int32::new).toList());
  }

  private static int number(@Nullable Value of) {
    return of instanceof Value.Int32 number ? number.value() : -1;
  }
}
