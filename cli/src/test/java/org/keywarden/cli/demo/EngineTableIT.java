package org.keywarden.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keywarden.proto.admin.v1.PluginState;

/**
 * A known word through engines, each in the broker's sandbox. With {@code -Dkeywarden.engines=all}
 * through every one that is installed; else through those that a test's machine has. Each line of
 * {@code engines.txt} has a component, an engine, keys and the text that comes of them; what is not
 * on the machine is left out with {@code all} only.
 */
final class EngineTableIT extends EngineScene {
  private static final Set<String> USUAL =
      Set.of("hangul", "libpinyin", "libbopomofo", "anthy", "mozc-jp");

  /** For how long a word is typed again, in s: an engine's process may not be ready before. */
  private static final int PATIENCE = Integer.getInteger("keywarden.engines.patience", 60);

  private record Case(String component, String engine, String keys, String text) {
    static Case of(String line) {
      String[] fields = line.split("\t", -1);
      return new Case(fields[0], fields[1], fields[2], fields[3]);
    }
  }

  private static List<Case> cases() throws IOException {
    try (InputStream in = EngineTableIT.class.getResourceAsStream("/engines.txt")) {
      String chosen = System.getProperty("keywarden.engines", "");
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(Case::of)
          .filter(
              each ->
                  chosen.equals("all")
                      || (chosen.isEmpty() ? USUAL : Set.of(chosen.split(",")))
                          .contains(each.engine()))
          .toList();
    }
  }

  @Test
  void eachComposesItsWord() throws Exception {
    List<String> wrong = new ArrayList<>();
    try (DemoBroker broker = patient();
        ScriptedApplication application = broker.application("editor")) {
      for (Case each : cases()) {
        String problem = problem(broker, application, each);
        System.out.println(each.engine() + ": " + (problem.isEmpty() ? "ok" : problem));
        if (!problem.isEmpty()) {
          wrong.add(each.engine() + ": " + problem);
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  private String problem(DemoBroker broker, ScriptedApplication application, Case each)
      throws IOException {
    if (list(broker).getInputMethodsList().stream()
        .noneMatch(one -> one.getId().equals(each.engine()))) {
      return "is not there";
    }
    List<String> ignored = enable(broker, each.engine());
    use(broker, each.engine());
    String text = "";
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
    while (!text.equals(each.text()) && System.nanoTime() < end) {
      application.focus(PLAIN);
      String plugin = "ibus." + each.component();
      broker.await(
          each.engine() + " to be up or given up",
          () ->
              plugin(broker, plugin).getState() == PluginState.PLUGIN_STATE_READY
                  || plugin(broker, plugin).getState() == PluginState.PLUGIN_STATE_QUARANTINED);
      application.type(each.keys().replace('⏎', (char) ScriptedApplication.RETURN));
      text = application.text();
      application.blur();
    }
    disable(broker, each.engine());
    return text.equals(each.text()) ? "" : "'" + text + "' " + said(each.component());
  }

  /** What the engine and its host printed. */
  private String said(String component) throws IOException {
    try (Stream<Path> logs = Files.list(work.resolve("state/logs"))) {
      StringBuilder all = new StringBuilder();
      List<Path> files = logs.filter(one -> one.toString().contains(component)).toList();
      for (Path log : files) {
        String text = Files.readString(log);
        all.append('\n').append(text, Math.max(0, text.length() - 300), text.length());
      }
      return all.toString();
    }
  }
}
