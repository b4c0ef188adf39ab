package org.keywarden.hardening;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How JVMs of an installation are started. Their options are files, read by the {@code java}
 * command itself (java(1), {@code @argfiles}).
 *
 * @param home the installation
 */
public record JvmOptions(Path home) {
  /** Programs with options of their own. */
  public enum Program {
    BROKER("broker"),
    TRUSTED_KEYBOARD("trusted-keyboard"),
    ACCESSIBILITY("accessibility"),
    COMMAND_LINE("cli");

    private final String file;

    Program(String file) {
      this.file = file;
    }

    /** Of the installation, where its files are. */
    String directory() {
      return file;
    }
  }

  /**
   * Variables by which a JVM takes options, or any program takes code, from the environment: what
   * somebody forgot there would open the process that guards keys.
   */
  public static final List<String> CLEARED =
      List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "LD_PRELOAD", "LD_AUDIT");

  /** Where the files are. */
  public Path directory() {
    return home.resolve("conf").resolve("jvm");
  }

  /** Returns the options, as names of files for the {@code java} command. */
  public List<String> of(Program program) {
    return files(program).map(file -> "@" + file).toList();
  }

  /** Returns the options themselves. */
  public List<String> read(Program program) throws IOException {
    List<String> options = new ArrayList<>();
    for (Path file : files(program).toList()) {
      Files.readAllLines(file).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .forEach(options::add);
    }
    return options;
  }

  /** Returns the beginning of a command: a JVM that takes no options from the environment. */
  public List<String> command(Path java, Program program) {
    List<String> command = new ArrayList<>(List.of("/usr/bin/env"));
    for (String variable : CLEARED) {
      command.add("-u");
      command.add(variable);
    }
    command.add(java.toString());
    command.addAll(of(program));
    return command;
  }

  private Stream<Path> files(Program program) {
    return Stream.of("common", "sealed", program.file)
        .map(name -> directory().resolve(name + ".args"));
  }
}
