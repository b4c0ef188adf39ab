package org.keywarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.JsonFormat;
import io.grpc.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.proto.admin.v1.GetStatusResponse;
import org.keywarden.proto.error.Refusals;
import org.keywarden.proto.error.v1.Reason;

/** The commands that ask the broker, against one on a real socket. */
final class AdminCommandsTest {
  @TempDir Path directory;
  private FakeBroker broker;

  @BeforeEach
  void start() throws IOException {
    broker = new FakeBroker(directory);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  private Outcome run(String... words) {
    String[] all = Arrays.copyOf(words, words.length + 1);
    all[words.length] = "--runtime-dir=" + directory;
    return Outcome.of(all);
  }

  @Test
  void statusIsATable() {
    assertEquals(
        new Outcome(
            0,
            """
            route             unfocused
            application       Editor
            decided by        default
            plugin            org.example.ime
            grant             7
            trusted keyboard  not ready
            policy            abcd
            grant log         written
            isolation         bubblewrap
            memory            closed to other programs
            accessibility     listening
            screen lock       logind unlocked, org.gnome.ScreenSaver gone while locked
            session           not this session's input method
            indicator         in the tray
            pid               4711
            """,
            ""),
        run("status"));
  }

  @Test
  void statusAsJsonHasEveryField() throws Exception {
    Outcome done = run("status", "--json");
    GetStatusResponse.Builder read = GetStatusResponse.newBuilder();
    JsonFormat.parser().merge(done.out(), read);
    assertEquals("Editor", read.getApplication());
    assertEquals(FakeBroker.DIGEST, read.getPolicyDigest());
    assertTrue(done.out().contains("\"trustedKeyboardReady\": false"), done.out());
  }

  @Test
  void inputMethodsAlignWhateverTheirScript() {
    assertEquals(
        """
           ID               LANGUAGE  NAME    LAYOUT  STATE        PROBLEM
           hangul           ko        한글    kr      enabled
        *  org.example.ime  ja        日本語          ready
           gone                                       not enabled  its program is not there
                                                      refused      bad.xml: no XML
                                                      refused      manifest.yaml:1: no id
        and 9 more: keywarden ime list --all
        """,
        run("ime", "list").out());
  }

  @Test
  void grantsSayWhatEndedThem() {
    assertEquals(
        """
        GRANT                 PLUGIN  APPLICATION  RIGHTS  RENEWALS  ENDED BY
        18446744073709551615  a       x            0       0         focus lost
        2                     b       y            0       0         live
        """,
        run("grants").out());
  }

  @Test
  void headersAreBoldOnlyWithColour() {
    String option = "--runtime-dir=" + directory;
    assertTrue(Outcome.of(true, "grants", option).out().startsWith("\u001b[1mGRANT"));
    assertFalse(Outcome.of(false, "grants", option).out().contains("\u001b"));
  }

  @Test
  void allInputMethodsAreListedIfAskedForAndTheirIdsAloneForTheShell() {
    assertTrue(run("ime", "list", "--all").out().contains("many:8"));
    assertEquals(12, run("ime", "list", "--all", "--ids").out().lines().count());
    assertEquals("hangul\norg.example.ime\ngone\n", run("ime", "list", "--ids").out());
  }

  @Test
  void useSelects() {
    assertEquals(
        new Outcome(0, "composing with org.example.ime" + System.lineSeparator(), ""),
        run("ime", "use", "org.example.ime"));
    assertEquals("org.example.ime ", broker.selected());
    assertEquals(0, run("ime", "use", "hangul").exitCode());
    assertEquals("ibus.hangul hangul", broker.selected());
  }

  @Test
  void whatCannotBeUsedIsSaidAndWhatToDo() {
    assertTrue(run("ime", "use", "many:1").err().contains("first: keywarden ime enable many:1"));
    assertTrue(run("ime", "use", "gone").err().contains("its program is not there"));
    assertTrue(run("ime", "use", "nothing").err().contains("keywarden ime list --all"));
    assertEquals("", broker.selected());
  }

  @Test
  void inputMethodsAreEnabledDisabledAndOrdered() {
    assertEquals(
        new Outcome(0, "enabled, in the order of switching: many:1 hangul\n", ""),
        run("ime", "enable", "many:1", "hangul"));
    assertEquals(
        new Outcome(0, "no input method is enabled\n", ""), run("ime", "disable", "hangul"));
    assertEquals("[hangul]", broker.arranged().getDisableList().toString());
    assertEquals(0, run("ime", "order", "hangul", "many:1").exitCode());
    assertEquals("[hangul, many:1]", broker.arranged().getFirstList().toString());
    assertEquals(64, run("ime", "enable").exitCode());
  }

  @Test
  void theShellAsksForIdsAndNamesOfSettingsWhenItNeedsThem() throws Exception {
    assertEquals("t:wo\n", completed("enable t:w", "3", "echo one; echo t:wo; echo t:hree"));
    assertEquals(
        "preedit-mode\n",
        completed(
            "settings hangul preedit-m",
            "4",
            "[ \"$3\" = hangul ] && echo preedit-mode; echo preedit"));
  }

  private String completed(String words, String last, String answer) throws Exception {
    String script = Outcome.of("completion", "bash").out();
    Path program = Files.writeString(directory.resolve("keywarden"), "#!/bin/sh\n" + answer + "\n");
    assertTrue(program.toFile().setExecutable(true));
    Process shell =
        new ProcessBuilder("/bin/bash", "-c", script + COMPLETE.formatted(words, last))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    shell.getOutputStream().close();
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, shell.waitFor(), said);
    return said;
  }

