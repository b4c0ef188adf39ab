package org.keywarden.broker.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.keywarden.broker.session.FakeScreenSaver.GNOME;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.session.FakeLogind.Known;
import org.keywarden.broker.session.FakeScreenSaver.Manner;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Type;
import org.keywarden.ibus.wire.Value;
import org.keywarden.testbed.Await;

/** logind's interfaces on a real system bus. */
final class LogindTest extends WatchedSession {
  private static final String LOGIND = "logind";

  private FakeLogind logind(Known known) throws IOException {
    return new FakeLogind(system, uid, known, false);
  }

  private FakeLogind unlocked() throws IOException {
    FakeLogind logind = logind(Known.BY_ID);
    begin();
    await(LOGIND, SourceState.UNLOCKED);
    awaitLocked(false);
    return logind;
  }

  private FakeScreenSaver gnome(boolean active) throws IOException {
    return new FakeScreenSaver(session, uid, GNOME, active, Manner.ANSWERS);
  }

  @ParameterizedTest
  @EnumSource(names = "NOT_AT_ALL", mode = EnumSource.Mode.EXCLUDE)
  void ourSessionIsFoundAndItsHintLocks(Known known) throws IOException {
    try (FakeLogind logind = logind(known)) {
      begin();
      await(LOGIND, SourceState.UNLOCKED);
      awaitLocked(false);
      logind.setLocked(true);
      awaitLocked(true);
      assertEquals(SourceState.LOCKED, state(LOGIND));
      logind.setLocked(false);
      awaitLocked(false);
    }
  }

  @Test
  void aProcessInNoSessionNeedsNoVariableToBeTold() throws IOException {
    environment.remove("XDG_SESSION_ID");
    try (FakeLogind logind = logind(Known.BY_DISPLAY)) {
      begin();
      await(LOGIND, SourceState.UNLOCKED);
      logind.setLocked(true);
      awaitLocked(true);
    }
  }

  @Test
  void aLockBeforeTheStartLeavesNoGap() throws IOException {
    // So that nothing but logind is waited for.
    environment.remove("DBUS_SESSION_BUS_ADDRESS");
    try (FakeLogind logind = new FakeLogind(system, uid, Known.BY_ID, true)) {
      begin();
      await(LOGIND, SourceState.LOCKED);
      await(GNOME, SourceState.NOT_THERE);
      assertEquals(1, told.size());
      logind.setLocked(false);
      awaitLocked(false);
    }
  }

  @Test
  void withoutASessionItIsNotThereUntilThereIsOne() throws IOException {
    try (FakeLogind logind = logind(Known.NOT_AT_ALL)) {
      begin();
      await(LOGIND, SourceState.NOT_THERE);
      awaitLocked(false);
      logind.becomes(true);
      logind.begin(Known.BY_ID);
      await(LOGIND, SourceState.LOCKED);
      logind.endSession();
      await(LOGIND, SourceState.GONE_WHILE_LOCKED);
      assertTrue(locked());
      logind.becomes(false);
      logind.begin(Known.BY_ID);
      awaitLocked(false);
    }
  }

  @Test
  void aRequestToLockCountsUntilTheRequestToUnlock() throws IOException {
    try (FakeLogind logind = unlocked()) {
      logind.ask("Lock");
      awaitLocked(true);
      logind.ask("Unlock");
      awaitLocked(false);
    }
  }

  @Test
  void aRequestToUnlockDoesNotOutdoWhatTheLockerSays() throws IOException {
    try (FakeLogind logind = unlocked()) {
      logind.ask("Lock");
      logind.setLocked(true);
      awaitLocked(true);
      logind.ask("Unlock");
      logind.setActive(false);
      await(LOGIND, SourceState.INACTIVE);
      logind.setActive(true);
      await(LOGIND, SourceState.LOCKED);
      logind.setLocked(false);
      awaitLocked(false);
    }
  }

  @Test
  void aRequestIsOverWithTheLockOfAScreenSaver() throws IOException {
    try (FakeLogind logind = unlocked();
        FakeScreenSaver saver = gnome(false)) {
      await(GNOME, SourceState.UNLOCKED);
      logind.ask("Lock");
      await(LOGIND, SourceState.LOCKED);
      saver.set(true);
      await(GNOME, SourceState.LOCKED);
      saver.set(false);
      awaitLocked(false);
    }
  }

  @Test
  void aSessionThatIsNotShownCountsAsLocked() throws IOException {
    try (FakeLogind logind = unlocked()) {
      logind.setActive(false);
      awaitLocked(true);
      assertEquals(SourceState.INACTIVE, state(LOGIND));
      logind.setLocked(true);
      logind.setActive(true);
      await(LOGIND, SourceState.LOCKED);
      assertTrue(locked());
      logind.setLocked(false);
      awaitLocked(false);
    }
  }

