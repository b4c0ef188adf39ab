package org.keywarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code keywarden ime new} makes passes its own test and lints clean, as its README says. */
final class ImeNewIT {
  @TempDir Path work;

  private Path made(String language) throws Exception {
    Path plugin = work.resolve(language);
    List<String> command = new ArrayList<>(InstalledProgram.words());
    command.addAll(List.of("ime", "new", "--language", language, plugin.toString()));
    run(work, command);
    return plugin;
  }

  /** Runs the lines of the README that need no broker. */
  private void follow(Path plugin) throws Exception {
    String readme = Files.readString(plugin.resolve("README.md"));
    assertTrue(readme.lines().count() <= 12, readme);
    String words = "'" + String.join("' '", InstalledProgram.words()) + "'";
    String script =
        readme
            .substring(readme.indexOf("```sh") + 5, readme.lastIndexOf("```"))
            .replaceAll("(?m)^npm install.*$", "")
            .replaceAll("(?m)&& keywarden ime use .*$|^keywarden ime use .*$", "");
    run(work, List.of("bash", "-ec", "keywarden() { " + words + " \"$@\"; }\n" + script));
  }

  private void run(Path directory, List<String> command) throws IOException, InterruptedException {
    Path output = work.resolve("output");
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    String jdk = Path.of(System.getProperty("java.home"), "bin").toString();
    builder.environment().merge("PATH", jdk, (path, first) -> first + ":" + path);
    builder.environment().put("XDG_DATA_HOME", work.resolve("data").toString());
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    assertEquals(0, builder.start().waitFor(), () -> command.getLast() + text(output));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void java() throws Exception {
    follow(made("java"));
  }

  @Test
  void python() throws Exception {
    follow(made("python"));
  }

  /** With the packages that {@code keywarden test} has put there instead of npm's. */
  @Test
  void node() throws Exception {
    Path plugin = made("node");
    Path modules = Files.createDirectory(plugin.resolve("node_modules"));
    String sdk = "../sdk/target/node/node_modules/.";
    run(Path.of(".").toAbsolutePath(), List.of("cp", "-r", sdk, modules.toString()));
    run(
        Path.of(".").toAbsolutePath(),
        List.of(
            "cp",
            "-r",
            InstalledProgram.DIST.resolve("runtimes/node/keywarden-ime").toString(),
            modules.toString()));
    follow(plugin);
  }

  @Test
  void whatIsThereIsLeftAlone() throws Exception {
    Path plugin = made("python");
    Files.writeString(plugin.resolve("ime.py"), "mine");
    System.setProperty("keywarden.home", InstalledProgram.DIST.toString());
    Outcome again = Outcome.of("ime", "new", "--language", "python", plugin.toString());
    assertEquals(69, again.exitCode(), again.err());
    assertEquals("mine", Files.readString(plugin.resolve("ime.py")));
    Outcome odd = Outcome.of("ime", "new", "--language", "python", work + "/a b");
    assertEquals(64, odd.exitCode(), odd.err());
    assertEquals(64, Outcome.of("ime", "new", "--language", "perl", work + "/perl").exitCode());
  }
}
