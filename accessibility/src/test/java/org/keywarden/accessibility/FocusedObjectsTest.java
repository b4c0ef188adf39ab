package org.keywarden.accessibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/** What is asked and told, with a bus and applications that do as each test says. */
class FocusedObjectsTest {
  private static final int TEXT = 61;
  private static final int PASSWORD = 40;
  private static final String APP = ":1.7";
  private static final String FIRST = "/org/a11y/atspi/accessible/1";
  private static final String SECOND = "/org/a11y/atspi/accessible/2";

  private record Asked(Message call, Consumer<Message> answer) {}

  private final Deque<Asked> asked = new ArrayDeque<>();
  private final List<String> forgotten = new ArrayList<>();
  private final List<Report> reports = new ArrayList<>();
  private long now = 100;

  private final Bus bus =
      new Bus() {
        @Override
        public void call(Message call, Consumer<Message> answer) {
          asked.add(new Asked(call, answer));
        }

        @Override
        public void forget(String client) {
          forgotten.add(client);
          asked.removeIf(each -> client.equals(each.call.destination()));
        }
      };

  private final FocusedObjects objects =
      new FocusedObjects(
          bus,
          () -> now,
          pid -> pid == 42 ? OptionalLong.of(4_200) : OptionalLong.empty(),
          reports::add);

  private static Message from(String sender, Message message) {
    return message.from(sender).numbered(1);
  }

  private void event(String sender, String path, String member, String detail, int first) {
    objects.receive(
        from(
            sender,
            Message.signal(
                path,
                "org.a11y.atspi.Event.Object",
                member,
                new Value.Str(detail),
                new Value.Int32(first),
                new Value.Int32(0))));
  }

  private void focus(String sender, String path) {
    event(sender, path, "StateChanged", "focused", 1);
  }

  private void roleChanges(String sender, String path) {
    event(sender, path, "PropertyChange", "accessible-role", 0);
  }

  private void owner(String name, String owner) {
    objects.receive(
        from(
            Bus.BUS,
            Message.signal(
                Bus.BUS_PATH,
                Bus.BUS,
                "NameOwnerChanged",
                new Value.Str(name),
                new Value.Str(""),
                new Value.Str(owner))));
  }

  /** Answers the oldest question of this kind. */
  private void answer(String member, Value... values) {
    Asked of = oldest(member);
    of.answer.accept(from(APP, of.call.numbered(9).reply(values)));
  }

  private void refuse(String member) {
    Asked of = oldest(member);
    of.answer.accept(from(APP, of.call.numbered(9).error("org.example.No", "no")));
  }

  private Asked oldest(String member) {
    Asked of =
        asked.stream().filter(each -> member.equals(each.call.member())).findFirst().orElseThrow();
    asked.remove(of);
    return of;
  }

  private long open(String member) {
    return asked.stream().filter(each -> member.equals(each.call.member())).count();
  }

  private void identify(int pid) {
    answer("GetConnectionUnixProcessID", new Value.UInt32(pid));
  }

  private void role(int role) {
    answer("GetRole", new Value.UInt32(role));
  }

  private Report told(boolean secret, long at) {
    return new Report(42, 4_200, secret, at);
  }

  @Test
  void aPasswordIsTold() {
    focus(APP, FIRST);
    assertEquals(FIRST, asked.getLast().call.path());
    assertEquals(APP, asked.getLast().call.destination());
    identify(42);
    now = 120;
    role(PASSWORD);
    assertEquals(List.of(told(true, 100)), reports);
  }

  @Test
  void whoItIsMayBeKnownLater() {
    focus(APP, FIRST);
    role(PASSWORD);
    assertEquals(List.of(), reports);
    identify(42);
    assertEquals(List.of(told(true, 100)), reports);
  }

  @Test
  void aProcessThatIsGoneIsNobody() {
    focus(APP, FIRST);
    identify(43);
    role(PASSWORD);
    assertEquals(List.of(), reports);
  }

  @Test
  void aConnectionTheBusDoesNotKnowIsNobody() {
    focus(APP, FIRST);
    refuse("GetConnectionUnixProcessID");
    role(PASSWORD);
    assertEquals(List.of(), reports);
  }

  @Test
  void theAnswerOfAnObjectThatLostTheFocusDoesNotCount() {
    focus(APP, FIRST);
    identify(42);
    now = 200;
    focus(APP, SECOND);
    role(PASSWORD);
    assertEquals(List.of(), reports);
    role(TEXT);
    assertEquals(List.of(told(false, 200)), reports);
  }

