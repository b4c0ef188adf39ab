package org.keywarden.trusted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.keywarden.proto.input.v1.KeyAction.KEY_ACTION_PRESS;
import static org.keywarden.proto.input.v1.KeyAction.KEY_ACTION_RELEASE;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.hardening.JvmOptions;
import org.keywarden.hardening.ProcessSeal;
import org.keywarden.proto.trusted.v1.SessionRequest;
import org.keywarden.trusted.xkb.XkbSequences;

/** The whole program, in a JVM of its own where it would change the one of the tests. */
@Timeout(120)
class TrustedKeyboardTest {
  private static final int DEAD_ACUTE = 0xFE51;
  private static final int MULTI_KEY = 0xFF20;

  @TempDir private Path directory;

  private ProcessBuilder child(Class<?> main, String... flags) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // As installed; the trusted keyboard does not run without them.
    for (String file : List.of("common", "sealed", "trusted-keyboard")) {
      command.add("@../hardening/src/main/jvm/" + file + ".args");
    }
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("LC_ALL", "en_US.UTF-8");
    builder.environment().put(TrustedKeyboard.SOCKET, socket().toString());
    builder.environment().remove("XCOMPOSEFILE");
    builder.environment().remove("XDG_CONFIG_HOME");
    JvmOptions.CLEARED.forEach(builder.environment()::remove);
    return builder;
  }

  private Path socket() {
    return directory.resolve("socket");
  }

  private static void awaitReady(FakeBroker broker) throws InterruptedException {
    SessionRequest first = broker.next();
    assertNotNull(first);
    assertTrue(first.hasReady());
  }

  /** What is left of a stream that ends with the process. */
  private static String rest(java.io.InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void composesThenEndsWithTheSession() throws Exception {
    try (FakeBroker broker = new FakeBroker(socket())) {
      Process process = child(TrustedKeyboard.class).start();
      awaitReady(broker);
      assertTrue(broker.key(DEAD_ACUTE, 34, 0, KEY_ACTION_PRESS).getHandled());
      assertEquals("é", broker.key('e', 26, 0, KEY_ACTION_PRESS).getText());
      broker.complete();
      assertEquals(0, process.waitFor());
    }
  }

  @Test
  void endsWithTheBroker() throws Exception {
    Process process;
    try (FakeBroker broker = new FakeBroker(socket())) {
      process = child(TrustedKeyboard.class).start();
      awaitReady(broker);
    }
    assertEquals(0, process.waitFor());
  }

  @Test
  void printsNothingEvenWhereAllLoggingIsAskedFor() throws Exception {
    Path logging = directory.resolve("logging.properties");
    Files.writeString(
        logging,
        """
        handlers = java.util.logging.ConsoleHandler
        java.util.logging.ConsoleHandler.level = ALL
        .level = ALL
        io.grpc.level = ALL
        io.netty.level = ALL
        """);
    try (FakeBroker broker = new FakeBroker(socket())) {
      Process process =
          child(TrustedKeyboard.class, "-Djava.util.logging.config.file=" + logging).start();
      awaitReady(broker);
      broker.key(DEAD_ACUTE, 34, 0, KEY_ACTION_PRESS);
      broker.key('e', 26, 0, KEY_ACTION_PRESS);
      broker.key('e', 26, 0, KEY_ACTION_RELEASE);
      broker.key('q', 24, 0, KEY_ACTION_PRESS);
      broker.complete();
      assertEquals("", rest(process.getInputStream()));
      assertEquals("", rest(process.getErrorStream()));
      assertEquals(0, process.waitFor());
    }
  }

  @Test
  void knowsTheUsersOwnSequences() throws Exception {
    Files.writeString(directory.resolve(".XCompose"), "<Multi_key> <k> <w> : \"⌨\"\n");
    try (FakeBroker broker = new FakeBroker(socket())) {
      Process process = child(TrustedKeyboard.class).start();
      awaitReady(broker);
      assertTrue(broker.key(MULTI_KEY, 108, 0, KEY_ACTION_PRESS).getHandled());
      assertTrue(broker.key('k', 45, 0, KEY_ACTION_PRESS).getHandled());
      assertEquals("⌨", broker.key('w', 25, 0, KEY_ACTION_PRESS).getText());
      broker.complete();
      assertEquals(0, process.waitFor());
    }
  }

  @Test
  void knowsTheRulesThatTheBrokerGathered() throws Exception {
    Path rules = directory.resolve("gathered");
    Files.writeString(rules, "<Multi_key> <k> <w> : \"⌨\"\n");
    try (FakeBroker broker = new FakeBroker(socket())) {
      ProcessBuilder child = child(TrustedKeyboard.class);
      child.environment().put(TrustedKeyboard.COMPOSE, rules.toString());
      Process process = child.start();
      awaitReady(broker);
      assertTrue(broker.key(MULTI_KEY, 108, 0, KEY_ACTION_PRESS).getHandled());
      assertTrue(broker.key('k', 45, 0, KEY_ACTION_PRESS).getHandled());
      assertEquals("⌨", broker.key('w', 25, 0, KEY_ACTION_PRESS).getText());
      broker.complete();
      assertEquals(0, process.waitFor());
    }
  }

  @Test
  void isSealedInItsSession() throws Exception {
    try (FakeBroker broker = new FakeBroker(socket())) {
      Process process = child(SealProbe.class).start();
      awaitReady(broker);
      broker.complete();
      assertEquals(
          """
          before [NO_CORE_FILE, NOT_DUMPABLE, QUIT_IGNORED]
          after []
          status 0
          Max core file size 0 0 bytes
          SIGQUIT ignored true
          """,
          rest(process.getInputStream()));
    }
  }

  @Test
  void doesNotRunUnsealed() throws Exception {
    try (FakeBroker broker = new FakeBroker(socket())) {
      var err = new ByteArrayOutputStream();
      int status =
          TrustedKeyboard.run(
              Map.of(TrustedKeyboard.SOCKET, socket().toString()),
              XkbSequences.LIBRARY,
              () -> {
                throw new ProcessSeal.Unprotected("its memory is not protected: no attach");
              },
              new PrintStream(err, true, StandardCharsets.UTF_8));
      assertEquals(TrustedKeyboard.EX_OSERR, status);
      assertTrue(err.toString(StandardCharsets.UTF_8).contains("no attach"));
      assertFalse(broker.wasCalled());
    }
  }

  /** One option of the environment is enough to undo one of the command line. */
  @Test
  void doesNotRunWhereAToolMayAttach() throws Exception {
    try (FakeBroker broker = new FakeBroker(socket())) {
      Process process = child(TrustedKeyboard.class, "-XX:-DisableAttachMechanism").start();
      assertTrue(rest(process.getErrorStream()).contains("'no jcmd or jmap' is not in force"));
      assertEquals(TrustedKeyboard.EX_OSERR, process.waitFor());
      assertFalse(broker.wasCalled());
    }
  }

  @Test
  void withoutTheLibraryEveryKeyIsTheApplications() throws Exception {
    try (FakeBroker broker = new FakeBroker(socket())) {
      var err = new ByteArrayOutputStream();
      CompletableFuture<Integer> status =
          CompletableFuture.supplyAsync(
              () ->
                  TrustedKeyboard.run(
                      Map.of(TrustedKeyboard.SOCKET, socket().toString()),
                      "libkeywarden-missing.so.0",
                      () -> {},
                      new PrintStream(err, true, StandardCharsets.UTF_8)),
              task -> Thread.ofPlatform().start(task));
      awaitReady(broker);
      assertFalse(broker.key(DEAD_ACUTE, 34, 0, KEY_ACTION_PRESS).getHandled());
      assertFalse(broker.key('e', 26, 0, KEY_ACTION_PRESS).getHandled());
      broker.complete();
      assertEquals(0, status.get());
      String warning = err.toString(StandardCharsets.UTF_8);
      assertEquals(1, warning.lines().count());
      assertTrue(warning.contains("libxkbcommon0 and libx11-data"));
    }
  }

  @Test
  void withoutSocketVariable() throws Exception {
    ProcessBuilder builder = child(TrustedKeyboard.class);
    builder.environment().remove(TrustedKeyboard.SOCKET);
    Process process = builder.start();
    assertTrue(rest(process.getErrorStream()).contains("KEYWARDEN_SOCKET is not set"));
    assertEquals(64, process.waitFor());
  }

  @Test
  void withoutBroker() throws Exception {
    Process process = child(TrustedKeyboard.class).start();
    assertTrue(rest(process.getErrorStream()).contains("cannot connect to the broker"));
    assertEquals(69, process.waitFor());
  }
}
