package org.keywarden.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keywarden.hardening.JvmOptions;

/**
 * A program of the same user looks into the memory of the processes that saw a password. Never as
 * root, to whom every memory is open. An ordinary user's sandbox is a user namespace of that
 * user's, so the kernel lets the user's programs trace what is in it: a named limit
 * (docs/hardening.md), here as it is.
 */
final class MemoryIT {
  private static final int ORDINARY_USER = 65_534;
  private static final String ALL_WAYS =
      "[counters, environ, fd, jcmd, maps, mem, pidfd_getfd, process_vm_readv, ptrace]";

  @Test
  void aPasswordStaysWithTheProcessesThatNeedIt() throws IOException, InterruptedException {
    Path dist = Path.of(System.getProperty("keywarden.dist", "")).toAbsolutePath();
    // Not below a directory of the build's user, which another may not enter.
    Path work = Files.createTempDirectory("kwm");
    Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxrwxrwx"));
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command(dist, work))
              .directory(work.toFile())
              .redirectErrorStream(true);
      builder.environment().put("HOME", work.toString());
      JvmOptions.CLEARED.forEach(builder.environment()::remove);
      Process process = builder.start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      assertEquals(
          """
          a JVM like any other: %s
          broker: []
          trusted keyboard: [maps, pidfd_getfd, process_vm_readv, ptrace]
          left by their crashes: []
          """
              .formatted(ALL_WAYS),
          said);
      assertEquals(0, status);
    } finally {
      delete(work);
    }
  }

  private static List<String> command(Path dist, Path work) throws IOException {
    List<String> command = new ArrayList<>();
    if ((Integer) Files.getAttribute(work, "unix:uid", LinkOption.NOFOLLOW_LINKS) == 0) {
      command.addAll(
          List.of(
              "setpriv", "--reuid=" + ORDINARY_USER, "--regid=" + ORDINARY_USER, "--clear-groups"));
    }
    command.addAll(
        List.of(
            "sh",
            "-c",
            "ulimit -S -c $(ulimit -H -c); exec \"$@\"",
            "sh",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            dist.resolve("conformance/lib")
                + "/*:"
                + Path.of("target/test-classes").toAbsolutePath(),
            MemorySession.class.getName(),
            dist.toString(),
            work.toString()));
    return command;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
