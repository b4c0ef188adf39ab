package org.keywarden.broker.frontdoor.ibus.panel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keywarden.ibus.bus.Errors;
import org.keywarden.ibus.object.IbusEngineDesc;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Type;
import org.keywarden.ibus.wire.Value;

/**
 * {@code org.freedesktop.IBus} as a panel sees it: input methods that are enabled are its engines,
 * and one more is the keyboard alone. Other clients are told a constant.
 */
final class PanelEngines {
  /** The engine that is none. */
  static final String KEYBOARD = "keyboard-only";

  /** Names of layouts, which a desktop has beside engines, begin so. */
  private static final String LAYOUT = "xkb:";

  /** Whichever layout there is. */
  private static final String ANY_LAYOUT = "default";

  private final MethodChoice methods;

  /** Whether a panel has chosen an input method before. */
  private boolean chosen;

  PanelEngines(MethodChoice methods) {
    this.methods = methods;
  }

  /** The name of the engine that is selected. */
  String selected() {
    String id = methods.selected();
    return id.equals(MethodChoice.KEYBOARD_ONLY) ? KEYBOARD : id;
  }

  /** Whether a call is one of those that a panel is answered differently. */
  static boolean concern(Message call) {
    return switch (String.valueOf(call.member())) {
      case "ListEngines",
          "ListActiveEngines",
          "GetEnginesByNames",
          "GetGlobalEngine",
          "SetGlobalEngine",
          "Get",
          "Set" ->
          true;
      default -> false;
    };
  }

  /** Whether a call of those only reads. */
  static boolean reads(Message call) {
    return concern(call)
        && !"SetGlobalEngine".equals(call.member())
        && !"Set".equals(call.member());
  }

  /** The answer to a call, null if a panel gets that of every client. */
  @Nullable Message answer(Message call) {
    return switch (call.member() + " " + call.signature()) {
      case "ListEngines ", "ListActiveEngines " -> call.reply(descriptions(all()));
      case "GetEnginesByNames as" -> call.reply(descriptions(named(call)));
      case "GetGlobalEngine " -> call.reply(new Value.Variant(current().toValue()));
      case "SetGlobalEngine s" -> select(call, text(call, 0));
      case "Get ss" -> get(call, text(call, 1));
      case "Set ssv" -> set(call, text(call, 1));
      default -> null;
    };
  }

  private @Nullable Message get(Message call, String property) {
    return switch (property) {
      case "Engines", "ActiveEngines" -> call.reply(new Value.Variant(descriptions(all())));
      case "GlobalEngine" -> call.reply(new Value.Variant(new Value.Variant(current().toValue())));
      default -> null;
    };
  }

  /** A panel hands on its own settings; there is nothing here that they would change. */
  private static @Nullable Message set(Message call, String property) {
    return switch (property) {
      case "PreloadEngines", "EmbedPreeditText", "GlobalShortcutKeys" -> call.reply();
      default -> null;
    };
  }

  private Message select(Message call, String name) {
    if (name.equals(KEYBOARD)) {
      methods.select(MethodChoice.KEYBOARD_ONLY);
    } else if (name.startsWith(LAYOUT)) {
      // What a desktop says at its start is no choice of the user's among input methods.
      if (chosen) {
        methods.select(MethodChoice.KEYBOARD_ONLY);
      }
    } else if (methods.enabled().stream().anyMatch(each -> each.id().equals(name))) {
      chosen = true;
      methods.select(name);
    } else {
      return Errors.failed(call, "no such input method is enabled");
    }
    return call.reply();
  }

  /** The selected one first: a panel selects the first at its start. */
  private List<IbusEngineDesc> all() {
    List<IbusEngineDesc> engines = new ArrayList<>();
    methods.enabled().forEach(each -> engines.add(describe(each)));
    engines.add(keyboard());
    String first = selected();
    engines.sort(Comparator.comparing((IbusEngineDesc each) -> !each.name().equals(first)));
    return engines;
  }

  /** Those asked for; all if none of them is here, whatever a panel's settings say. */
  private List<IbusEngineDesc> named(Message call) {
    List<String> names =
        call.body().getFirst() instanceof Value.Array array
            ? array.elements().stream()
                .map(each -> each instanceof Value.Str s ? s.value() : "")
                .toList()
            : List.of();
    List<IbusEngineDesc> found =
        all().stream().filter(each -> names.contains(each.name())).toList();
    return found.isEmpty() ? all() : found;
  }

  private IbusEngineDesc current() {
    return methods.enabled().stream()
        .filter(each -> each.id().equals(methods.selected()))
        .findFirst()
        .map(PanelEngines::describe)
        .orElseGet(PanelEngines::keyboard);
  }

  private static IbusEngineDesc keyboard() {
    return describe(new MethodChoice.InputMethod(KEYBOARD, "Keyboard only", "", "", "⌨"));
  }

  private static IbusEngineDesc describe(MethodChoice.InputMethod method) {
    String language = method.language().isEmpty() ? "other" : method.language();
    // "kr(kr104)": a panel gives layout and variant to setxkbmap as options of their own.
    String[] parts = method.layout().split("[()]", -1);
    String layout = parts[0].isEmpty() ? ANY_LAYOUT : parts[0];
    String variant = parts.length > 1 ? parts[1] : "";
    return new IbusEngineDesc(
        List.of(method.id(), method.name(), "", language, "", "", "", layout),
        0,
        List.of("", method.symbol(), "", variant, "", "", "", ""));
  }

  private static Value descriptions(List<IbusEngineDesc> engines) {
    return new Value.Array(
        Type.Variant.VARIANT,
        engines.stream().<Value>map(each -> new Value.Variant(each.toValue())).toList());
  }

  private static String text(Message call, int at) {
    return call.body().get(at) instanceof Value.Str text ? text.value() : "";
  }
}