  @Test
  void sleepLocksUntilEverySourceWasAskedAnew() throws IOException {
    try (FakeLogind logind = unlocked();
        FakeScreenSaver saver = gnome(false)) {
      await(GNOME, SourceState.UNLOCKED);
      awaitLocked(false);
      logind.sleep(true);
      awaitLocked(true);
      assertEquals(SourceState.ASLEEP, state(LOGIND));
      saver.behave(Manner.HANGS);
      int asked = saver.asked.get();
      logind.sleep(false);
      await(LOGIND, SourceState.UNLOCKED);
      // Long after the shortest lock is over.
      Await.until("second question", () -> saver.asked.get() > asked + 1);
      assertTrue(locked());
      assertEquals(SourceState.NOT_KNOWN, state(GNOME));
      assertEquals(1, told.stream().filter(SeatEvent.Resumed.class::isInstance).count());
      saver.answerLate();
      awaitLocked(false);
    }
  }

  @Test
  void whatHappensWhileAsleepIsKnownAfterwards() throws IOException {
    try (FakeLogind logind = unlocked()) {
      logind.sleep(true);
      awaitLocked(true);
      logind.becomes(true);
      logind.sleep(false);
      await(LOGIND, SourceState.LOCKED);
      assertTrue(locked());
    }
  }

  @Test
  void logindThatEndsWhileLockedStaysLockedUntilItIsBack() throws IOException {
    FakeLogind logind = unlocked();
    logind.setLocked(true);
    awaitLocked(true);
    logind.close();
    await(LOGIND, SourceState.GONE_WHILE_LOCKED);
    assertTrue(locked());
    try (FakeLogind back = logind(Known.BY_ID)) {
      awaitLocked(false);
      back.setLocked(true);
      awaitLocked(true);
    }
  }

  @Test
  void theEndOfTheSystemBusUnlocksNothing() throws Exception {
    FakeLogind logind = unlocked();
    logind.setLocked(true);
    awaitLocked(true);
    system.die();
    await(LOGIND, SourceState.GONE_WHILE_LOCKED);
    assertTrue(locked());
    logind.close();
    system.comeBack();
    try (FakeLogind back = logind(Known.BY_ID)) {
      awaitLocked(false);
      assertEquals(SourceState.UNLOCKED, state(LOGIND));
      back.setLocked(true);
      awaitLocked(true);
    }
  }

  @Test
  void itsUnlockIsTheWordForAScreenSaverThatIsGone() throws IOException {
    try (FakeLogind logind = unlocked()) {
      FakeScreenSaver saver = gnome(true);
      await(GNOME, SourceState.LOCKED);
      logind.ask("Unlock");
      logind.setActive(false);
      await(LOGIND, SourceState.INACTIVE);
      assertEquals(SourceState.LOCKED, state(GNOME), "one that is there speaks for itself");
      logind.setActive(true);
      saver.close();
      await(GNOME, SourceState.GONE_WHILE_LOCKED);
      assertTrue(locked());
      logind.ask("Unlock");
      awaitLocked(false);
      assertEquals(SourceState.NOT_THERE, state(GNOME));
    }
  }

  @Test
  void nobodyElseSpeaksForLogind() throws IOException {
    try (FakeLogind logind = unlocked()) {
      logind.ask("Lock");
      awaitLocked(true);
      impostorSays(
          system, Message.signal(FakeLogind.SESSION, FakeLogind.NAME + ".Session", "Unlock"));
      logind.setActive(false);
      await(LOGIND, SourceState.INACTIVE);
      logind.setActive(true);
      await(LOGIND, SourceState.LOCKED);
    }
  }

  @Test
  void changesThatMakeNoSenseLockUntilTheAnswer() throws IOException {
    try (FakeLogind logind = unlocked()) {
      logind.fallSilent(true);
      logind.properties(
          new Value.Array(
              new Type.Entry(Type.Basic.STRING, Type.Variant.VARIANT),
              List.of(
                  new Value.Entry(
                      new Value.Str("LockedHint"), new Value.Variant(new Value.Str("no"))))));
      awaitLocked(true);
      assertEquals(SourceState.NOT_KNOWN, state(LOGIND));
      logind.fallSilent(false);
      // Asked again once the silence was long enough.
      awaitLocked(false);
    }
  }

  @Test
  void leftOutItIsNotAsked() throws IOException {
    try (FakeLogind logind = logind(Known.BY_ID)) {
      logind.setLocked(true);
      begin(LOGIND);
      awaitLocked(false);
      assertEquals(SourceState.LEFT_OUT, state(LOGIND));
      assertFalse(locked());
    }
  }
}
