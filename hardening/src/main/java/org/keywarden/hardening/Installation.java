package org.keywarden.hardening;

import java.nio.file.Path;
import org.keywarden.hardening.JvmOptions.Program;

/**
 * Where the files of an installation are. All of them lie below one directory, which an upgrade
 * replaces as a whole.
 *
 * @param home that directory, absolute
 */
public record Installation(Path home) {
  public Installation {
    home = home.toAbsolutePath().normalize();
  }

  /** What one of its programs loads its classes from. */
  public Path library(Program program) {
    return home.resolve(program.directory()).resolve("lib");
  }

  /** The same, as the {@code java} command takes it. */
  public String classPath(Program program) {
    return library(program) + "/*";
  }

  /** The options of its JVMs. */
  public JvmOptions jvm() {
    return new JvmOptions(home);
  }

  /** What makes the broker's start fast, if it was made. */
  public Path startCache() {
    return home.resolve(Program.BROKER.directory()).resolve("start.aot");
  }

  /** The script that starts the broker again when it dies. */
  public Path supervise() {
    return home.resolve("bin").resolve("supervise");
  }

  /** The input methods that come with it, a directory each. */
  public Path plugins() {
    return home.resolve("plugins");
  }

  /** The plugin that IBus's engines run in. */
  public Path engineHost() {
    return home.resolve("engine-host");
  }

  /** What plugins in other languages run with. */
  public Path runtimes() {
    return home.resolve("runtimes");
  }

  /** Pictures of the indicator. */
  public Path icons() {
    return home.resolve("icons");
  }
}
