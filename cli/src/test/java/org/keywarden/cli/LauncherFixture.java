package org.keywarden.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.opentest4j.AssertionFailedError;

/**
 * The launcher script in a copy of its own, built long ago, with a JDK and a Maven that only say
 * they were called, and no other programs than are put there.
 */
final class LauncherFixture {
  static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
  static final Path PARTS = Path.of("src/main/launcher");

  private static final List<String> REAL =
      List.of(
          "readlink",
          "dirname",
          "find",
          "grep",
          "id",
          "env",
          "cat",
          "mkdir",
          "flock",
          "tee",
          "sed",
          "mv",
          "head",
          "rm",
          "wc",
          "date",
          "cp",
          "ln",
          "tr");

  final Path root;
  final Path jdk;
  private final Path temporary;
  private final Path tools;
  private final Path system;
  private final Map<String, String> environment = new HashMap<>();
  private List<String> before = List.of();

  /** What the script did. */
  record Run(int status, String output) {}

  private LauncherFixture(Path temporary) {
    this.temporary = temporary;
    this.root = temporary.resolve("a folder with blanks");
    this.jdk = temporary.resolve("jdk");
    this.tools = temporary.resolve("tools");
    this.system = temporary.resolve("system");
  }

  static LauncherFixture in(Path temporary) throws IOException {
    LauncherFixture fixture = new LauncherFixture(temporary);
    fixture.install();
    return fixture;
  }

  private void install() throws IOException {
    // For a user who may not install.
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    write(root.resolve("keywarden"), Files.readString(Path.of("..", "keywarden")));
    for (String part : List.of("needs.bash", "help.txt")) {
      Path file = PARTS.resolve(part);
      write(root.resolve("cli").resolve(file), Files.readString(file));
    }
    Path building = Path.of("packaging/package.bash");
    write(root.resolve(building), Files.readString(Path.of("..").resolve(building)));
    write(root.resolve("pom.xml"), "<project/>");
    write(root.resolve("cli/src/main/A.java"), "class A {}");
    write(root.resolve("cli/pom.xml"), "<project/>");
    Files.createDirectories(root.resolve("proto"));
    writeJdk(jdk, "25.0.1");
    writeJdk(system.resolve("spare-jdk"), "25.0.1");
    Files.createDirectories(system.resolve("jvm"));
    Files.createDirectories(tools);
    for (String tool : REAL) {
      Files.createSymbolicLink(tools.resolve(tool), which(tool));
    }
    tool("mvn", "echo \"[ERROR] maven was called\"; exit 1");
    tool("mount", "");
    tool("prlimit", "");
    writeStamp();
    environment("PATH", tools.toString());
    environment("HOME", temporary.resolve("nobody").toString());
    environment("KEYWARDEN_JVM_DIR", system.resolve("jvm").toString());
    environment("JAVA_HOME", jdk.toString());
    environment("SYSTEM", system.toString());
    environment("TOOLS", tools.toString());
  }

  private static Path which(String tool) {
    Path bin = Path.of("/usr/bin", tool);
    return Files.exists(bin) ? bin : Path.of("/bin", tool);
  }

  static void writeJdk(Path directory, String version) throws IOException {
    write(directory.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    write(directory.resolve("bin/java"), "#!/bin/sh\nfor word; do echo \"<$word>\"; done\n");
    write(directory.resolve("bin/javac"), "#!/bin/sh\n");
  }

  /** Writes a file as old as the build. */
  static void write(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
  }

  private void writeStamp() throws IOException {
    for (String part : List.of("cli", "broker", "plugins/org.keywarden.romaji", "engine-host")) {
      Files.createDirectories(root.resolve("target/keywarden").resolve(part).resolve("lib"));
    }
    Files.writeString(
        root.resolve("target/keywarden.built"), jdk.toRealPath() + "JAVA_VERSION=\"25.0.1\"\n");
    for (String directory : List.of("cli/src", "cli/src/main", "cli/src/main/launcher")) {
      Files.setLastModifiedTime(root.resolve(directory), FileTime.from(LONG_AGO));
    }
  }

  void withoutJdk() {
    environment.remove("JAVA_HOME");
  }

  void environment(String name, String value) {
    environment.put(name, value);
  }

  /** Puts a program there, or another in its place. */
  void tool(String name, String script) throws IOException {
    write(tools.resolve(name), "#!/bin/sh\n" + script + "\n");
  }

  void remove(String tool) throws IOException {
    Files.delete(tools.resolve(tool));
  }

  /** As root, or by a sudo whose use was agreed to. */
  void mayInstall() throws IOException {
    before = List.of();
    tool("sudo", "exec \"$@\"");
    environment("KEYWARDEN_SUDO", "yes");
  }

  /** As an ordinary user for whom there is no sudo. */
  void mayNotInstall() throws IOException {
    Files.deleteIfExists(tools.resolve("sudo"));
    environment.remove("KEYWARDEN_SUDO");
    int uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    before =
        uid == 0
            ? List.of("/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
            : List.of();
  }

  Run run(String... words) throws IOException, InterruptedException {
    return run(root.resolve("keywarden"), words);
  }

  Run run(Path script, String... words) throws IOException, InterruptedException {
    Path output = temporary.resolve("output");
    List<String> command = new ArrayList<>(before);
    command.addAll(List.of("/bin/bash", script.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionFailedError("the script does not end; it says: " + said());
    }
    return new Run(process.exitValue(), said());
  }

  /** What the script said last. */
  String said() {
    try {
      return Files.readString(temporary.resolve("output"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
