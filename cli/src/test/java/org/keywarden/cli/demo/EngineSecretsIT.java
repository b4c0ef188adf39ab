package org.keywarden.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What engines never keep, and what is not lost with them; with those that people use. */
final class EngineSecretsIT extends EngineScene {
  @Test
  void killingTheEngineWhileItComposesLosesNothing() throws Exception {
    try (DemoBroker broker = patient();
        ScriptedApplication application = broker.application("editor")) {
      enable(broker, "hangul");
      assertEquals("한글 ", composed(application, "gksrmf "));
      application.focus(PLAIN);
      application.awaitMenu();
      application.type("gks");
      Path engine = ProcessMemory.process(broker.pid(), "ibus-engine-hangul");
      kill(engine);
      application.type("123 ");
      // Where the process ends under a key, that key may come first; nothing is lost.
      assertEquals("한", application.text().replaceAll("[^한]", ""));
      assertEquals("123 ", application.text().replace("한", ""));
      application.blur();
      assertEquals("한글 ", composed(application, "gksrmf "));
      assertNotEquals(engine, ProcessMemory.process(broker.pid(), "ibus-engine-hangul"));
    }
  }

  private static void kill(Path process) {
    long pid = Long.parseLong(process.getFileName().toString());
    assertTrue(ProcessHandle.of(pid).orElseThrow().destroyForcibly());
  }

  /** What is typed, and what of it may be in no file. */
  private void forgets(
      DemoBroker broker, ScriptedApplication application, String engine, String keys, String text)
      throws IOException {
    use(broker, engine);
    application.focus(PRIVATE);
    application.awaitMenu();
    application.type(keys);
    assertEquals(text, application.text(), engine);
    application.blur();
    broker.await("the copy to be removed", () -> isEmpty(work.resolve("run/f")));
    for (String each : List.of(text, keys.replaceAll("[^a-z]", ""))) {
      assertEquals(
          List.of(), holding(each, work.resolve("state/plugins"), work.resolve("run/f")), engine);
    }
  }

  private static boolean isEmpty(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void whatIsTypedWhereNothingMayBeLearntIsInNoFileOfAnyEngine() throws Exception {
    String enter = Character.toString(ScriptedApplication.RETURN);
    try (DemoBroker broker = patient();
        ScriptedApplication application = broker.application("editor")) {
      enable(broker, "anthy", "libpinyin", "mozc-jp");
      forgets(broker, application, "anthy", "kimitsu " + enter, "機密");
      forgets(broker, application, "libpinyin", "jimi ", "机密");
      forgets(broker, application, "mozc-jp", "kimitsu " + enter, "気密");
      // And the search can find something: where it may, it is learnt.
      use(broker, "anthy");
      assertEquals("機密", composed(application, "kimitsu " + enter));
      assertFalse(holding("機密", state("ibus.anthy")).isEmpty());
    }
  }
}
