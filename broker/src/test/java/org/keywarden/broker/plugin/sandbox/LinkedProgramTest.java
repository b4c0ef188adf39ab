package org.keywarden.broker.plugin.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keywarden.broker.process.Confinement;
import org.keywarden.broker.process.Finding;
import org.keywarden.broker.process.Launch;
import org.keywarden.broker.process.ProcessStarter;
import org.keywarden.broker.process.ProcessStarter.Identity;
import org.keywarden.testbed.Await;

/** Programs that are symbolic links, as /usr/bin/python3 and /usr/bin/awk are. */
@Timeout(120)
final class LinkedProgramTest {
  private final ExecutorService starter = Executors.newSingleThreadExecutor();
  private final ExecutorService seat = Executors.newSingleThreadExecutor();

  @TempDir private Path temporary;
  private Path work = Path.of("");
  private Path state = Path.of("");
  private Path socket = Path.of("");

  @BeforeEach
  void directories() throws IOException {
    work = temporary.toRealPath();
    state = Files.createDirectory(work.resolve("state"));
    socket = Files.createFile(work.resolve("socket"));
  }

  @AfterEach
  void stop() {
    starter.shutdownNow();
    seat.shutdownNow();
  }

  private Launch launch(Path program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    return new Launch(
        "test",
        command,
        Map.of("STATE", state.toString()),
        state,
        work.resolve("log"),
        new Confinement(List.of(), state, socket, Confinement.Limits.DEFAULT, Set.of()));
  }

  /** A shell behind three links, the middle one in a directory of its own. */
  private Path shell() throws IOException {
    Path bin = Files.createDirectory(work.resolve("bin"));
    Path alternatives = Files.createDirectory(work.resolve("alternatives"));
    Files.createSymbolicLink(alternatives.resolve("shell"), Path.of("/bin/sh"));
    Files.createSymbolicLink(bin.resolve("shell"), Path.of("../alternatives/shell"));
    return bin.resolve("shell");
  }

  private static List<String> words(byte[] arguments) {
    return List.of(new String(arguments, StandardCharsets.UTF_8).split("\0", -1));
  }

  /** Where bubblewrap is told to mount. */
  private static List<Path> mounted(byte[] arguments) {
    List<String> words = words(arguments);
    List<Path> places = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      switch (words.get(i)) {
        case "--bind", "--ro-bind" -> places.add(Path.of(words.get(i + 2)));
        case "--tmpfs", "--proc", "--dev" -> places.add(Path.of(words.get(i + 1)));
        default -> {}
      }
    }
    return places;
  }

  /** It goes on without saying so up to 0.11, and refuses from 0.12 on. */
  @ParameterizedTest
  @EnumSource
  void bubblewrapIsNeverToldToMountOnALink(SandboxPlan.Proc proc) throws IOException {
    Path usual = Path.of("/bin/sh");
    for (Path program : List.of(usual, usual.toRealPath(), shell())) {
      BubblewrapArguments arguments =
          new BubblewrapArguments(launch(program), new SandboxPlan(proc, Isolation.DROPPED_USER));
      for (byte[] stage : List.of(arguments.outer(work.resolve("users")), arguments.inner())) {
        assertEquals(
            List.of(),
            mounted(stage).stream().filter(Files::isSymbolicLink).toList(),
            "" + program);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void itRunsByItsOwnNameThroughTheSameLinksAndTheWatchLeavesItAlone(SandboxPlan.Proc proc)
      throws Exception {
    int uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    Path files = Files.createDirectory(work.resolve("files"));
    SandboxPlan plan = new SandboxPlan(proc, uid == 0 ? Isolation.DROPPED_USER : 0);
    Path program = shell();
    BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    ProcessStarter.Running running =
        new Processes(new Sandbox(files, plan, Libseccomp.load()), starter, seat)
            .start(
                launch(
                    program,
                    "-c",
                    "d=${0%/bin/shell}; for l in $0 $d/alternatives/shell; do"
                        + " [ -L $l ] && echo $l; done >$STATE/links; : >$STATE/up;"
                        + " read -r l </dev/zero"),
                new ProcessStarter.Listener() {
                  @Override
                  public void started(Identity identity) {}

                  @Override
                  public void ended(String how) {
                    ends.add(how);
                  }
                });
    try {
      Await.until(
          "the program to begin",
          () -> {
            assertNull(ends.peek(), "it ended instead");
            return Files.exists(state.resolve("up"));
          });
      assertEquals(
          List.of(program.toString(), work.resolve("alternatives/shell").toString()),
          Files.readAllLines(state.resolve("links")));
      BlockingQueue<Finding> found = new LinkedBlockingQueue<>();
      for (int look = 0; look < 3; look++) {
        seat.submit(() -> running.inspect(found::add)).get(30, TimeUnit.SECONDS);
        assertNull(found.poll(200, TimeUnit.MILLISECONDS));
      }
    } finally {
      seat.submit(running::kill).get(30, TimeUnit.SECONDS);
    }
    assertFalse(String.valueOf(ends.poll(30, TimeUnit.SECONDS)).isEmpty());
  }

  /** What lies beside a program, or beside a link to it, is not shown with it. */
  @Test
  void nothingButTheFileAndItsLinksIsShown() throws IOException {
    Path program = shell();
    byte[] inner = new BubblewrapArguments(launch(program), SandboxPlan.BEST).inner();
    assertFalse(mounted(inner).contains(program.getParent()));
    assertFalse(mounted(inner).contains(work.resolve("alternatives")));
    assertEquals(
        1, mounted(inner).stream().filter(Path.of("/bin/sh").toRealPath()::equals).count());
  }
}
