package org.keywarden.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keywarden.proto.admin.v1.Rival;
import org.keywarden.proto.admin.v1.Standing;
import org.keywarden.testbed.Await;

/**
 * The real ibus-daemon and the real fcitx5, started beside Keywarden: it says that typing leaves
 * the sandbox, and an application that was open all the time composes again when they have ended.
 */
final class RivalIT {
  private Session session;

  @BeforeEach
  void start() throws IOException {
    session = Session.start("rival");
    session.launch(in -> in.python("gtk3.py"), "keywarden-gtk3");
    session.focusToCompose("text0");
    session.compose("text0", "ka", "か");
  }

  @AfterEach
  void end() throws IOException {
    session.close();
  }

  private Standing standing() {
    return session.broker.status().getStanding();
  }

  private Rival awaitRival(String program) {
    Await.until(
        "word of " + program,
        () -> !standing().getFilesOurs() && standing().getRivalsCount() == 1,
        this::standing);
    Rival rival = standing().getRivals(0);
    assertEquals(program, rival.getProgram());
    assertEquals(true, rival.getTakesOurs());
    return rival;
  }

  private void awaitOursAgain() {
    Await.until(
        "the session",
        () ->
            standing().getFilesOurs()
                && standing().getIbusName()
                && standing().getPortalName()
                && standing().getRivalsCount() == 0,
        this::standing);
    session.focusToCompose("text0");
    session.compose("text0", "na", "な");
  }

  @Test
  void anIbusDaemonIsNoticedAndTheSessionTakenBackWhenItEnds() throws Exception {
    Process rival =
        session.desktop.run(
            "ibus-daemon",
            "/usr/bin/ibus-daemon",
            "--replace",
            "--panel=disable",
            "--config=disable");
    assertEquals(rival.pid(), awaitRival("ibus-daemon").getPid());
    rival.destroy();
    rival.waitFor();
    awaitOursAgain();
  }

  @Test
  void fcitx5WhichKillsTheBrokerIsNoticedAndTheSessionTakenBackWhenItEnds() throws Exception {
    Process rival =
        session.desktop.run(
            "fcitx5", "/usr/bin/fcitx5", "--disable=wayland,waylandim,notificationitem,classicui");
    session.broker.awaitKilled();
    session.broker.startAgain();
    assertEquals(rival.pid(), awaitRival("fcitx5").getPid());
    rival.destroy();
    rival.waitFor();
    awaitOursAgain();
  }

  @Test
  void anAddressFileThatWasRemovedIsWrittenAgain() throws IOException {
    Path file = Path.of(standing().getAddressFiles(0));
    List<String> lines = Files.readAllLines(file);
    Files.delete(file);
    Await.until("address file", () -> Files.exists(file));
    assertEquals(lines, Files.readAllLines(file));
  }
}
