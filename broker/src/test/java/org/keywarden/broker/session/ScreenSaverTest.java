package org.keywarden.broker.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.keywarden.broker.session.FakeScreenSaver.FREEDESKTOP;
import static org.keywarden.broker.session.FakeScreenSaver.GNOME;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keywarden.broker.session.FakeScreenSaver.Manner;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;
import org.keywarden.testbed.Await;

/** Screen savers on a real session bus. */
final class ScreenSaverTest extends WatchedSession {
  private FakeScreenSaver saver(String name) throws IOException {
    return new FakeScreenSaver(session, uid, name);
  }

  private FakeScreenSaver gnome(boolean active, Manner manner) throws IOException {
    return new FakeScreenSaver(session, uid, GNOME, active, manner);
  }

  @Test
  void withoutAnyBusTheScreenIsNotLocked() {
    environment.clear();
    environment.put("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=" + directory.resolve("none"));
    begin();
    awaitLocked(false);
    assertEquals(2, told.size(), "locked until that is known");
    for (String each : SessionWatch.names()) {
      assertEquals(SourceState.NOT_THERE, state(each));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        FREEDESKTOP,
        GNOME,
        "org.mate.ScreenSaver",
        "org.cinnamon.ScreenSaver",
        "org.xfce.ScreenSaver"
      })
  void aScreenSaverLocksAndUnlocks(String name) throws IOException {
    try (FakeScreenSaver saver = saver(name)) {
      begin();
      awaitLocked(false);
      await(name, SourceState.UNLOCKED);
      saver.set(true);
      awaitLocked(true);
      assertEquals(SourceState.LOCKED, state(name));
      saver.set(false);
      awaitLocked(false);
    }
  }

  @Test
  void oneThatIsActiveAlreadyLeavesNoGap() throws IOException {
    try (FakeScreenSaver saver = gnome(true, Manner.ANSWERS)) {
      begin();
      await(GNOME, SourceState.LOCKED);
      await("logind", SourceState.NOT_THERE);
      await(FREEDESKTOP, SourceState.NOT_THERE);
      assertEquals(1, told.size());
      assertTrue(locked());
      saver.set(false);
      awaitLocked(false);
    }
  }

  @Test
  void oneThatComesLaterIsAskedToo() throws IOException {
    begin();
    awaitLocked(false);
    try (FakeScreenSaver saver = gnome(true, Manner.ANSWERS)) {
      awaitLocked(true);
      await(GNOME, SourceState.LOCKED);
      saver.set(false);
      awaitLocked(false);
    }
  }

  @Test
  void whoeverIsNotTheOwnerOfTheNameSaysNothing() throws IOException {
    try (FakeScreenSaver saver = gnome(true, Manner.ANSWERS);
        FakeScreenSaver other = saver(FREEDESKTOP)) {
      begin();
      await(GNOME, SourceState.LOCKED);
      impostorSays(
          session,
          Message.signal("/org/gnome/ScreenSaver", GNOME, "ActiveChanged", new Value.Bool(false)));
      // Behind the impostor's on the same connection.
      await(FREEDESKTOP, SourceState.UNLOCKED);
      other.set(true);
      await(FREEDESKTOP, SourceState.LOCKED);
      assertEquals(SourceState.LOCKED, state(GNOME));
      assertTrue(saver.asked.get() > 0);
    }
  }

  @Test
  void nobodyButTheBusSaysWhoseANameIs() throws IOException {
    try (FakeScreenSaver saver = gnome(false, Manner.ANSWERS);
        FakeScreenSaver other = saver(FREEDESKTOP)) {
      begin();
      await(GNOME, SourceState.UNLOCKED);
      await(FREEDESKTOP, SourceState.UNLOCKED);
      impostorSays(
          session,
          Message.signal(
              "/org/freedesktop/DBus",
              "org.freedesktop.DBus",
              "NameOwnerChanged",
              new Value.Str(GNOME),
              new Value.Str(""),
              new Value.Str("")));
      other.set(true);
      await(FREEDESKTOP, SourceState.LOCKED);
      assertEquals(SourceState.UNLOCKED, state(GNOME));
      assertTrue(saver.asked.get() > 0);
    }
  }

  @Test
  void anyThatSaysLockedWins() throws IOException {
    try (FakeScreenSaver one = gnome(true, Manner.ANSWERS);
        FakeScreenSaver other = saver(FREEDESKTOP)) {
      begin();
      await(GNOME, SourceState.LOCKED);
      await(FREEDESKTOP, SourceState.UNLOCKED);
      other.set(true);
      await(FREEDESKTOP, SourceState.LOCKED);
      other.set(false);
      await(FREEDESKTOP, SourceState.UNLOCKED);
      assertTrue(locked());
      assertEquals(1, told.size());
      one.set(false);
      awaitLocked(false);
    }
  }

  @Test
  void oneThatDiesWhileLockedStaysLockedUntilItIsBack() throws IOException {
    FakeScreenSaver saver = gnome(true, Manner.ANSWERS);
    begin();
    await(GNOME, SourceState.LOCKED);
    saver.close();
    await(GNOME, SourceState.GONE_WHILE_LOCKED);
    assertTrue(locked());
    try (FakeScreenSaver hung = gnome(false, Manner.HANGS)) {
      await(GNOME, SourceState.NOT_KNOWN);
      Await.until("question", () -> hung.asked.get() > 0);
    }
    await(GNOME, SourceState.GONE_WHILE_LOCKED);
    try (FakeScreenSaver back = gnome(false, Manner.ANSWERS)) {
      awaitLocked(false);
      assertEquals(SourceState.UNLOCKED, state(GNOME));
      assertEquals(2, told.size());
      assertEquals(1, back.asked.get());
    }
  }

