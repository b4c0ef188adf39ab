package org.keywarden.engine.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;
import org.keywarden.proto.engine.v1.Profile;
import org.keywarden.proto.engine.v1.Setting;

/** Engines that break the rules, and what becomes of them. */
final class HostileEngineTest extends EngineFixture {
  private void replacedAfter(String reason, BiConsumer<FakeEngine, Message> breach)
      throws Exception {
    Letters letters = new Letters();
    Editor editor =
        editor(
            (engine, call) -> {
              if (FakeEngine.keysym(call) == 'x') {
                breach.accept(engine, call);
              } else {
                letters.accept(engine, call);
              }
            });
    FakeEngine first = engine();
    editor.type("x");
    assertEquals("x[]", editor.shown(), "the key is not lost");
    engine().awaitCall("SetCursorLocation");
    assertTrue(first.isKilled());
    assertTrue(said().contains(reason), said());
    editor.type("c");
    assertEquals("x[c]", editor.shown());
  }

  @Test
  void whatIsMalformedEndsTheEngine() throws Exception {
    replacedAfter("protocol version", (engine, call) -> engine.raw(new byte[64]));
  }

  @Test
  void wrongArgumentsEndTheEngine() throws Exception {
    replacedAfter(
        "wrong arguments",
        (engine, call) -> engine.signal("CommitText", new Value.Str("not a text")));
  }

  @Test
  void anotherObjectInAnArgumentEndsTheEngine() throws Exception {
    replacedAfter(
        "not an IBusText",
        (engine, call) ->
            engine.signal(
                "CommitText",
                new Value.Variant(
                    Value.Struct.of(new Value.Str("IBusEngineDesc"), new Value.Str("x")))));
  }

  @Test
  void aMessageTooLargeEndsTheEngine() throws Exception {
    byte[] huge = new byte[64];
    huge[0] = 'l';
    huge[1] = 4;
    huge[3] = 1;
    huge[7] = 0x10;
    replacedAfter("larger than", (engine, call) -> engine.raw(huge));
  }

  @Test
  void variantsTooDeepEndTheEngine() throws Exception {
    Value deep = new Value.Str("x");
    for (int i = 0; i < 80; i++) {
      deep = new Value.Variant(deep);
    }
    Value last = deep;
    replacedAfter("nest deeper", (engine, call) -> engine.signal("CommitText", last));
  }

  @Test
  void aFloodEndsTheEngine() throws Exception {
    replacedAfter(
        "things in a second",
        (engine, call) -> {
          for (int i = 0; i < 20_000; i++) {
            engine.preedit("flood");
          }
        });
  }

  @Test
  void aSecondAnswerIsNotHeard() throws Exception {
    Editor editor =
        editor(
            (engine, call) -> {
              engine.answer(call, true);
              engine.answer(call, false);
              engine.answer(call, false);
            });
    editor.type("abc");
    assertEquals("[]", editor.shown(), "each key is used exactly as the first answer says");
  }

  @Test
  void anEngineHasItsOwnNameAndNoOther() throws Exception {
    profile =
        Profile.newBuilder()
            .addConfig(Setting.newBuilder().setSection("engine/x").setName("n").setNumber(7))
            .build();
    editor(new Letters());
    FakeEngine engine = engine();
    engine.awaitCall("SetCursorLocation");
    engine.answers.clear();
    engine.callBus("RequestName", new Value.Str("org.freedesktop.IBus.Panel"), new Value.UInt32(3));
    assertEquals("org.freedesktop.DBus.Error.AccessDenied", engine.nextAnswer().errorName());
    engine.call(
        "org.freedesktop.IBus",
        "/org/freedesktop/IBus",
        "org.freedesktop.IBus",
        "SetGlobalEngine",
        new Value.Str("x"));
    assertEquals("org.freedesktop.DBus.Error.AccessDenied", engine.nextAnswer().errorName());
    engine.call(
        "org.freedesktop.IBus.Config",
        "/org/freedesktop/IBus/Config",
        "org.freedesktop.IBus.Config",
        "GetValue",
        new Value.Str("engine/x"),
        new Value.Str("n"));
    assertEquals(List.of(new Value.Variant(new Value.Int32(7))), engine.nextAnswer().body());
  }

  @Test
  void aSecondConnectionIsRefused() throws Exception {
    editor(new Letters());
    FakeEngine first = engine();
    FakeEngine second =
        new FakeEngine(
            directory.resolve("run/ibus"), new Letters(), Runnable::run, () -> engines.add(first));
    // It ends by itself: the host has closed it.
    assertEquals(first, engine());
    assertTrue(second.heard.isEmpty());
  }

  @Test
  void onlyTheKeyBeingAnsweredIsForwarded() throws Exception {
    Editor editor =
        editor(
            (engine, call) -> {
              int own = FakeEngine.keysym(call);
              engine.commit("<");
              forward(engine, own + 1);
              if (own == 'a') {
                forward(engine, own);
                forward(engine, own);
              }
              engine.answer(call, true);
              forward(engine, own);
            });
    editor.type("abc");
    assertEquals("<a<<[]", editor.shown());
  }

  private static void forward(FakeEngine engine, int keysym) {
    engine.signal(
        "ForwardKeyEvent", new Value.UInt32(keysym), new Value.UInt32(0), new Value.UInt32(0));
  }
}
