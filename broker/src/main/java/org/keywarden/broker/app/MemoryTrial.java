package org.keywarden.broker.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keywarden.broker.plugin.sandbox.Companion;
import org.keywarden.broker.plugin.sandbox.Protection;
import org.keywarden.broker.plugin.sandbox.Protection.Level;
import org.keywarden.hardening.Installation;
import org.keywarden.hardening.JvmOptions;
import org.keywarden.hardening.Measure;
import org.keywarden.hardening.ProcessSeal;
import org.keywarden.hardening.SealCheck;

/**
 * Whether this machine lets the processes that see secrets keep their memory to themselves, found
 * out by doing it: this one, which runs with the broker's options, and one with those of the
 * trusted keyboard.
 */
final class MemoryTrial {
  private MemoryTrial() {}

  /**
   * Seals this process, too.
   *
   * @param home the installation
   */
  static List<Protection> of(Path home, Path java, int uid)
      throws IOException, InterruptedException {
    ProcessSeal seal = ProcessSeal.ofThisProcess();
    seal.close();
    return List.of(
        protection("broker's memory", seal.missing()),
        inUserNamespace(protection("trusted keyboard's memory", trustedKeyboard(home, java)), uid));
  }

  /**
   * An ordinary user's sandbox is a user namespace, over which that user's programs have every
   * capability (user_namespaces(7)), that to trace included.
   */
  private static Protection inUserNamespace(Protection found, int uid) {
    if (uid == 0 || found.level() != Level.PRESENT) {
      return found;
    }
    return new Protection(
        found.name(),
        Level.WEAKER,
        "has the same, but its sandbox is a user namespace of yours: a program of yours outside the"
            + " sandbox can trace it (ptrace) all the same",
        "run no program you do not trust with your keys outside a sandbox");
  }

  private static List<Measure> trustedKeyboard(Path home, Path java)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.addAll(new Installation(home).jvm().of(JvmOptions.Program.TRUSTED_KEYBOARD));
    command.addAll(
        List.of(
            "-cp",
            new Installation(home).classPath(JvmOptions.Program.TRUSTED_KEYBOARD),
            SealCheck.class.getName()));
    return SealCheck.missing(Companion.start(command).waitFor());
  }

  static Protection protection(String name, List<Measure> missing) {
    if (missing.isEmpty()) {
      return new Protection(
          name,
          Level.PRESENT,
          "closed to other programs of yours (a trial start): "
              + Stream.of(Measure.values()).map(Measure::title).collect(Collectors.joining(", ")),
          "");
    }
    return new Protection(
        name,
        Level.FATAL,
        "OPEN, so it does not run; missing: "
            + missing.stream().map(Measure::title).collect(Collectors.joining(", ")),
        missing.stream().map(Measure::means).collect(Collectors.joining("; "))
            + "; start with the keywarden script, without a debugger");
  }
}
