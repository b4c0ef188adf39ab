package org.keywarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code keywarden doctor} and {@code keywarden ime} as installed, in a home of their own. */
final class InstalledCommandsIT {
  private static final String GOOD =
      """
      id: com.example.greek
      name: Greek
      version: "1"
      exec: ["${java}", "-version"]
      rights: [receive_keys]
      """;

  @TempDir Path home;
  private Path plugin = Path.of("");
  private Path manifest = Path.of("");

  @BeforeEach
  void write() throws IOException {
    plugin = Files.createDirectories(home.resolve("greek"));
    manifest = Files.writeString(plugin.resolve("manifest.yaml"), GOOD);
  }

  private Outcome run(String... words) throws IOException, InterruptedException {
    return run(List.of(), words);
  }

  private Outcome run(List<String> prefix, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(InstalledProgram.words());
    command.addAll(List.of(words));
    Path errors = Files.createTempFile(home, "errors", "");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().put("XDG_DATA_HOME", home.resolve("data").toString());
    builder.environment().put("XDG_CONFIG_HOME", home.resolve("config").toString());
    builder.environment().put("XDG_RUNTIME_DIR", home.toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), out, Files.readString(errors));
  }

  private Path installed() {
    return home.resolve("data/keywarden/plugins/com.example.greek");
  }

  /** No broker runs; an engine that nobody has listed is said, and kept all the same. */
  @Test
  void inputMethodsAreArrangedWithoutABroker() throws Exception {
    Outcome enabled = run("ime", "enable", "org.keywarden.romaji", "org.example:none");
    assertEquals(0, enabled.exitCode(), enabled.err());
    assertTrue(enabled.out().contains("org.example:none is not known here"), enabled.out());
    Outcome ordered = run("ime", "order", "org.example:none", "--json");
    assertEquals(0, ordered.exitCode(), ordered.err());
    assertEquals(List.of("org.example:none", "org.keywarden.romaji"), values(ordered, "enabled"));
    assertEquals(0, run("ime", "disable", "org.example:none").exitCode());
    Path file = home.resolve("config/keywarden/input-methods.yaml");
    assertTrue(Files.readString(file).endsWith("enabled:\n  - \"org.keywarden.romaji\"\n"));
    assertEquals(69, run("ime", "disable", "org.example:none").exitCode());
  }

  @Test
  void aPluginIsLintedAddedInspectedAndRemoved() throws Exception {
    Outcome lint = run("ime", "lint", plugin.toString());
    assertEquals(0, lint.exitCode(), lint.out() + lint.err());
    assertTrue(lint.out().contains("128, threads included"), lint.out());
    Outcome added = run("ime", "add", plugin.toString(), "--json");
    assertEquals(0, added.exitCode(), added.out() + added.err());
    assertEquals(List.of("com.example.greek"), values(added, "added"));
    assertEquals(GOOD, Files.readString(installed().resolve("manifest.yaml")));
    Outcome shown = run("ime", "inspect", "com.example.greek", "--json");
    assertEquals(0, shown.exitCode());
    assertEquals(List.of("none"), values(shown, "channels"));
    assertEquals(List.of(installed().toString()), values(shown, "reads"));
    assertEquals(0, run("ime", "remove", "com.example.greek").exitCode());
    assertFalse(Files.exists(installed()));
  }

  @Test
  void whatIsThereIsNotAddedAndWhatIsNotThereIsNotRemoved() throws Exception {
    assertEquals(0, run("ime", "add", plugin.toString()).exitCode());
    Outcome again = run("ime", "add", plugin.toString());
    assertEquals(1, again.exitCode());
    assertTrue(again.out().contains("first: keywarden ime remove com.example.greek"), again.out());
    Outcome none = run("ime", "remove", "../greek");
    assertEquals(1, none.exitCode());
    assertTrue(
        none.out().contains("added no input method ../greek (there is none in "), none.out());
    assertTrue(Files.exists(manifest));
    Outcome unknown = run("ime", "inspect", "com.example.none");
    assertEquals(1, unknown.exitCode());
    assertTrue(unknown.out().contains("added no input method com.example.none"), unknown.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"lint", "add"})
  void aRefusalNamesFileLineColumnAndReason(String question) throws Exception {
    Path shared = Files.createDirectory(home.resolve("shared"));
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.writeString(manifest, GOOD + "data: [/tmp, " + shared + "]\nnonsense: 1\n");
    Outcome unknown = run("ime", question, plugin.toString(), "--json");
    assertEquals(1, unknown.exitCode());
    assertTrue(first(unknown).startsWith(manifest + ":7:"), first(unknown));
    Files.writeString(manifest, GOOD + "data: [/tmp, " + shared + "]\n");
    Outcome refused = run("ime", question, plugin.toString(), "--json");
    assertEquals(1, refused.exitCode());
    List<String> reasons = values(refused, "refused");
    assertEquals(2, reasons.size(), reasons::toString);
    assertTrue(
        reasons.getFirst().startsWith(manifest + ":6:8: /tmp is in no place that may be shown"),
        reasons::toString);
    assertTrue(
        reasons
            .getFirst()
            .contains("below " + home.resolve("data/keywarden/data/com.example.greek")),
        reasons::toString);
    assertTrue(reasons.getLast().startsWith(manifest + ":6:14: " + shared), reasons::toString);
    assertFalse(Files.exists(installed()));
  }

  private static String first(Outcome outcome) {
    return values(outcome, "refused").getFirst();
  }

  private static List<String> values(Outcome outcome, String name) {
    JsonObject all = JsonParser.parseString(outcome.out()).getAsJsonObject();
    List<String> values = new ArrayList<>();
    all.getAsJsonArray(name).forEach(each -> values.add(each.getAsString()));
    return values;
  }

  @Test
  void theDoctorSaysOfEachProtectionWhatWasFound() throws Exception {
    Outcome done = run("doctor", "--json");
    assertEquals(0, done.exitCode(), done.out() + done.err());
    List<String> names = new ArrayList<>();
    for (var each : JsonParser.parseString(done.out()).getAsJsonArray()) {
      JsonObject row = each.getAsJsonObject();
      names.add(row.get("name").getAsString());
      boolean present = row.get("level").getAsString().equals("PRESENT");
      assertFalse(row.get("found").getAsString().isEmpty(), row::toString);
      assertEquals(present, row.get("remedy").getAsString().isEmpty(), row::toString);
    }
    assertEquals(
        List.of(
            "programs",
            "user namespaces",
            "system call filter",
            "sandbox",
            "own /proc",
            "not root",
            "control groups",
            "programs among themselves",
            "broker's memory",
            "trusted keyboard's memory",
            "running broker",
            "session: setup",
            "session: variables",
            "session: modules",
            "session: panel"),
        names);
    assertTrue(run("doctor").out().contains("ok"), "without --json");
  }

  @Test
  void theDoctorExitsWith1WithoutBubblewrapAndSaysWhatToInstall() throws Exception {
    Outcome done =
        run(
            List.of("bwrap", "--dev-bind", "/", "/", "--ro-bind", "/dev/null", "/usr/bin/bwrap"),
            "doctor",
            "--json");
    assertEquals(1, done.exitCode(), done.out() + done.err());
    JsonArray rows = JsonParser.parseString(done.out()).getAsJsonArray();
    JsonObject programs = rows.get(0).getAsJsonObject();
    assertEquals("FATAL", programs.get("level").getAsString());
    assertEquals("not installed: /usr/bin/bwrap", programs.get("found").getAsString());
    assertTrue(programs.get("remedy").getAsString().contains("bubblewrap"), programs::toString);
    JsonObject sandbox = rows.get(3).getAsJsonObject();
    assertTrue(sandbox.get("found").getAsString().contains("bwrap"), sandbox::toString);
    assertEquals("first what is said above", sandbox.get("remedy").getAsString());
  }
}
