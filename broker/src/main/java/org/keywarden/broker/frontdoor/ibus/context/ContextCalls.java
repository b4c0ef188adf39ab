package org.keywarden.broker.frontdoor.ibus.context;

import org.keywarden.broker.frontdoor.ibus.panel.Place;
import org.keywarden.ibus.bus.Errors;
import org.keywarden.ibus.bus.Properties;
import org.keywarden.ibus.object.IbusText;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/**
 * What an input context offers on the bus, keys apart: how a call has to look, and which step of
 * the {@link InputContext} it is. What looks otherwise is refused here.
 */
public final class ContextCalls {
  public static final String INTERFACE = "org.freedesktop.IBus.InputContext";

  private ContextCalls() {}

  /** Answers a call of the context's interface. */
  static Message answer(InputContext context, Message call) {
    return switch (String.valueOf(call.member())) {
      case "FocusIn" -> plain(call, context::focusIn, context.canFocus());
      case "FocusOut" -> plain(call, context::focusOut, true);
      case "Reset" -> plain(call, context::reset, true);
      case "SetCapabilities" -> setCapabilities(context, call);
      case "SetCursorLocation" -> place(context, call, false);
      case "SetCursorLocationRelative" -> place(context, call, true);
      case "SetSurroundingText" -> setSurrounding(context, call);
      case "PropertyActivate" -> accepted(call, "su");
      case "ProcessHandWritingEvent" -> accepted(call, "ad");
      case "CancelHandWriting" -> accepted(call, "u");
      case "SetEngine" -> Errors.denied(call, "the user chooses the input method");
      case "GetEngine" -> call.reply(new Value.Variant(IbusObject.ENGINE.toValue()));
      default -> Errors.unknownMethod(call);
    };
  }

  private static Message accepted(Message call, String expected) {
    return call.signature().equals(expected) ? call.reply() : Errors.invalid(call, expected);
  }

  private static Message plain(Message call, Runnable action, boolean possible) {
    if (!call.signature().isEmpty()) {
      return Errors.invalid(call, "");
    }
    if (!possible) {
      return Errors.failed(call, "the input context does not support focus");
    }
    action.run();
    return call.reply();
  }

  private static Message setCapabilities(InputContext context, Message call) {
    if (!call.signature().equals("u")) {
      return Errors.invalid(call, "u");
    }
    context.capable(unsigned(call, 0));
    return call.reply();
  }

  private static Message place(InputContext context, Message call, boolean relative) {
    if (!call.signature().equals("iiii")) {
      return Errors.invalid(call, "iiii");
    }
    context.cursorAt(
        new Place(signed(call, 0), signed(call, 1), signed(call, 2), signed(call, 3), relative));
    return call.reply();
  }

  private static Message setSurrounding(InputContext context, Message call) {
    if (!call.signature().equals("vuu")) {
      return Errors.invalid(call, "vuu");
    }
    try {
      String text = IbusText.from(call.body().getFirst()).text();
      context.around(text, unsigned(call, 1), unsigned(call, 2));
    } catch (Malformed e) {
      return Errors.named(call, "InvalidArgs", String.valueOf(e.getMessage()));
    }
    return call.reply();
  }

  /** Answers a call of the properties' interface. */
  static Message property(InputContext context, Message call) {
    return switch (String.valueOf(call.member())) {
      case "Get" -> call.signature().equals("ss") ? get(context, call) : Errors.invalid(call, "ss");
      case "GetAll" ->
          call.signature().equals("s") ? call.reply(Properties.none()) : Errors.invalid(call, "s");
      case "Set" ->
          call.signature().equals("ssv") ? set(context, call) : Errors.invalid(call, "ssv");
      default -> Errors.unknownMethod(call);
    };
  }

  private static Message get(InputContext context, Message call) {
    if (!call.body().get(1).equals(new Value.Str("PostProcessKeyEvent"))) {
      return Errors.named(call, "InvalidArgs", "no such property can be read");
    }
    return context.keys().anyUnanswered()
        ? Errors.failed(call, "a key is still being processed")
        : call.reply(new Value.Variant(context.signals().takeQueued()));
  }

  private static Message set(InputContext context, Message call) {
    if (!(call.body().get(1) instanceof Value.Str name)
        || !(call.body().get(2) instanceof Value.Variant value)
        || !(value.value() instanceof Value.Struct struct)) {
      return Errors.named(call, "InvalidArgs", "the value has another type");
    }
    return switch (name.value() + struct.type().code()) {
      case "ContentType(uu)" -> {
        if (struct.members().get(0) instanceof Value.UInt32 purpose
            && struct.members().get(1) instanceof Value.UInt32 hints) {
          context.changeType(ContentTypes.of(purpose.value(), hints.value()));
        }
        yield call.reply();
      }
      case "ClientCommitPreedit(b)" -> {
        context.signals().preeditWithMode(struct.members().getFirst().equals(new Value.Bool(true)));
        yield call.reply();
      }
      case "EffectivePostProcessKeyEvent(b)" -> {
        context.synchronous(struct.members().getFirst().equals(new Value.Bool(true)));
        yield call.reply();
      }
      default -> Errors.named(call, "InvalidArgs", "no such property, or of another type");
    };
  }

  private static int signed(Message call, int at) {
    return call.body().get(at) instanceof Value.Int32 number ? number.value() : 0;
  }

  /** Returns an argument of a call whose signature has a number there. */
  static int unsigned(Message call, int at) {
    return call.body().get(at) instanceof Value.UInt32 number ? number.value() : 0;
  }
}
