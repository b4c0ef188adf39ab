package org.keywarden.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Attacks of an ordinary program of the same user on processes that see secrets: asking their JVM,
 * and reading their memory. Root may do all of that anyway; a kit that runs as root therefore
 * starts a broker and the program that attacks it as another user.
 */
final class ProcessAttacks {
  private static final int NOBODY = 65_534;

  /** For an answer of a JVM, which comes at once where it comes at all. */
  private static final String TIME_LIMIT = "-J-Dsun.tools.attach.attachTimeout=4000";

  private ProcessAttacks() {}

  static List<Attack> all() {
    return List.of(
        Attack.alone(
            "G3",
            "memory of those who see secrets",
            "A program of the same user attaches to broker and trusted keyboard and opens the"
                + " broker's memory: refused.",
            ProcessAttacks::attacked));
  }

  private static boolean root() throws IOException {
    return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
  }

  private static List<String> ordinarily() {
    try {
      String id = Integer.toString(NOBODY);
      return root()
          ? List.of("setpriv", "--reuid", id, "--regid", id, "--clear-groups", "--")
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Outcome attacked(Fixture f) throws Unsettled {
    Path work = null;
    try {
      // Where another user can get at it, which the kit's own directory need not be.
      work = Files.createTempDirectory("kwo");
      Path dist = work.resolve("dist");
      for (String part : List.of("conf", "broker", "trusted-keyboard", "conformance")) {
        copy(f.dist().resolve(part), dist.resolve(part));
      }
      try (Broker broker =
          Broker.startAs(root() ? NOBODY : -1, ordinarily(), dist, work.resolve("work"))) {
        Outcome outcome = attach(broker.pid(), "broker").and(memory(broker.pid(), "broker"));
        List<ProcessHandle> keyboards = broker.javaProcesses("TrustedKeyboard");
        for (ProcessHandle each : keyboards) {
          // Its memory is open to ptrace below a namespace of the user's (docs/hardening.md).
          outcome = outcome.and(attach(each.pid(), "trusted keyboard"));
        }
        return outcome.and(Outcome.expect("trusted keyboards", 1, keyboards.size()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (work != null) {
        delete(work);
      }
    }
  }

  private static Outcome attach(long pid, String name) {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    int status = run(List.of(jcmd.toString(), TIME_LIMIT, Long.toString(pid), "VM.version"));
    return Outcome.of(status != 0, name + (status == 0 ? " answers" : " does not answer"));
  }

  private static Outcome memory(long pid, String name) {
    List<String> opened = new ArrayList<>();
    for (String file : List.of("mem", "maps", "environ")) {
      if (run(List.of("sh", "-c", "exec 3</proc/" + pid + "/" + file)) == 0) {
        opened.add(file);
      }
    }
    return Outcome.expect("files of the " + name + " opened", List.of(), opened);
  }

  /** As the ordinary user. Some attempts wait in vain for their answer. */
  private static int run(List<String> command) {
    List<String> whole = new ArrayList<>(ordinarily());
    whole.addAll(command);
    try {
      Process process =
          new ProcessBuilder(whole)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return -1;
      }
      return process.exitValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Path target = to.resolve(from.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectories(target);
        } else {
          Files.copy(each, target);
        }
      }
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
