package org.keywarden.broker.frontdoor.ibus.context;

import java.util.List;
import org.keywarden.ibus.bus.Errors;
import org.keywarden.ibus.bus.Properties;
import org.keywarden.ibus.object.IbusEngineDesc;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Type;
import org.keywarden.ibus.wire.Value;

/**
 * {@code org.freedesktop.IBus} as every client may see it: one engine that never changes, and
 * nothing of other clients.
 */
public final class IbusObject {
  public static final String PATH = "/org/freedesktop/IBus";

  private static final String NAME = "keywarden";

  /** Clients need one engine to exist; which input method really composes is not their business. */
  static final IbusEngineDesc ENGINE = IbusEngineDesc.of(NAME, "Keywarden", "other");

  private IbusObject() {}

  /** Answers everything but {@code CreateInputContext}. */
  static Message answer(Message call) {
    return switch (String.valueOf(call.member())) {
      case "Ping" ->
          call.signature().equals("v")
              ? call.reply(call.body().getFirst())
              : Errors.invalid(call, "v");
      case "GetGlobalEngine" -> call.reply(new Value.Variant(ENGINE.toValue()));
      case "GetUseSysLayout", "GetUseGlobalEngine", "IsGlobalEngineEnabled" ->
          call.reply(new Value.Bool(true));
      case "ListEngines", "ListActiveEngines" -> call.reply(engines());
      case "GetEnginesByNames" ->
          call.signature().equals("as") ? call.reply(named(call)) : Errors.invalid(call, "as");
      case "SetGlobalEngine" ->
          Errors.denied(
              call,
              "applications do not choose the input method;"
                  + " do it with: keywarden ime use ID (keywarden ime list shows each ID)");
      case "Exit" ->
          Errors.denied(
              call,
              "applications do not end Keywarden, which needs no restart to find new engines"
                  + " (keywarden ime list); stop it where it was started");
      case "RegisterComponent", "CurrentInputContext", "GetAddress" ->
          Errors.denied(call, "applications may not " + call.member());
      case "Get" -> call.signature().equals("ss") ? get(call) : Errors.invalid(call, "ss");
      case "GetAll" -> call.reply(Properties.one("GlobalEngine", engine()));
      case "Set" -> Errors.denied(call, "applications may not set properties of IBus");
      default -> Errors.unknownMethod(call);
    };
  }

  /** The one engine, if its name is among those asked for. */
  private static Value named(Message call) {
    return call.body().getFirst() instanceof Value.Array names
            && names.elements().contains(new Value.Str(NAME))
        ? engines()
        : new Value.Array(Type.Variant.VARIANT, List.of());
  }

  private static Message get(Message call) {
    return switch (call.body().get(1) instanceof Value.Str name ? name.value() : "") {
      case "GlobalEngine" -> call.reply(new Value.Variant(engine()));
      case "Engines", "ActiveEngines" -> call.reply(new Value.Variant(engines()));
      case "EmbedPreeditText" -> call.reply(new Value.Variant(new Value.Bool(true)));
      case "Address", "CurrentInputContext" ->
          Errors.denied(call, "applications may not read this property");
      default -> Errors.named(call, "UnknownProperty", "no such property");
    };
  }

  private static Value engine() {
    return new Value.Variant(ENGINE.toValue());
  }

  private static Value engines() {
    return new Value.Array(Type.Variant.VARIANT, List.of(engine()));
  }
}
