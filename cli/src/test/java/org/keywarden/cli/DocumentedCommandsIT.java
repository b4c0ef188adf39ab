package org.keywarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.cli.console.Exit;

/**
 * The commands that pages show, run as installed beside a running broker, in a home of their own.
 */
final class DocumentedCommandsIT {
  /** What is not run here, and why. */
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("test", "runs this test"),
          Map.entry("demo", "DemoIT runs it"),
          Map.entry(
              "conformance",
              "ConformanceIT and ProbeIT run what it runs; minutes. --list is run here"),
          Map.entry("bench", "minutes; DocumentedBenchTest has its options"),
          Map.entry("fleet demo", "with libraries of its own: FleetDemoIT"),
          Map.entry("fleet agent", "goes on until it is ended: FleetDemoIT has one"),
          Map.entry("fleet alerts", "goes on until it is ended: OcsfFindingTest"),
          Map.entry("fleet verify", "goes on until it is ended: FleetDemoIT has one"),
          Map.entry("fuzz", "ten minutes each; DocumentsTest has its targets"),
          Map.entry("package", "minutes; keywarden test --packages runs it"),
          Map.entry("mutation", "an hour; DocumentsTest has its targets"),
          Map.entry("status --follow", "goes on until it is ended: StatusLineTest"),
          Map.entry("ime check", "half a minute each; ImeCheckIT runs it"),
          Map.entry("ime watch", "goes on until it is ended: ImeWatchIT"),
          Map.entry("ime settings", "needs the package's schemas: KeptByEnginesIT"),
          Map.entry("witness run", "serves until it is ended: WitnessServerTest"),
          Map.entry("audit witness", "needs a witness: WitnessCommandsTest"));

  /** What a page leaves to the reader. */
  private static final Map<String, String> STANDS_FOR =
      Map.of("DIR", "greek", "ID", "org.keywarden.romaji", "FILE", "policy.yaml");

  @TempDir Path home;
  private final List<Process> running = new ArrayList<>();

  @BeforeEach
  void write() throws IOException {
    String policy = Files.readString(Documents.ROOT.resolve("docs/policy.md"));
    Files.writeString(home.resolve("policy.yaml"), Documents.blocks(policy, "yaml").getFirst());
    Path policies = Files.createDirectories(home.resolve("docs/policies"));
    for (String each : List.of("terminals-direct.yaml")) {
      Files.copy(Documents.ROOT.resolve("docs/policies").resolve(each), policies.resolve(each));
    }
    String guide = Files.readString(Documents.ROOT.resolve("docs/write-an-ime.md"));
    Path greek = Files.createDirectory(home.resolve("greek"));
    Files.writeString(greek.resolve("manifest.yaml"), Documents.blocks(guide, "yaml").getFirst());
    Path components = Files.createDirectory(home.resolve("components"));
    component(components, "hangul", "hangul");
    component(components, "m17n", "m17n:hi:itrans");
    component(components, "anthy", "anthy");
    Files.writeString(Files.createDirectory(home.resolve(".anthy")).resolve("words"), "words");
    Files.createDirectory(
        home.resolve("run"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /** A component whose engine is never started here. */
  private static void component(Path components, String name, String engine) throws IOException {
    Files.writeString(
        components.resolve(name + ".xml"),
        "<component><name>org.example."
            + name
            + "</name><exec>/usr/bin/true</exec><engines><engine><name>"
            + engine
            + "</name></engine></engines></component>");
  }

  @AfterEach
  void end() throws InterruptedException {
    for (Process each : running) {
      List<ProcessHandle> all = each.descendants().toList();
      each.children().forEach(ProcessHandle::destroy);
      each.destroy();
      each.waitFor();
      all.forEach(process -> process.onExit().join());
    }
  }

  private ProcessBuilder command(List<String> words) {
    ProcessBuilder builder = new ProcessBuilder(words);
    Map<String, String> environment = builder.environment();
    String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
    environment.clear();
    environment.put("PATH", Path.of(System.getProperty("java.home"), "bin") + ":" + path);
    environment.put("HOME", home.toString());
    environment.put("XDG_RUNTIME_DIR", home.resolve("run").toString());
    environment.put("IBUS_COMPONENT_PATH", home.resolve("components").toString());
    return builder.directory(home.toFile());
  }

  private ProcessBuilder keywarden(List<String> words) {
    List<String> all = new ArrayList<>(InstalledProgram.words());
    all.addAll(words);
    return command(all);
  }

  private Outcome run(List<String> words) throws IOException, InterruptedException {
    Path errors = Files.createTempFile(home, "errors", "");
    Process process = keywarden(words).redirectError(errors.toFile()).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), out, Files.readString(errors));
  }

  private static List<String> filledIn(Documents.Line line) {
    return line.words().stream().map(word -> STANDS_FOR.getOrDefault(word, word)).toList();
  }

  private static boolean isElsewhere(Documents.Line line) {
    return !line.begins("conformance --list") && ELSEWHERE.keySet().stream().anyMatch(line::begins);
  }

  @Test
  void theyDoWhatTheyAreSaidTo() throws Exception {
    // No display and no session bus: it says so, and serves the commands all the same.
    start(keywarden(List.of("run")), "keywarden: ready");
    List<String> failed = new ArrayList<>();
    int run = 0;
    for (Documents.Line line : Documents.commands()) {
      if (!isElsewhere(line) && !line.begins("run")) {
        Outcome done = run(filledIn(line));
        // Of this machine the doctor may have to say that something is missing.
        if (done.exitCode() != 0 && !(line.begins("doctor") && done.exitCode() == Exit.FAILED)) {
          failed.add(line + ": " + done);
        }
        run++;
      }
    }
    assertEquals(List.of(), failed);
    assertTrue(run >= 15, "few were run: " + run);
  }

  @Test
  void whatIsElsewhereIsOnSomePage() throws Exception {
    for (String command : ELSEWHERE.keySet()) {
      assertTrue(
          Documents.commands().stream().anyMatch(line -> line.begins(command)),
          () -> "on no page: " + command);
    }
  }

  @Test
  void theGuideForAuthorsEndsWithAnInputMethodThatIsReady() throws Exception {
    String guide = Files.readString(Documents.ROOT.resolve("docs/write-an-ime.md"));
    for (String source : Documents.blocks(guide, "java")) {
      String name = source.replaceFirst("(?s).*public final class (\\w+).*", "$1");
      Files.writeString(home.resolve(name + ".java"), source);
    }
    String manifest = Documents.blocks(guide, "yaml").getFirst();
    Files.writeString(home.resolve("manifest.yaml"), manifest);
    Files.createDirectory(home.resolve("target"));
    Files.createSymbolicLink(home.resolve("target/keywarden"), InstalledProgram.DIST);
    // The launcher script would see whether to build; the build is under way.
    Path launcher = home.resolve("keywarden");
    String quoted = String.join("' '", InstalledProgram.words());
    Files.writeString(launcher, "#!/bin/sh\nexec '" + quoted + "' \"$@\"\n");
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    start(
        command(List.of("/bin/bash", "-ec", Documents.blocks(guide, "sh").getFirst())),
        "keywarden: ready");
    String listed = "";
    for (int i = 0; i < 120 && !listed.matches("(?s).*com.example.greek.*ready.*"); i++) {
      listed = run(List.of("ime", "list")).out();
    }
    assertTrue(listed.matches("(?s).*com.example.greek.*ready.*"), listed);
  }

  /** Starts what runs until it is ended, and waits for a line of it. */
  private void start(ProcessBuilder builder, String awaited) throws IOException {
    Path errors = Files.createTempFile(home, "errors", "");
    Process process = builder.redirectError(errors.toFile()).start();
    running.add(process);
    BufferedReader output = process.inputReader();
    String line;
    do {
      line = output.readLine();
      assertTrue(line != null, () -> said(errors));
    } while (line != null && !line.startsWith(awaited));
  }

  private static String said(Path errors) {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
