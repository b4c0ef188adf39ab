package org.keywarden.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keywarden.proto.admin.v1.LockSourceState;
import org.keywarden.testbed.Await;

/**
 * xss-lock, which locks the screen when logind asks for it, and says at logind that it did. logind
 * is the test's own, on a system bus of the session's own.
 */
final class ScreenLockIT {
  private static final String PASSWORD = ClientContract.PASSWORD;
  private static final String APPLICATION = "keywarden-gtk3";
  private static final String LOCK_SCREEN = "keywarden-lockscreen";

  private @Nullable Session started;
  private BufferedWriter orders = new BufferedWriter(Writer.nullWriter());
  private BufferedReader said = new BufferedReader(Reader.nullReader());

  /**
   * Starts all that is needed, and composes once.
   *
   * @param locker what is run while the screen is locked
   */
  private Session start(String order, List<String> locker) throws IOException {
    Session session = Session.start(order, this::startDisplay);
    started = session;
    awaitLogind(session, LockSourceState.LOCK_SOURCE_STATE_UNLOCKED);
    session.launch(in -> in.python("gtk3.py"), APPLICATION);
    session.focusToCompose("text0");
    session.compose("text0", "ka", "か");
    session.seenSince("text0");
    List<String> command = new ArrayList<>(List.of("xss-lock", "--session=1", "--"));
    command.addAll(locker);
    session.desktop.run("xss-lock", command);
    order("Lock", "locked");
    awaitLogind(session, LockSourceState.LOCK_SOURCE_STATE_LOCKED);
    return session;
  }

  private Keyboard startDisplay(Desktop desktop) throws IOException {
    Keyboard keyboard = XKeyboard.start(desktop);
    desktop.set("DBUS_SYSTEM_BUS_ADDRESS", desktop.bus());
    desktop.set("XDG_SESSION_ID", "1");
    Process logind = desktop.run("logind", "/usr/bin/python3", "" + Session.script("logind.py"));
    orders = logind.outputWriter();
    said = logind.inputReader();
    assertEquals("ready", said.readLine());
    return keyboard;
  }

  private void order(String line, String until) throws IOException {
    orders.write(line + "\n");
    orders.flush();
    assertEquals(until, said.readLine());
  }

  private void unlock(Session session) throws IOException {
    order("Unlock", "unlocked");
    awaitLogind(session, LockSourceState.LOCK_SOURCE_STATE_UNLOCKED);
    session.keyboard.focusWindow(APPLICATION);
  }

  private static void awaitLogind(Session session, LockSourceState state) {
    Await.until(
        "logind " + state,
        () ->
            session.broker.status().getLockSourcesList().stream()
                .anyMatch(each -> each.getName().equals("logind") && each.getState() == state),
        session.broker::status);
  }

  @AfterEach
  void end() throws IOException {
    if (started != null) {
      started.close();
    }
  }

  @Test
  void nothingTypedIntoALockScreenThatSaysNothingOfItsFieldIsSeen() throws IOException {
    String order = "8-lock-screen";
    Path typed = Files.createTempFile("kwd", "typed");
    try {
      Session session =
          start(
              order,
              List.of("/usr/bin/python3", Session.script("lockscreen.py").toString(), "" + typed));
      session.keyboard.focusWindow(LOCK_SCREEN);
      session.broker.awaitGuarded();
      assertEquals("the session is locked", session.broker.status().getDecidedBy());
      session.keyboard.press(Keys.of(PASSWORD));
      Await.until("password", () -> read(typed).equals(PASSWORD), () -> read(typed));
      session.desktop.screenshot("locked");
      unlock(session);
      finish(session, order, "a lock screen of xss-lock's that does not call its field a password");
    } finally {
      Files.delete(typed);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void nothingTypedIntoI3lockIsSeen() throws IOException {
    String order = "8-lock-i3lock";
    Session session = start(order, List.of("i3lock", "--nofork"));
    session.keyboard.press(Keys.of(PASSWORD));
    session.desktop.screenshot("locked");
    unlock(session);
    finish(session, order, "i3lock, run by xss-lock");
  }

  /** After the unlock the input method composes where the focus is, and has seen no key. */
  private static void finish(Session session, String order, String how) throws IOException {
    assertEquals("", Keys.named(session.seenSince("text0")));
    session.compose("text0", "na", "な");
    Table table =
        new Table(Session.output(), "GTK " + session.desktop.version("libgtk-3-0") + ", locked");
    table.add(how, "`" + PASSWORD + "`, the screen unlocked, `na` Return", "n a Return", "な");
    table.write(order);
  }
}
