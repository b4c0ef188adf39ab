package org.keywarden.engine.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.keywarden.ibus.object.IbusText;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/** Honest engines, slow ones and mortal ones, and what of them reaches the field. */
final class EngineHostTest extends EngineFixture {
  @Test
  void whatComesBeforeTheAnswerBelongsToTheKey() throws Exception {
    Editor editor = editor(new Letters());
    editor.type("ab c");
    assertEquals("ab [c]", editor.shown());
    editor.leave();
    assertEquals("ab c[]", editor.shown(), "the field keeps what was shown");
  }

  @Test
  void theContentTypeComesBeforeTheFocus() throws Exception {
    Editor editor = editor(new Letters());
    FakeEngine engine = engine();
    editor.type("a");
    editor.leave();
    engine.awaitCall("Reset");
    engine.awaitCall("FocusOut");
    editor.enter(FIELD).type("b");
    assertEquals(
        List.of("Set", "FocusIn", "SetCapabilities", "SetCursorLocation", "ProcessKeyEvent"),
        List.copyOf(engine.heard));
  }

  @Test
  void whatComesLaterIsSentLater() throws Exception {
    Editor editor =
        editor(
            (engine, call) -> {
              engine.answer(call, true);
              engine.preedit("late");
            });
    editor.type("a").awaitShown("[late]");
  }

  @Test
  void nothingOfAnEndedStayComesIntoTheNext() throws Exception {
    Editor editor = editor(new Letters());
    FakeEngine engine = engine();
    engine.onOther =
        member -> {
          if (member.equals("Reset") || member.equals("FocusOut")) {
            engine.commit("secret");
            engine.preedit("secret");
          }
        };
    editor.type("a");
    editor.leave();
    editor.enter(FIELD).type("b");
    assertEquals("a[ab]", editor.shown());
  }

  @Test
  void aKeyThatIsNeverAnsweredGoesToTheApplicationAndTheEngineIsReplaced() throws Exception {
    Letters letters = new Letters();
    Editor editor =
        editor(
            Duration.ofMillis(100),
            (engine, call) -> {
              if (FakeEngine.keysym(call) != 'x') {
                letters.accept(engine, call);
              }
            });
    FakeEngine first = engine();
    editor.type("abx");
    assertEquals("abx[]", editor.shown(), "what was shown is kept, and the key is not lost");
    editor.type("y");
    assertEquals("abxy[]", editor.shown(), "while it owes an answer it gets no key");
    FakeEngine second = engine();
    assertTrue(first.isKilled());
    second.awaitCall("SetCursorLocation");
    editor.type("ab");
    assertTrue(editor.preedit().text().endsWith("ab"), editor.shown());
    assertTrue(said().contains("does not answer"), said());
  }

  @Test
  void aLateAnswerChangesNothingAndTheEngineBeginsAfresh() throws Exception {
    BlockingQueue<Message> held = new LinkedBlockingQueue<>();
    Editor editor =
        editor(
            Duration.ofMillis(100),
            (engine, call) -> {
              if (FakeEngine.keysym(call) == 'x') {
                held.add(call);
              } else {
                engine.preedit("ok");
                engine.answer(call, true);
              }
            });
    FakeEngine engine = engine();
    editor.type("x");
    assertEquals("x[]", editor.shown());
    engine.preedit("too late");
    engine.commit("too late");
    engine.answer(held.take(), true);
    engine.awaitCall("Reset");
    // The answer to Reset is what ends the past; another one after it shows that it was taken.
    engine.callBus("GetId");
    while (!engine.nextAnswer().signature().equals("s")) {}
    editor.type("y");
    assertEquals("x[ok]", editor.shown());
    assertFalse(engine.isKilled());
  }

  @Test
  void anEngineThatDiesInAKeyLosesNeitherTheKeyNorTheText() throws Exception {
    Letters letters = new Letters();
    Editor editor =
        editor(
            (engine, call) -> {
              if (FakeEngine.keysym(call) == 'x') {
                engine.die();
              } else {
                letters.accept(engine, call);
              }
            });
    engine();
    editor.type("abx");
    assertEquals("abx[]", editor.shown());
    engine().awaitCall("SetCursorLocation");
    letters.word.setLength(0);
    editor.type("c");
    assertEquals("abx[c]", editor.shown());
  }

  @Test
  void whatABrokerWouldRefuseIsLeftOutAndNotTheWord() throws Exception {
    Editor editor =
        editor(
            (engine, call) -> {
              engine.signal("CommitText", IbusText.plain("one\ntwo\u202Ethree\u0007").toVariant());
              engine.answer(call, true);
            });
    editor.type("a\n");
    assertEquals("one twothreeone\ntwothree[]", editor.shown(), "line breaks answer Return only");
  }

  @Test
  void textAroundTheCursorIsGivenWhenItIsAskedFor() throws Exception {
    Editor editor =
        editor(
            (engine, call) -> {
              engine.signal("RequireSurroundingText");
              engine.signal("DeleteSurroundingText", new Value.Int32(-1), new Value.UInt32(1));
              engine.answer(call, true);
            });
    FakeEngine engine = engine();
    editor.surround("word", 4);
    editor.type("a");
    engine.awaitCall("SetSurroundingText");
    editor.surround("words", 5);
    engine.awaitCall("SetSurroundingText");
  }
}
