package org.keywarden.client.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.keywarden.hardening.Installation;
import org.keywarden.hardening.JvmOptions.Program;

/**
 * How an installation's broker is started.
 *
 * @param java the launcher of the JVM
 * @param home the installation: {@code broker/lib} below it
 */
public record BrokerCommand(Path java, Path home) {
  /** The broker of an installation, with this process's JVM. */
  public static BrokerCommand of(Path home) {
    return new BrokerCommand(Path.of(System.getProperty("java.home"), "bin", "java"), home);
  }

  /** Returns the command that starts it, with these options of its own. */
  public List<String> with(List<String> options) {
    return with(List.of(), options);
  }

  /**
   * Returns the command that starts it.
   *
   * @param jvm more options of the JVM
   * @param options its own
   */
  public List<String> with(List<String> jvm, List<String> options) {
    List<String> command = main(jvm, "org.keywarden.broker.app.Main");
    command.addAll(List.of("--home", home.toString()));
    command.addAll(options);
    return List.copyOf(command);
  }

  /** Returns the command that asks the broker's code something, without a running broker. */
  public List<String> tool(List<String> arguments) {
    List<String> command =
        main(List.of("-Dkeywarden.home=" + home), "org.keywarden.broker.app.Tool");
    command.addAll(arguments);
    return List.copyOf(command);
  }

  private List<String> main(List<String> jvm, String main) {
    List<String> command =
        new ArrayList<>(new Installation(home).jvm().command(java, Program.BROKER));
    command.addAll(jvm);
    command.addAll(List.of("-cp", new Installation(home).classPath(Program.BROKER), main));
    return command;
  }
}