  /** Has the script complete the last of these words. */
  private static final String COMPLETE =
      """

      PATH=.:$PATH
      COMP_WORDS=(keywarden ime %s)
      COMP_CWORD=%s
      # Bash says that this is no completion.
      _complete_keywarden 2>/dev/null
      printf '%%s\n' "${COMPREPLY[@]}"
      """;

  @Test
  void reloadPrintsTheDigest() {
    assertEquals("policy in force: abcd\n", run("policy", "reload").out());
  }

  @Test
  void whatAnApplicationCallsItselfCannotActOnTheTerminal() throws Exception {
    String name = "a\u001b[2J\nroute  plugin\u009b1m\u202eb\u007f";
    broker.focus(name);
    Outcome table = run("status");
    assertTrue(
        table
            .out()
            .contains("application       a\\x1b[2J\\x0aroute  plugin\\x9b1m\\u{202e}b\\x7f\n"),
        table.out());
    Outcome json = run("status", "--json");
    assertTrue(json.out().chars().allMatch(c -> c == '\n' || c >= ' ' && c < 0x7f), json.out());
    GetStatusResponse.Builder read = GetStatusResponse.newBuilder();
    JsonFormat.parser().merge(json.out(), read);
    assertEquals(name, read.getApplication());
  }

  @Test
  void aRefusalIsPrintedHarmlessly() {
    broker.refuse(
        Refusals.of(
            Reason.REASON_POLICY_INVALID, "p.yaml:1:2: bad \u001b]0;x\u0007\nkeywarden: fine"));
    assertEquals(
        new Outcome(1, "", "keywarden: p.yaml:1:2: bad \\x1b]0;x\\x07\n  keywarden: fine\n"),
        run("policy", "reload"));
  }

  @Test
  void aStoppingBrokerIsNotAMissingOne() {
    broker.refuse(Refusals.of(Reason.REASON_SHUTTING_DOWN, "stopping"));
    assertEquals(
        new Outcome(
            69, "", "keywarden: the broker is stopping; start it again with: keywarden run\n"),
        run("status"));
  }

  @Test
  void anotherVersionIsNamed() {
    broker.refuse(Status.UNIMPLEMENTED.asRuntimeException());
    Outcome done = run("status");
    assertEquals(1, done.exitCode());
    assertTrue(done.err().contains("another version"), done.err());
  }

  @Test
  void aRefusalWithoutWordsNamesItsCode() {
    broker.refuse(Status.PERMISSION_DENIED.asRuntimeException());
    assertEquals("keywarden: the broker refused: PERMISSION_DENIED\n", run("grants").err());
  }

  @Test
  void applicationsAreATable() {
    assertEquals(
        new Outcome(
            0,
            """
            NAME           PROGRAM                ANNOUNCES  ALLOWED
            gtk3-im:gedit  /usr/bin/gedit         yes        no
            xim            /usr/libexec/ibus-x11  no         no
            (not seen)     /usr/bin/game          no         yes
            """,
            ""),
        run("app", "list"));
  }

  @Test
  void applicationsHaveTheirReasons() {
    Outcome done = run("app");
    assertEquals(0, done.exitCode());
    assertTrue(
        done.out()
            .endsWith(
                """
                /usr/bin/gedit (calls itself gtk3-im:gedit)
                  says which of its fields are secret
                  last composed in (ordinary text)
                  to keep input methods out of it: keywarden app never /usr/bin/gedit
                /usr/libexec/ibus-x11 (calls itself xim)
                  does not say which of its fields are secret
                  none of its fields had the focus yet
                  to let your input method compose in it, and see passwords typed there: keywarden app allow /usr/libexec/ibus-x11
                /usr/bin/game
                  not seen since the broker started
                  you allowed it; take that back with: keywarden app forget /usr/bin/game
                """),
        done.out());
  }

  @Test
  void anApplicationIsAllowedAndForgottenByItsPath() {
    assertEquals(
        new Outcome(0, "allowed /usr/bin/game\n", ""), run("app", "allow", "/usr/bin/game"));
    assertEquals("/usr/bin/game true", broker.allowed());
    assertEquals(
        new Outcome(0, "neither allowed nor kept out of any more: /usr/bin/game\n", ""),
        run("app", "forget", "/usr/bin/game"));
    assertEquals("/usr/bin/game false", broker.allowed());
  }

  @Test
  void inputMethodsAreKeptOutOfAnApplicationUntilThatIsForgotten() {
    assertEquals(
        new Outcome(0, "input methods are kept out of /usr/bin/game\n", ""),
        run("app", "never", "/usr/bin/game"));
    assertEquals("/usr/bin/game true", broker.keptOut());
    assertEquals(0, run("app", "forget", "/usr/bin/game").exitCode());
    assertEquals("/usr/bin/game false", broker.keptOut());
  }

  @Test
  void whatTheBridgeStandsForIsSaid() {
    Outcome outcome = run("app", "allow", "/usr/libexec/ibus-x11");
    assertEquals(0, outcome.exitCode());
    assertTrue(outcome.out().contains("Passwords typed into them are composed"), outcome.out());
    assertTrue(outcome.out().contains("app forget /usr/libexec/ibus-x11"), outcome.out());
  }

  @Test
  void whatCannotBeAllowedIsSaid() {
    Outcome name = run("app", "allow", "game");
    assertEquals(64, name.exitCode());
    assertTrue(name.err().contains("'keywarden app list' shows paths"), name.err());
    assertEquals("", broker.allowed());
    Outcome full = run("app", "allow", "/full");
    assertEquals(69, full.exitCode());
    assertTrue(full.err().contains("no space"), full.err());
  }
}
