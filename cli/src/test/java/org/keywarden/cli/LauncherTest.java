package org.keywarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher script, in a copy of its own with a JDK and a Maven that only say they were called.
 */
final class LauncherTest {
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
  private static final Path SCRIPT = Path.of("..", "keywarden");

  @TempDir Path temporary;
  private Path root;
  private Path jdk;
  private Path tools;

  /** What the script did. */
  private record Run(int status, String output) {}

  @BeforeEach
  void install() throws IOException {
    root = Files.createDirectory(temporary.resolve("a folder with blanks"));
    write(root.resolve("keywarden"), Files.readString(SCRIPT));
    write(root.resolve("pom.xml"), "<project/>");
    write(root.resolve("cli/src/main/A.java"), "class A {}");
    write(root.resolve("cli/pom.xml"), "<project/>");
    Files.createDirectories(root.resolve("proto"));
    jdk = temporary.resolve("jdk");
    writeJdk(jdk, "25.0.1");
    tools = Files.createDirectory(temporary.resolve("tools"));
    for (String tool : List.of("readlink", "dirname", "find", "grep", "id", "env", "cat")) {
      Files.createSymbolicLink(tools.resolve(tool), which(tool));
    }
    for (String tool : List.of("mkdir", "flock", "tee", "sed", "mv", "head")) {
      Files.createSymbolicLink(tools.resolve(tool), which(tool));
    }
    write(tools.resolve("mvn"), "#!/bin/sh\necho \"[ERROR] maven was called\"\nexit 1\n");
    writeStamp();
  }

  private static Path which(String tool) {
    Path bin = Path.of("/usr/bin", tool);
    return Files.exists(bin) ? bin : Path.of("/bin", tool);
  }

  private static void writeJdk(Path directory, String version) throws IOException {
    write(directory.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    write(directory.resolve("bin/java"), "#!/bin/sh\nfor word; do echo \"<$word>\"; done\n");
    write(directory.resolve("bin/javac"), "#!/bin/sh\n");
  }

  private static void write(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
  }

  private void writeStamp() throws IOException {
    Files.createDirectories(root.resolve("target/keywarden/cli/lib"));
    Files.writeString(
        root.resolve("target/keywarden.built"), jdk.toRealPath() + "JAVA_VERSION=\"25.0.1\"\n");
    for (String directory : List.of("cli/src", "cli/src/main")) {
      Files.setLastModifiedTime(root.resolve(directory), FileTime.from(LONG_AGO));
    }
  }

  private Run run(Path script, Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    Path output = temporary.resolve("output");
    ProcessBuilder builder = new ProcessBuilder("/bin/bash", script.toString());
    builder.command().addAll(List.of(words));
    builder.environment().clear();
    builder.environment().put("PATH", tools.toString());
    builder.environment().put("HOME", temporary.resolve("nobody").toString());
    builder.environment().put("KEYWARDEN_JVM_DIR", temporary.resolve("none").toString());
    builder.environment().putAll(environment);
    int status =
        builder.redirectErrorStream(true).redirectOutput(output.toFile()).start().waitFor();
    return new Run(status, Files.readString(output, StandardCharsets.UTF_8));
  }

  private Run status() throws IOException, InterruptedException {
    return run(root.resolve("keywarden"), Map.of("JAVA_HOME", jdk.toString()), "status", "a b");
  }

  private void assertBuilds() throws IOException, InterruptedException {
    Run run = status();
    assertEquals(1, run.status(), run.output());
    assertTrue(run.output().contains("maven was called"), run.output());
  }

  private void assertRuns(Run run) {
    assertEquals(0, run.status(), run.output());
    assertTrue(run.output().contains("<-Dkeywarden.home=" + root + "/target/keywarden>"));
    assertTrue(run.output().endsWith("<org.keywarden.cli.Main>\n<status>\n<a b>\n"), run.output());
  }

  @Test
  void startsWithoutABuildIfNothingChanged() throws Exception {
    assertRuns(status());
  }

  @Test
  void findsItselfThroughLinks() throws Exception {
    Path first = temporary.resolve("first link");
    Files.createSymbolicLink(first, root.resolve("keywarden"));
    Path second = Files.createDirectory(temporary.resolve("bin")).resolve("kw");
    Files.createSymbolicLink(second, Path.of("..", "first link"));
    assertRuns(run(second, Map.of("JAVA_HOME", jdk.toString()), "status", "a b"));
  }

  @Test
  void saysWhereItLookedIfThereIsNoJdk() throws Exception {
    Run run = run(root.resolve("keywarden"), Map.of("JAVA_HOME", "/nonexistent"), "status");
    assertEquals(69, run.status(), run.output());
    assertTrue(run.output().contains("no JDK 25 or newer found"), run.output());
    assertTrue(run.output().contains("JAVA_HOME=/nonexistent is no JDK"), run.output());
  }

  @Test
  void anOldJdkDoesNotCount() throws Exception {
    Path old = temporary.resolve("old");
    writeJdk(old, "21.0.2");
    Run run = run(root.resolve("keywarden"), Map.of("JAVA_HOME", old.toString()), "status");
    assertEquals(69, run.status(), run.output());
    assertTrue(run.output().contains("is a JDK 21"), run.output());
  }

  @Test
  void aChangedSourceBuilds() throws Exception {
    Files.setLastModifiedTime(
        root.resolve("cli/src/main/A.java"), FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));
    assertBuilds();
  }

  @Test
  void aChangedModuleBuilds() throws Exception {
    Files.setLastModifiedTime(
        root.resolve("cli/pom.xml"), FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));
    assertBuilds();
  }

  @Test
  void whatNoBuildReadsDoesNotBuild() throws Exception {
    for (String file : List.of("README.md", "docs/pom.txt", "cli/target/pom.xml", "notes.txt")) {
      write(root.resolve(file), "x");
      Files.setLastModifiedTime(
          root.resolve(file), FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));
    }
    assertRuns(status());
  }

  @Test
  void anotherJdkBuilds() throws Exception {
    writeJdk(jdk, "25.0.2");
    assertBuilds();
  }
}