  @Test
  void oneThatDiesUnlockedLocksNothing() throws IOException {
    FakeScreenSaver saver = gnome(false, Manner.ANSWERS);
    begin();
    awaitLocked(false);
    saver.close();
    await(GNOME, SourceState.NOT_THERE);
    assertFalse(locked());
  }

  @Test
  void whoTakesTheNameAndServesNothingDoesNotUnlock() throws IOException {
    FakeScreenSaver saver = gnome(true, Manner.ANSWERS);
    begin();
    await(GNOME, SourceState.LOCKED);
    saver.close();
    try (FakeScreenSaver heir = gnome(false, Manner.REFUSES)) {
      Await.until("question", () -> heir.asked.get() > 0);
      await(GNOME, SourceState.GONE_WHILE_LOCKED);
      assertTrue(locked());
    }
  }

  @Test
  void oneThatServesNoneOfItIsNoSource() throws IOException {
    try (FakeScreenSaver saver = gnome(false, Manner.REFUSES)) {
      begin();
      await(GNOME, SourceState.SAYS_NOTHING);
      awaitLocked(false);
      assertTrue(saver.asked.get() > 0);
    }
  }

  @Test
  void oneThatDoesNotAnswerCountsAsLocked() throws IOException {
    try (FakeScreenSaver saver = gnome(false, Manner.HANGS)) {
      begin();
      Await.until("question", () -> saver.asked.get() > 0);
      await(FREEDESKTOP, SourceState.NOT_THERE);
      await("logind", SourceState.NOT_THERE);
      assertEquals(SourceState.NOT_KNOWN, state(GNOME));
      assertTrue(locked());
      saver.answerLate();
      awaitLocked(false);
    }
  }

  @Test
  void anAnswerThatMakesNoSenseIsNoneAndIsAskedForAgain() throws IOException {
    try (FakeScreenSaver saver = gnome(false, Manner.TALKS_NONSENSE)) {
      begin();
      Await.until("second question", () -> saver.asked.get() > 1);
      assertEquals(SourceState.NOT_KNOWN, state(GNOME));
      assertTrue(locked());
      saver.behave(Manner.ANSWERS);
      awaitLocked(false);
    }
  }

  @Test
  void aSignalThatMakesNoSenseLocksUntilTheAnswer() throws IOException {
    try (FakeScreenSaver saver = gnome(false, Manner.ANSWERS)) {
      begin();
      awaitLocked(false);
      for (List<Value> body :
          List.<List<Value>>of(
              List.of(),
              List.of(new Value.Str("true")),
              List.of(new Value.Bool(false), new Value.Bool(false)))) {
        saver.behave(Manner.HANGS);
        int before = saver.asked.get();
        saver.say(body.toArray(Value[]::new));
        awaitLocked(true);
        Await.until("question", () -> saver.asked.get() > before);
        saver.answerLate();
        awaitLocked(false);
      }
    }
  }

  @Test
  void aFloodEndsFewGrantsAndInWhatIsSo() throws IOException {
    try (FakeScreenSaver saver = gnome(false, Manner.ANSWERS)) {
      begin();
      awaitLocked(false);
      long from = System.nanoTime();
      int before = told.size();
      for (int i = 0; i < 20_000; i++) {
        saver.say(new Value.Bool(i % 2 == 0));
      }
      saver.set(true);
      saver.say();
      await(GNOME, SourceState.LOCKED);
      Await.until("last question", () -> saver.asked.get() > 1);
      long windows =
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from) / SessionLock.LEAST + 1;
      int changes = told.size() - before;
      assertTrue(changes <= 2 * windows, changes + " changes in " + windows + " windows");
      awaitLocked(true);
      saver.set(false);
      awaitLocked(false);
    }
  }

  @Test
  void theEndOfTheBusUnlocksNothing() throws Exception {
    FakeScreenSaver saver = gnome(true, Manner.ANSWERS);
    begin();
    await(GNOME, SourceState.LOCKED);
    session.die();
    await(GNOME, SourceState.GONE_WHILE_LOCKED);
    await(FREEDESKTOP, SourceState.NOT_THERE);
    assertTrue(locked());
    saver.close();
    session.comeBack();
    try (FakeScreenSaver back = gnome(true, Manner.ANSWERS)) {
      await(GNOME, SourceState.LOCKED);
      assertEquals(1, told.size());
      back.set(false);
      awaitLocked(false);
    }
  }

  @Test
  void aBusThatLetsNobodyInCountsAsLocked() throws IOException {
    Path hung = directory.resolve("hung");
    try (ServerSocketChannel bus = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      bus.bind(UnixDomainSocketAddress.of(hung));
      environment.put("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + hung);
      begin();
      await("logind", SourceState.NOT_THERE);
      try (SocketChannel first = bus.accept();
          // Given up, and tried again.
          SocketChannel second = bus.accept()) {
        assertTrue(first.isOpen() && second.isOpen());
        assertEquals(SourceState.NOT_KNOWN, state(GNOME));
        assertTrue(locked());
      }
    }
    // Closed: there is no such bus any more.
    awaitLocked(false);
  }

  @Test
  void whatIsLeftOutIsNotAsked() throws IOException {
    try (FakeScreenSaver saver = gnome(true, Manner.ANSWERS);
        FakeScreenSaver other = saver(FREEDESKTOP)) {
      begin(GNOME);
      awaitLocked(false);
      assertEquals(SourceState.LEFT_OUT, state(GNOME));
      other.set(true);
      awaitLocked(true);
      assertEquals(0, saver.asked.get());
    }
  }
}
