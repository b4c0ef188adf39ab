package org.keywarden.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the broker's process is started.
 *
 * @param java the launcher of the JVM
 * @param home the installation: {@code broker/lib} below it
 */
record BrokerLaunch(Path java, Path home) {
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-Xmx64m",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  /**
   * Returns the launch with this process's JVM.
   *
   * @param home value of {@code keywarden.home}, null if it is not set
   * @throws Failure if no broker is installed there
   */
  static BrokerLaunch below(@Nullable String home) {
    if (home == null || home.isEmpty()) {
      throw new Failure(
          Main.UNAVAILABLE,
          "the installation is unknown: start with the keywarden script, or set the system"
              + " property keywarden.home");
    }
    Path installation = Path.of(home).toAbsolutePath().normalize();
    if (!Files.isDirectory(installation.resolve("broker").resolve("lib"))) {
      throw new Failure(
          Main.UNAVAILABLE,
          "no broker in "
              + installation.resolve("broker").resolve("lib")
              + "; build with the keywarden script");
    }
    return new BrokerLaunch(Path.of(System.getProperty("java.home"), "bin", "java"), installation);
  }

  /** Returns the command that starts the broker with these arguments of its own. */
  List<String> command(List<String> arguments) {
    List<String> all = new ArrayList<>(List.of("--home", home.toString()));
    all.addAll(arguments);
    return start("org.keywarden.broker.app.Main", all);
  }

  /** Returns the command that asks the broker's code something, without a running broker. */
  List<String> tool(List<String> arguments) {
    return start("org.keywarden.broker.app.Tool", arguments);
  }

  private List<String> start(String main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(FLAGS);
    command.add("-cp");
    command.add(home.resolve("broker").resolve("lib") + "/*");
    command.add(main);
    command.addAll(arguments);
    return List.copyOf(command);
  }
}
