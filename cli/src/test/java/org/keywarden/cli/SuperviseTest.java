package org.keywarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The shell that starts the broker again. What stands in for the broker does, the Nth time it is
 * started, what the Nth line of a file says. Waiting and the time since boot are programs of the
 * test's: each wait is a line of {@code waits}, and takes none.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SuperviseTest {
  private static final String BROKER =
      """
      echo "started $$"
      n=$(cat "$WORK/runs"); n=$((n + 1)); echo $n >"$WORK/runs"
      eval "$(sed -n ${n}p "$WORK/script")"
      """;

  @TempDir private Path work;
  private final List<ProcessHandle> begun = new ArrayList<>();

  @BeforeEach
  void programs() throws IOException {
    program("sleep", "echo \"$1\" >>\"$WORK/waits\"");
    // Each look is a minute later than the one before, where the test wants that.
    program("cut", "t=$(cat \"$WORK/time\"); echo $t; echo $((t + STEP)) >\"$WORK/time\"");
    Files.writeString(work.resolve("broker"), BROKER);
    Files.writeString(work.resolve("runs"), "0\n");
    Files.writeString(work.resolve("time"), "1000\n");
    Files.writeString(work.resolve("waits"), "");
  }

  @AfterEach
  void endAll() {
    begun.forEach(ProcessHandle::destroyForcibly);
  }

  private void program(String name, String does) throws IOException {
    Path file = Files.createDirectories(work.resolve("bin")).resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + does + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private Process supervise(int secondsBetweenLooks, String... lives) throws IOException {
    Files.write(work.resolve("script"), List.of(lives));
    ProcessBuilder builder =
        new ProcessBuilder(
                // Who runs the tests may ignore it, and then no shell can do otherwise.
                "env",
                "--default-signal=INT,HUP",
                "/bin/sh",
                "src/main/bin/supervise",
                "/bin/sh",
                work.resolve("broker").toString())
            .redirectError(work.resolve("errors").toFile());
    builder.environment().put("WORK", work.toString());
    builder.environment().put("STEP", Integer.toString(secondsBetweenLooks));
    builder
        .environment()
        .merge("PATH", work.resolve("bin").toString(), (old, own) -> own + ":" + old);
    Process process = builder.start();
    begun.add(process.toHandle());
    return process;
  }

  private int end(Process process) throws InterruptedException {
    assertTrue(process.waitFor(40, TimeUnit.SECONDS), this::said);
    return process.exitValue();
  }

  private String said() {
    try {
      return Files.readString(work.resolve("errors"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> waits() throws IOException {
    return Files.readAllLines(work.resolve("waits"));
  }

  private ProcessHandle started(BufferedReader output) throws IOException {
    String line = String.valueOf(output.readLine());
    assertTrue(line.startsWith("started "), line);
    ProcessHandle broker =
        ProcessHandle.of(Long.parseLong(line.substring("started ".length()))).orElseThrow();
    begun.add(broker);
    return broker;
  }

  @Test
  void anOrderlyEndIsTheEnd() throws Exception {
    assertEquals(0, end(supervise(0, "exit 0")));
    assertEquals("", said());
  }

  /** Whoever sends the broker itself a signal that means "stop" wants that. */
  @ParameterizedTest
  @CsvSource({"TERM, 143", "HUP, 129"})
  void aBrokerThatWasToldToStopIsNotStartedAgain(String signal, int status) throws Exception {
    assertEquals(status, end(supervise(0, "kill -s " + signal + " $$")));
    assertEquals("", said());
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 69, 71, 78})
  void aBrokerThatCannotRunIsNotStartedAgain(int status) throws Exception {
    assertEquals(status, end(supervise(0, "exit " + status)));
    assertEquals(List.of(), waits());
  }

  @Test
  void oneThatRanBeforeIsStartedAgainWhateverItSays() throws Exception {
    assertEquals(0, end(supervise(0, "kill -s KILL $$", "exit 69", "exit 78", "exit 0")));
    assertEquals(List.of("0", "0.25", "1"), waits());
  }

  @ParameterizedTest
  @CsvSource({
    "kill -s KILL $$, was ended by signal 9",
    "kill -s SEGV $$, was ended by signal 11",
    "exit 3, had no memory left",
    "exit 1, ended with status 1"
  })
  void anyOtherDeathIsSaidAndItIsStartedAgain(String death, String words) throws Exception {
    assertEquals(0, end(supervise(0, death, "exit 0")));
    assertEquals(List.of("0"), waits());
    assertEquals(
        "keywarden: the broker "
            + words
            + "; it is started again in 0 s, and applications have their keys meanwhile\n",
        said());
  }

  @Test
  void itWaitsLongerEachTimeAndNeverGivesUp() throws Exception {
    String dies = "exit 1";
    assertEquals(0, end(supervise(0, dies, dies, dies, dies, dies, dies, dies, "exit 0")));
    assertEquals(List.of("0", "0.25", "1", "4", "16", "16", "16"), waits());
    assertEquals(3, said().lines().filter(line -> line.contains("keywarden doctor")).count());
  }

  @Test
  void aRunOfAMinuteBeginsTheRowAnew() throws Exception {
    assertEquals(0, end(supervise(60, "exit 1", "exit 1", "exit 1", "exit 0")));
    assertEquals(List.of("0", "0", "0"), waits());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT", "HUP"})
  void aSignalIsHandedOnAndItEndsAfterTheBroker(String signal) throws Exception {
    String waits =
        "trap 'echo stopping; exit 7' TERM; echo up; while :; do read -r _ <>\"$WORK/f\"; done";
    assertEquals(0, new ProcessBuilder("mkfifo", work.resolve("f").toString()).start().waitFor());
    Process process = supervise(0, waits);
    BufferedReader output = process.inputReader();
    ProcessHandle broker = started(output);
    assertEquals("up", output.readLine());
    assertEquals(0, kill(signal, process.pid()));
    assertEquals("stopping", output.readLine());
    assertEquals(7, end(process));
    assertFalse(broker.isAlive());
  }

  private static int kill(String signal, long pid) throws IOException, InterruptedException {
    return new ProcessBuilder("kill", "-s", signal, Long.toString(pid)).start().waitFor();
  }

  @Test
  void aSecondSignalKillsABrokerThatDoesNotStop() throws Exception {
    Process process = supervise(0, "trap 'echo asked' TERM; echo up; while :; do :; done");
    BufferedReader output = process.inputReader();
    ProcessHandle broker = started(output);
    assertEquals("up", output.readLine());
    assertEquals(0, kill("TERM", process.pid()));
    assertEquals("asked", output.readLine());
    assertEquals(0, kill("TERM", process.pid()));
    assertEquals(137, end(process));
    assertFalse(broker.isAlive());
  }

  @Test
  void aSignalWhileItWaitsEndsIt() throws Exception {
    program("sleep", "exec /bin/sleep 60");
    Process process = supervise(0, "exit 1");
    BufferedReader output = process.inputReader();
    started(output);
    awaitTrue("said", () -> said().contains("started again"));
    assertEquals(0, kill("TERM", process.pid()));
    assertEquals(143, end(process));
  }

  @Test
  void theBrokerIsToldToStopWhenTheShellIsKilled() throws Exception {
    String notes = "trap 'echo x >\"$WORK/asked\"; exit 0' TERM; echo up; while :; do :; done";
    Process process = supervise(0, notes);
    BufferedReader output = process.inputReader();
    started(output);
    assertEquals("up", output.readLine());
    assertEquals(0, kill("KILL", process.pid()));
    // Not by its output: the JDK closes that when the shell, whose it was, has ended.
    awaitTrue("it is asked", () -> Files.exists(work.resolve("asked")));
  }

  private static void awaitTrue(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, what);
      Thread.onSpinWait();
    }
  }
}
