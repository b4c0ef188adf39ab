package org.keywarden.ibus.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Type;
import org.keywarden.ibus.wire.Value;

/**
 * What a bus answers to its clients, as far as those of IBus ask; there is no bus. Match rules are
 * accepted and mean nothing.
 */
public final class BusObject {
  public static final String NAME = "org.freedesktop.DBus";
  public static final String PATH = "/org/freedesktop/DBus";

  /** IBus's unique name: what {@code GetNameOwner} says must be the sender of every signal. */
  public static final String OWNER = ":1.0";

  public static final String IBUS = "org.freedesktop.IBus";

  private final String guid;
  private final Names names;

  /** Who owns which name, as one client is told. */
  public interface Names {
    /** The owner of a name other than the bus's, null if there is none. */
    @Nullable String owner(String name);

    /** What is owned, unique names included, without the bus's. */
    List<String> owned();

    /** Answers {@code RequestName} and {@code ReleaseName}. */
    Message request(Message call);
  }

  /**
   * @param guid 32 hexadecimal digits
   */
  public BusObject(String guid, Names names) {
    this.guid = guid;
    this.names = names;
  }

  /** Answers a call. */
  public Message answer(Message call) {
    return switch (String.valueOf(call.member())) {
      case "Hello" -> Errors.failed(call, "Hello was said already");
      case "AddMatch", "RemoveMatch" ->
          call.signature().equals("s") ? call.reply() : Errors.invalid(call, "s");
      case "GetNameOwner" -> withName(call, name -> owner(call, name));
      case "NameHasOwner" ->
          withName(call, name -> call.reply(new Value.Bool(ownerOf(name) != null)));
      case "ListQueuedOwners" ->
          withName(
              call, name -> call.reply(strings(ownerOf(name) == null ? List.of() : List.of(name))));
      case "RequestName", "ReleaseName" -> names.request(call);
      case "StartServiceByName" ->
          Errors.named(call, "ServiceUnknown", "no services are started here");
      case "ListNames" -> call.reply(strings(withOurs(names.owned())));
      case "ListActivatableNames" -> call.reply(strings(List.of()));
      case "GetId" -> call.reply(new Value.Str(guid));
      case "GetAll" -> call.reply(Properties.none());
      case "Get", "Set" -> Errors.named(call, "UnknownProperty", "no such property");
      default -> Errors.unknownMethod(call);
    };
  }

  private @Nullable String ownerOf(String name) {
    return name.equals(NAME) ? NAME : names.owner(name);
  }

  private Message owner(Message call, String name) {
    String owner = ownerOf(name);
    return owner == null
        ? Errors.named(call, "NameHasNoOwner", "nobody owns this name")
        : call.reply(new Value.Str(owner));
  }

  private static Message withName(Message call, Function<String, Message> answer) {
    return call.body().size() == 1 && call.body().getFirst() instanceof Value.Str name
        ? answer.apply(name.value())
        : Errors.invalid(call, "s");
  }

  private static List<String> withOurs(List<String> owned) {
    List<String> all = new ArrayList<>(owned);
    all.addFirst(NAME);
    return all;
  }

  private static Value strings(List<String> texts) {
    return new Value.Array(Type.Basic.STRING, texts.stream().<Value>map(Value.Str::new).toList());
  }
}
