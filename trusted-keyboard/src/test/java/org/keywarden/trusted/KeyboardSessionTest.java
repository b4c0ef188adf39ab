package org.keywarden.trusted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.keywarden.proto.input.v1.KeyAction.KEY_ACTION_PRESS;
import static org.keywarden.proto.input.v1.KeyAction.KEY_ACTION_RELEASE;
import static org.keywarden.proto.input.v1.KeyAction.KEY_ACTION_REPEAT;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keywarden.proto.input.v1.KeyAction;
import org.keywarden.proto.trusted.v1.Answer;
import org.keywarden.proto.trusted.v1.SessionRequest;

/** The session over a unix socket, with sequences that need no library. */
@Timeout(60)
class KeyboardSessionTest {
  private static final int SHIFT_L = 0xFFE1;

  @TempDir private Path directory;
  private FakeBroker broker;
  private CompletableFuture<KeyboardSession.End> end;

  @BeforeEach
  void connect() throws Exception {
    start("x");
  }

  private void start(String text) throws Exception {
    Path socket = directory.resolve("keyboard-" + text.length());
    broker = new FakeBroker(socket);
    end =
        CompletableFuture.supplyAsync(
            () -> TrustedKeyboard.converse(socket.toString(), () -> new FakeSequences(text)),
            task -> Thread.ofPlatform().start(task));
    SessionRequest first = broker.next();
    assertNotNull(first);
    assertTrue(first.hasReady());
  }

  @AfterEach
  void disconnect() throws Exception {
    broker.complete();
    assertEquals(KeyboardSession.End.OVER, end.get(20, TimeUnit.SECONDS));
    broker.close();
  }

  private void expect(boolean handled, String text, int keysym, KeyAction action) throws Exception {
    Answer answer = broker.key(keysym, keysym & 0xFF, 0, action);
    assertEquals(handled, answer.getHandled());
    assertEquals(text, answer.getText());
  }

  @Test
  void ordinaryKeysAreTheApplications() throws Exception {
    expect(false, "", 'q', KEY_ACTION_PRESS);
    expect(false, "", 'q', KEY_ACTION_REPEAT);
    expect(false, "", 'q', KEY_ACTION_RELEASE);
  }

  @Test
  void sequenceAndItsReleases() throws Exception {
    expect(true, "", 'a', KEY_ACTION_PRESS);
    expect(true, "x", 'b', KEY_ACTION_PRESS);
    expect(true, "", 'a', KEY_ACTION_RELEASE);
    expect(true, "", 'b', KEY_ACTION_RELEASE);
    expect(false, "", 'b', KEY_ACTION_RELEASE);
  }

  @Test
  void releaseFollowsARepeatTheApplicationSaw() throws Exception {
    expect(true, "", 'a', KEY_ACTION_PRESS);
    expect(true, "x", 'b', KEY_ACTION_PRESS);
    expect(false, "", 'b', KEY_ACTION_REPEAT);
    expect(false, "", 'b', KEY_ACTION_RELEASE);
  }

  @Test
  void cancelledSequence() throws Exception {
    expect(true, "", 'a', KEY_ACTION_PRESS);
    expect(false, "", 'q', KEY_ACTION_PRESS);
    expect(false, "", 'b', KEY_ACTION_PRESS);
    expect(false, "", 'q', KEY_ACTION_RELEASE);
  }

  @Test
  void aReleaseThatNeverCameIsNotMistakenForTheNext() throws Exception {
    expect(true, "", 'a', KEY_ACTION_PRESS);
    broker.forget();
    assertFalse(broker.key('q', 'a', 0, KEY_ACTION_PRESS).getHandled());
    assertFalse(broker.key('q', 'a', 0, KEY_ACTION_RELEASE).getHandled());
  }

  @Test
  void forgottenSequence() throws Exception {
    expect(true, "", 'a', KEY_ACTION_PRESS);
    broker.forget();
    expect(false, "", 'b', KEY_ACTION_PRESS);
    expect(true, "", 'a', KEY_ACTION_RELEASE);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 64, 4 | 1})
  void chordsNeitherStartNorEndASequence(int modifiers) throws Exception {
    assertFalse(broker.key('a', 38, modifiers, KEY_ACTION_PRESS).getHandled());
    expect(false, "", 'b', KEY_ACTION_PRESS);
    expect(true, "", 'a', KEY_ACTION_PRESS);
    assertFalse(broker.key('q', 24, modifiers, KEY_ACTION_PRESS).getHandled());
    expect(true, "x", 'b', KEY_ACTION_PRESS);
  }

  @Test
  void modifierKeysLeaveTheSequenceAlone() throws Exception {
    expect(true, "", 'a', KEY_ACTION_PRESS);
    expect(false, "", SHIFT_L, KEY_ACTION_PRESS);
    expect(true, "x", 'b', KEY_ACTION_PRESS);
    expect(false, "", SHIFT_L, KEY_ACTION_RELEASE);
  }

  @Test
  void shiftAndAltGrFeed() throws Exception {
    assertTrue(broker.key('a', 38, 1 | 128, KEY_ACTION_PRESS).getHandled());
  }

  @Test
  void textTooLongForTheContractIsNotSent() throws Exception {
    disconnect();
    start("x".repeat(33));
    expect(true, "", 'a', KEY_ACTION_PRESS);
    expect(false, "", 'b', KEY_ACTION_PRESS);
  }
}
