package org.keywarden.hardening;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** JVMs that are started with the files of options, and seal themselves. */
final class SealedJvmTest {
  @TempDir private Path home;

  @BeforeEach
  void install() throws IOException {
    Path options = Files.createDirectories(home.resolve("conf/jvm"));
    try (Stream<Path> files = Files.list(Path.of("src/main/jvm"))) {
      for (Path file : files.toList()) {
        Files.copy(file, options.resolve(file.getFileName()));
      }
    }
  }

  private List<Measure> missing(JvmOptions.Program program, Map<String, String> environment)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            new JvmOptions(home)
                .command(Path.of(System.getProperty("java.home"), "bin", "java"), program));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), SealCheck.class.getName()));
    return run(command, environment);
  }

  private static List<Measure> run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals("", said, "nothing is said of the environment");
    return SealCheck.missing(process.waitFor());
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsMissingWithTheInstalledOptions(JvmOptions.Program program) throws Exception {
    assertEquals(List.of(), missing(program, Map.of()));
  }

  /** What somebody forgot in the environment does not reach it, nor is it mentioned. */
  @Test
  void optionsOfTheEnvironmentAreNotTaken() throws Exception {
    assertEquals(
        List.of(),
        missing(
            JvmOptions.Program.BROKER,
            Map.of(
                "JAVA_TOOL_OPTIONS",
                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0",
                "_JAVA_OPTIONS",
                "-XX:-DisableAttachMechanism",
                "JDK_JAVA_OPTIONS",
                "-XX:+UsePerfData")));
  }

  @Test
  void aJvmWithoutThemSaysWhatIsMissing() throws Exception {
    List<String> bare = new ArrayList<>(List.of("/usr/bin/env"));
    JvmOptions.CLEARED.forEach(variable -> bare.addAll(List.of("-u", variable)));
    bare.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            SealCheck.class.getName()));
    assertEquals(
        List.of(Measure.NO_ATTACH, Measure.NO_CRASH_REPORT, Measure.NO_COUNTER_FILE),
        run(bare, Map.of()));
  }

  @Test
  void theFilesHoldOneOptionALine() throws IOException {
    for (JvmOptions.Program program : JvmOptions.Program.values()) {
      for (String option : new JvmOptions(home).read(program)) {
        assertEquals(1, option.split("\\s", -1).length, option);
        assertEquals('-', option.charAt(0), option);
      }
    }
  }
}
