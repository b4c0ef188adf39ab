package org.keywarden.cli.broker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;
import org.keywarden.client.process.BrokerCommand;
import org.keywarden.hardening.FastStart;
import org.keywarden.hardening.Installation;
import org.keywarden.hardening.JvmOptions;
import org.keywarden.hardening.JvmOptions.Program;

/**
 * How the broker's process is started.
 *
 * @param java the launcher of the JVM
 * @param home the installation
 */
public record BrokerLaunch(Path java, Path home) {
  /**
   * Returns the launch with this process's JVM.
   *
   * @param home value of {@code keywarden.home}, null if it is not set
   * @throws Failure if no broker is installed there
   */
  public static BrokerLaunch below(@Nullable String home) {
    if (home == null || home.isEmpty()) {
      throw new Failure(
          Exit.UNAVAILABLE,
          "the installation is unknown: start with the keywarden script, or set the system"
              + " property keywarden.home");
    }
    Installation installation = new Installation(Path.of(home));
    Path library = installation.library(Program.BROKER);
    if (!Files.isDirectory(library)) {
      throw new Failure(
          Exit.UNAVAILABLE, "no broker in " + library + "; build with the keywarden script");
    }
    return new BrokerLaunch(
        Path.of(System.getProperty("java.home"), "bin", "java"), installation.home());
  }

  /** Returns the command that starts the broker, once, with these arguments of its own. */
  public List<String> command(List<String> arguments) {
    return command(
        FastStart.options(startCache(), installation().library(Program.BROKER)), arguments);
  }

  /** Returns the command that runs the broker, and starts it again when it dies. */
  public List<String> supervised(List<String> arguments) {
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", installation().supervise().toString()));
    command.addAll(command(arguments));
    return command;
  }

  /** Returns the command that starts a broker which writes a start cache when it ends. */
  public List<String> training(Path cache, List<String> arguments) {
    return command(List.of("-XX:AOTCacheOutput=" + cache), arguments);
  }

  /** Where its files are. */
  public Installation installation() {
    return new Installation(home);
  }

  /** The options of the installation's JVMs. */
  public JvmOptions jvm() {
    return installation().jvm();
  }

  /** Where the start cache is, if there is one. */
  public Path startCache() {
    return installation().startCache();
  }

  private List<String> command(List<String> start, List<String> arguments) {
    return new BrokerCommand(java, home).with(start, arguments);
  }

  /** Returns the command that asks the broker's code something, without a running broker. */
  List<String> tool(List<String> arguments) {
    return new BrokerCommand(java, home).tool(arguments);
  }
}
