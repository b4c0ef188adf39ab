package org.keywarden.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keywarden.client.process.BrokerCommand;
import org.keywarden.client.process.BrokerProcess;

/** What the installed broker says and does about surroundings that are not as they should be. */
final class BrokerStartIT {
  private static final int CONFIGURATION = 78;
  private static final int UNAVAILABLE = 69;
  private static final int MISUSED = 64;
  private final Path dist = Path.of(System.getProperty("keywarden.dist", "")).toAbsolutePath();
  private final List<BrokerProcess> started = new ArrayList<>();
  @TempDir private Path work;
  private Path runtime = Path.of("");

  @BeforeEach
  void shortDirectory() throws IOException {
    // A socket's path is 107 bytes at most (unix(7)).
    runtime = Files.createTempDirectory("kwi");
  }

  @AfterEach
  void end() throws IOException, InterruptedException, Unsettled {
    for (BrokerProcess process : started) {
      kill(process);
    }
    awaitNothingLeft();
    try (Stream<Path> left = Files.walk(runtime)) {
      for (Path each : left.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }

  private BrokerProcess start(String... more) throws IOException {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--runtime-dir",
                runtime.resolve("run").toString(),
                "--state-dir",
                work.resolve("state").toString()));
    options.addAll(List.of(more));
    BrokerProcess process =
        BrokerProcess.start(BrokerCommand.of(dist).with(options), work.resolve("broker.log"));
    started.add(process);
    return process;
  }

  /** Of a broker that was killed nothing is left, without another broker's help. */
  private void awaitNothingLeft() throws Unsettled {
    Holdings.awaitNoneNamed(List.of(runtime.toString(), work.toString()));
  }

  private Path log() {
    return work.resolve("broker.log");
  }

  private String said() throws IOException {
    return Files.readString(log());
  }

  private static void kill(BrokerProcess process) throws InterruptedException {
    process.kill();
    assertTrue(process.waitFor(Await.PATIENCE), "it ends");
  }

  private static void awaitReady(BrokerProcess process) throws IOException {
    process.awaitReady(Await.PATIENCE);
  }

  private void refused(int status, String sentence, String... options)
      throws IOException, InterruptedException {
    BrokerProcess process = start(options);
    assertTrue(process.waitFor(Await.PATIENCE), "it ends");
    assertEquals(status, process.exitValue(), this::saidOrNot);
    assertTrue(said().contains(sentence), this::saidOrNot);
    assertEquals(
        1, said().lines().filter(line -> line.startsWith("keywarden: ")).count(), this::saidOrNot);
  }

  private String saidOrNot() {
    try {
      return said();
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void missingDirectoriesAreMadeAndAreTheOwnersOnly() throws IOException {
    awaitReady(start("--runtime-dir", runtime.resolve("not/there/yet").toString()));
    assertEquals(
        "rwx------",
        java.nio.file.attribute.PosixFilePermissions.toString(
            Files.getPosixFilePermissions(runtime.resolve("not/there/yet"))));
  }

  @Test
  void aSecondBrokerOnTheSameDirectoryIsRefused() throws IOException, InterruptedException {
    BrokerProcess first = start();
    awaitReady(first);
    refused(UNAVAILABLE, "another broker (pid " + first.pid() + ") runs in");
    assertTrue(first.isAlive());
  }

  @Test
  void whatAKilledBrokerLeftIsReplaced() throws IOException, InterruptedException {
    BrokerProcess first = start();
    awaitReady(first);
    kill(first);
    assertTrue(Files.exists(runtime.resolve("run/host.sock")), "the stale socket");
    awaitReady(start());
  }

  @Test
  void noProcessOutlivesAKilledBroker() throws IOException, InterruptedException, Unsettled {
    Broker broker = Broker.start(dist.toAbsolutePath(), work);
    List<ProcessHandle> children = broker.descendants();
    assertTrue(children.size() >= 3, "two puppets and the trusted keyboard");
    broker.kill();
    Await.until(
        "end of every process",
        Await.PATIENCE,
        () -> children.stream().noneMatch(ProcessHandle::isAlive),
        () -> children.stream().filter(ProcessHandle::isAlive).count() + " left");
    try (Stream<Path> left = Files.list(broker.runtime().resolve("s"))) {
      assertEquals(List.of(), left.toList(), "what its sandboxes read");
    }
    broker.close();
  }

  /** Sandboxes under construction, at several moments. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 9})
  void noProcessOutlivesABrokerKilledWhileItStarts(int processes) throws IOException, Unsettled {
    BrokerProcess broker = start();
    Await.until(
        processes + " processes",
        Await.PATIENCE,
        () -> broker.descendants().size() >= processes,
        () -> broker.descendants().size() + " processes");
    List<ProcessHandle> children = broker.descendants();
    broker.kill();
    awaitEnd(children);
    awaitNothingLeft();
  }

  private static void awaitEnd(List<ProcessHandle> processes) throws Unsettled {
    Await.until(
        "end of every process",
        Await.PATIENCE,
        () -> processes.stream().noneMatch(ProcessHandle::isAlive),
        () -> processes.stream().filter(ProcessHandle::isAlive).count() + " left");
  }

  @Test
  void aSocketPathThatIsTooLongIsSaid() throws IOException, InterruptedException {
    refused(
        UNAVAILABLE,
        "choose a shorter --runtime-dir",
        "--runtime-dir",
        runtime.resolve("x".repeat(100)).toString());
  }

  @Test
  void aFileWhereTheDirectoryShouldBeIsSaid() throws IOException, InterruptedException {
    Files.writeString(runtime.resolve("run"), "");
    refused(UNAVAILABLE, runtime.resolve("run") + " is not a directory; remove it");
  }

  @Test
  void aPolicyThatIsNotThereIsSaid() throws IOException, InterruptedException {
    refused(CONFIGURATION, "none.yaml", "--policy", work.resolve("none.yaml").toString());
  }

  @Test
  void aMistakeInThePolicyIsSaidWithLineAndColumn() throws IOException, InterruptedException {
    Path policy =
        Files.writeString(
            work.resolve("policy.yaml"),
            """
            version: 1
            rules:
              - name: all
                when: field.nonsense == 3
                route: compose
            """);
    refused(CONFIGURATION, policy + ":4:", "--policy", policy.toString());
  }

  @Test
  void aMistakeInAManifestIsSaidWithItsLineAndTheRestGoesOn() throws IOException {
    Path plugin = Files.createDirectories(work.resolve("plugins/bad"));
    Path manifest = Files.writeString(plugin.resolve("manifest.yaml"), "id: bad\nnmae: Bad\n");
    awaitReady(start("--plugins", work.resolve("plugins").toString()));
    assertTrue(said().contains(manifest + ":2:"), this::saidOrNot);
  }

  @Test
  void anUnknownOptionIsSaid() throws IOException, InterruptedException {
    BrokerProcess process = start("--nonsense");
    assertTrue(process.waitFor(Await.PATIENCE), "it ends");
    assertEquals(MISUSED, process.exitValue());
    assertTrue(said().contains("--nonsense"), this::saidOrNot);
  }
}