  @Test
  void anApplicationIsAskedOneThingAtATime() {
    for (int i = 0; i < 1_000; i++) {
      focus(APP, i % 2 == 0 ? FIRST : SECOND);
    }
    assertEquals(1, open("GetRole"));
    assertEquals(1, open("GetConnectionUnixProcessID"));
  }

  @Test
  void anObjectThatBecomesAPasswordIsTold() {
    focus(APP, FIRST);
    identify(42);
    role(TEXT);
    now = 500;
    roleChanges(APP, FIRST);
    role(PASSWORD);
    assertEquals(List.of(told(false, 100), told(true, 500)), reports);
  }

  @Test
  void aPasswordThatIsShownStaysOne() {
    focus(APP, FIRST);
    identify(42);
    role(PASSWORD);
    roleChanges(APP, FIRST);
    assertEquals(0, open("GetRole"));
    assertEquals(List.of(told(true, 100)), reports);
  }

  @Test
  void aRoleOfAnotherObjectIsNotAskedFor() {
    focus(APP, FIRST);
    identify(42);
    role(TEXT);
    roleChanges(APP, SECOND);
    assertEquals(0, open("GetRole"));
  }

  @Test
  void noAnswerTellsNothing() {
    focus(APP, FIRST);
    identify(42);
    refuse("GetRole");
    focus(APP, SECOND);
    answer("GetRole", new Value.Str("a role"));
    assertEquals(List.of(), reports);
  }

  @Test
  void onlyAGainedFocusCounts() {
    event(APP, FIRST, "StateChanged", "focused", 0);
    event(APP, FIRST, "StateChanged", "active", 1);
    event(APP, FIRST, "TextChanged", "insert", 1);
    objects.receive(from(APP, Message.signal(FIRST, "org.example", "StateChanged")));
    objects.receive(
        from(APP, Message.signal(FIRST, "org.a11y.atspi.Event.Object", "StateChanged")));
    focus("org.example.WellKnown", FIRST);
    assertTrue(asked.isEmpty());
  }

  @Test
  void whoLeavesIsForgotten() {
    focus(APP, FIRST);
    identify(42);
    owner(APP, "");
    assertEquals(List.of(APP), forgotten);
    assertFalse(asked.stream().anyMatch(each -> APP.equals(each.call.destination())));
    focus(APP, FIRST);
    assertEquals(1, open("GetConnectionUnixProcessID"));
  }

  @Test
  void thereIsABoundOfApplications() {
    for (int i = 0; i < 600; i++) {
      focus(":1." + i, FIRST);
    }
    assertEquals(88, forgotten.size());
    assertEquals(":1.0", forgotten.getFirst());
  }

  @Test
  void listeningIsToldWhenTheRegistryAgrees() {
    List<String> told = new ArrayList<>();
    objects.listen(told::add);
    assertEquals(3, open("AddMatch"));
    assertEquals(
        List.of("object:state-changed:focused", "object:property-change:accessible-role"),
        asked.stream()
            .filter(each -> "RegisterEvent".equals(each.call.member()))
            .map(each -> ((Value.Str) each.call.body().getFirst()).value())
            .toList());
    // The call starts the registry, whose name appears before its answers.
    owner("org.a11y.atspi.Registry", ":1.2");
    answer("RegisterEvent");
    assertEquals(List.of(), told);
    answer("RegisterEvent");
    assertEquals(List.of(""), told);
    assertEquals(0, open("RegisterEvent"));
  }

  @Test
  void aRegistryThatComesBackIsToldAgain() {
    objects.listen(problem -> {});
    answer("RegisterEvent");
    answer("RegisterEvent");
    owner("org.a11y.atspi.Registry", "");
    assertEquals(0, open("RegisterEvent"));
    owner("org.a11y.atspi.Registry", ":1.9");
    assertEquals(2, open("RegisterEvent"));
  }

  @Test
  void aRegistryThatRefusesIsToldWithItsReason() {
    List<String> told = new ArrayList<>();
    objects.listen(told::add);
    refuse("RegisterEvent");
    answer("RegisterEvent");
    assertEquals(List.of("its registry refuses: org.example.No"), told);
  }

  @Test
  void nothingIsAskedOfTextOrKeys() {
    objects.listen(problem -> {});
    focus(APP, FIRST);
    String all =
        asked.stream()
            .map(
                each ->
                    each.call.interfaceName() + each.call.body().stream().map(this::word).toList())
            .toList()
            .toString();
    assertTrue(all.contains("state-changed:focused"), all);
    assertFalse(all.contains("Text"), all);
    assertFalse(all.contains("text"), all);
    assertFalse(all.contains("DeviceEvent"), all);
  }

  private String word(Value value) {
    return value instanceof Value.Str text ? text.value() : "";
  }
}
