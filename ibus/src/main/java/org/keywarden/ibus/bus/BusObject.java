package org.keywarden.ibus.bus;

import java.util.List;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Type;
import org.keywarden.ibus.wire.Value;

/**
 * What a bus answers to its clients, as far as clients of IBus ask; there is no bus. Match rules
 * are accepted and mean nothing.
 */
public final class BusObject {
  public static final String NAME = "org.freedesktop.DBus";

  /** IBus's unique name: what {@code GetNameOwner} says must be the sender of every signal. */
  public static final String OWNER = ":1.0";

  public static final String IBUS = "org.freedesktop.IBus";

  private BusObject() {}

  /**
   * Answers a call.
   *
   * @param own the caller's unique name
   */
  public static Message answer(Message call, String own, String guid) {
    return switch (String.valueOf(call.member())) {
      case "Hello" -> Errors.failed(call, "Hello was said already");
      case "AddMatch", "RemoveMatch" ->
          call.signature().equals("s") ? call.reply() : Errors.invalid(call, "s");
      case "GetNameOwner" -> withName(call, "s", name -> owner(call, name, own));
      case "NameHasOwner" ->
          withName(call, "s", name -> call.reply(new Value.Bool(isKnown(name, own))));
      case "ListQueuedOwners" ->
          withName(
              call,
              "s",
              name -> call.reply(strings(isKnown(name, own) ? List.of(name) : List.of())));
      case "RequestName", "ReleaseName" ->
          Errors.denied(call, "applications own no names on this bus");
      case "StartServiceByName" ->
          Errors.named(call, "ServiceUnknown", "no services are started here");
      case "ListNames" -> call.reply(strings(List.of(NAME, IBUS, OWNER, own)));
      case "ListActivatableNames" -> call.reply(strings(List.of()));
      case "GetId" -> call.reply(new Value.Str(guid));
      case "Get", "GetAll", "Set" ->
          call.member() != null && call.member().equals("GetAll")
              ? call.reply(Properties.none())
              : Errors.named(call, "UnknownProperty", "no such property");
      default -> Errors.unknownMethod(call);
    };
  }

  private static Message owner(Message call, String name, String own) {
    if (name.equals(IBUS)) {
      return call.reply(new Value.Str(OWNER));
    }
    return isKnown(name, own)
        ? call.reply(new Value.Str(name))
        : Errors.named(call, "NameHasNoOwner", "nobody owns this name");
  }

  private static boolean isKnown(String name, String own) {
    return name.equals(NAME) || name.equals(IBUS) || name.equals(OWNER) || name.equals(own);
  }

  private static Message withName(
      Message call, String expected, java.util.function.Function<String, Message> answer) {
    return call.body().size() == 1 && call.body().getFirst() instanceof Value.Str name
        ? answer.apply(name.value())
        : Errors.invalid(call, expected);
  }

  private static Value strings(List<String> texts) {
    return new Value.Array(Type.Basic.STRING, texts.stream().<Value>map(Value.Str::new).toList());
  }
}
