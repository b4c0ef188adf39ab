package org.keywarden.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keywarden.cli.Outcome;
import org.keywarden.proto.admin.v1.PluginState;

/** Settings, what was learnt, importing and forgetting, with the engines that people use. */
final class KeptByEnginesIT extends EngineScene {
  private static final String LEARNT = ".anthy";
  private static final String WORD = "kisha";

  private void ok(String... words) throws Exception {
    Outcome done = keywarden(words);
    assertEquals(0, done.exitCode(), done.out() + done.err());
  }

  /** Types until it comes out so: a program may take a moment to hear of a setting. */
  private static void awaitComposed(
      DemoBroker broker, ScriptedApplication application, String keys, String wanted)
      throws IOException {
    broker.await(wanted, () -> composed(application, keys).equals(wanted));
  }

  @Test
  void aRunningEngineSeesASettingAndItsLayoutChanges() throws Exception {
    try (DemoBroker broker = patient();
        ScriptedApplication application = broker.application("editor")) {
      enable(broker, "hangul");
      assertEquals("한글 ", composed(application, "gksrmf "));
      long process = plugin(broker, "ibus.hangul").getPid();

      ok("ime", "settings", "hangul", "hangul-keyboard", "3f");
      awaitComposed(broker, application, "mfs kgw ", "한 글 ");
      ok("ime", "settings", "hangul", "hangul-keyboard", "--unset");
      awaitComposed(broker, application, "gksrmf ", "한글 ");
      assertEquals(process, plugin(broker, "ibus.hangul").getPid(), "one process all the time");

      Outcome refused = keywarden("ime", "settings", "hangul", "preedit-mode", "letters");
      assertEquals(1, refused.exitCode());
      assertTrue(refused.err().contains("one of: none, syllable, word"), refused.err());
    }
  }

  private static String written(ScriptedApplication application, String keys) {
    return composed(application, keys + (char) ScriptedApplication.RETURN);
  }

  private void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Path copy = to.resolve(from.relativize(each));
        Files.createDirectories(copy.getParent());
        Files.copy(each, copy);
      }
    }
  }

  @Test
  void aLearntWordComesFirstAfterARestartIsForgottenAndImported() throws Exception {
    String usual;
    String wanted;
    try (DemoBroker broker = patient();
        ScriptedApplication application = broker.application("editor")) {
      enable(broker, "anthy");
      usual = written(application, WORD + " ");
      wanted = written(application, WORD + "  ");
      assertNotEquals(usual, wanted);
      assertEquals(wanted, written(application, WORD + " "));
    }
    try (DemoBroker broker = patient();
        ScriptedApplication application = broker.application("editor")) {
      assertEquals(wanted, written(application, WORD + " "));

      copy(state("ibus.anthy").resolve(LEARNT), home().resolve(LEARNT));
      Path link = Files.createDirectories(home().resolve(".config")).resolve("anthy");
      Files.createSymbolicLink(link, Path.of("/etc"));
      Outcome linked = keywarden("ime", "import-data", "anthy", "--yes");
      assertEquals(1, linked.exitCode());
      assertTrue(linked.err().contains("a link, which is not followed"), linked.err());
      Files.delete(link);

      long first = plugin(broker, "ibus.anthy").getInstance();
      assertEquals(1, keywarden("ime", "reset", "anthy").exitCode());
      assertEquals(first, plugin(broker, "ibus.anthy").getInstance(), "nobody said yes");
      ok("ime", "reset", "anthy", "--yes");
      assertEquals(PluginState.PLUGIN_STATE_STOPPED, plugin(broker, "ibus.anthy").getState());
      assertFalse(Files.exists(state("ibus.anthy").resolve(LEARNT)));
      assertEquals(usual, written(application, WORD + " "));

      Outcome said = keywarden("ime", "import-data", "anthy", "--dry-run");
      assertTrue(said.out().contains(home().resolve(LEARNT) + ": "), said.out() + said.err());
      ok("ime", "import-data", "anthy", "--yes");
      assertEquals(wanted, written(application, WORD + " "));
    }
  }
}
