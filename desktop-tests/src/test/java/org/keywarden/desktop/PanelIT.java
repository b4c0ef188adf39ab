package org.keywarden.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keywarden.testbed.Await;

/** The candidate window of IBus's own panel, which the broker starts, beside GTK 3's entries. */
final class PanelIT {
  private Session session;
  private PanelWindow panel;

  @BeforeEach
  void start() throws IOException {
    session = Session.start("9-panel");
    panel = PanelWindow.of(session);
    session.launch(started -> started.python("gtk3.py"), "keywarden-gtk3");
  }

  @AfterEach
  void end() throws IOException {
    session.close();
  }

  private void convert() {
    session.focusToCompose("text0");
    List<String> keys = new ArrayList<>(Keys.of("kana"));
    keys.add("space");
    session.keyboard.press(keys);
    panel.awaitShown();
  }

  @Test
  void aClickOnACandidateCommitsIt() throws IOException {
    convert();
    assertTrue(panel.colours() > 2, "the window shows something");
    session.desktop.screenshot("candidates");
    panel.clickRow(1);
    session.awaitText("text0", "カナ");
    panel.awaitHidden();
  }

  @Test
  void aPasswordFieldTakesTheWindowAway() throws IOException {
    convert();
    session.focus("purpose-password");
    session.broker.awaitGuarded();
    panel.awaitHidden();
    session.keyboard.press(Keys.of("kana"));
    session.awaitText("purpose-password", "kana");
    assertEquals(List.of(), panel.windows());
    session.desktop.screenshot("password");
  }

  @Test
  void aPanelThatDiesComesBack() throws IOException {
    panel.kill();
    panel = PanelWindow.of(session);
    convert();
    panel.clickRow(2);
    session.awaitText("text0", "kana");
  }

  @Test
  void aKeySwitchesToTheKeyboardOnlyAndBack() {
    session.focusToCompose("text0");
    session.keyboard.press(List.of("ctrl+alt+j"));
    awaitSelected("");
    session.keyboard.press(Keys.of("ka"));
    session.awaitText("text0", "ka");
    session.keyboard.press(List.of("ctrl+alt+j"));
    awaitSelected(SampleIme.ID);
    session.focusToCompose("text0");
    session.compose("text0", "ka", "か");
  }

  private void awaitSelected(String id) {
    Await.until(
        "choice of '" + id + "'",
        () -> session.broker.status().getSelectedPlugin().equals(id),
        session.broker::status);
  }
}
