package org.keywarden.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keywarden.cli.broker.BrokerLaunch;
import org.keywarden.proto.input.v1.ContentType;
import org.keywarden.proto.input.v1.Purpose;

/**
 * Nothing that was typed, received or composed is in any file the system wrote: log, write-ahead
 * log, output of broker, plugins and trusted keyboard, sockets' directory, state, crash reports.
 */
final class TypedTextIT {
  private static final String ROMAJI = "watashihananndemotabemasu";
  private static final String KANA = "わたしはなんでもたべます";
  private static final String PASSWORD = "zqxjkvbw9482";
  private static final String PIN = "730592618";
  private static final String PLAIN = "wyvernsquawk";

  @TempDir private Path work;

  private static ContentType of(Purpose purpose) {
    return ContentType.newBuilder().setPurpose(purpose).build();
  }

  /** The signal of a fault in native code, which the JVM reports, and one that it leaves alone. */
  @ParameterizedTest
  @ValueSource(strings = {"SEGV", "ABRT"})
  void nothingTypedIsLeftAnywhere(String signal) throws IOException, InterruptedException {
    Path home = Path.of(System.getProperty("keywarden.dist", "")).toAbsolutePath();
    UnaryOperator<List<String>> launch =
        arguments -> withCoreFiles(BrokerLaunch.below(home.toString()).command(arguments));
    try (DemoBroker broker = DemoBroker.startUntold(home, work, launch, UnaryOperator.identity())) {
      session(broker);
      // A dead broker renames no file under the search, and has removed none.
      crash(broker, signal);
      awaitSwept();
      searchAll();
    }
    assertEquals(List.of(), named("core"), "no core file, whatever the limits");
    assertEquals(List.of(), named("java_pid"), "no heap dump");
    assertEquals(List.of(), named("hs_err"), "no report by the JVM");
    assertTrue(files().stream().anyMatch(file -> file.toString().contains("/log/tile/")), "a log");
    assertTrue(files().stream().anyMatch(file -> file.endsWith("broker.log")), "output");
    assertEquals(
        List.of(),
        files().stream().filter(file -> file.endsWith("org.keywarden.romaji.log")).toList(),
        "an input method with nothing to complain of");
    searchAll();
  }

  /** The broker's end is followed by that of its sandboxes and of the files they were made from. */
  private void awaitSwept() throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!isEmpty(work.resolve("run/s"))) {
      assertTrue(System.nanoTime() < end, "files of sandboxes are removed");
      Thread.onSpinWait();
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.findAny().isEmpty();
    }
  }

  /** Where core files are as large as they may be. */
  private static List<String> withCoreFiles(List<String> command) {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("sh", "-c", "ulimit -S -c $(ulimit -H -c); exec \"$@\"", "sh"));
    all.addAll(command);
    return all;
  }

  private List<Path> named(String beginning) throws IOException {
    return files().stream()
        .filter(file -> String.valueOf(file.getFileName()).startsWith(beginning))
        .toList();
  }

  private void crash(DemoBroker broker, String signal) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(broker.pid())).start();
    assertEquals(0, kill.waitFor());
    ProcessHandle.of(broker.pid()).ifPresent(process -> process.onExit().join());
  }

  private static void session(DemoBroker broker) {
    try (ScriptedApplication application = broker.application("editor")) {
      application.focus(of(Purpose.PURPOSE_FREE_FORM));
      application.type(ROMAJI);
      application.type(ScriptedApplication.RETURN);
      assertEquals(KANA, application.text(), "the session composes");
      application.type(PLAIN);
      application.blur();
      application.focus(of(Purpose.PURPOSE_PASSWORD));
      application.type(PASSWORD);
      assertEquals(PASSWORD, application.text());
      application.blur();
      application.focus(of(Purpose.PURPOSE_PIN));
      application.type(PIN);
      assertEquals(PIN, application.text());
      application.blur();
    }
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(work)) {
      all.filter(Files::isRegularFile)
          .filter(file -> !file.startsWith(work.resolve("plugins")))
          .forEach(files::add);
    }
    return files;
  }

  private void searchAll() throws IOException {
    List<String> found = new ArrayList<>();
    for (String typed : List.of(ROMAJI, KANA, PASSWORD, PIN, PLAIN)) {
      found.addAll(search(typed));
    }
    assertEquals(List.of(), found);
  }

  private List<String> search(String typed) throws IOException {
    // A part is a trace too.
    String part = typed.substring(1, 1 + 6);
    List<String> found = new ArrayList<>();
    for (Path file : files()) {
      byte[] bytes = Files.readAllBytes(file);
      for (Map.Entry<String, byte[]> trace : Traces.of(part).entrySet()) {
        if (contains(bytes, trace.getValue())) {
          found.add(work.relativize(file) + " as " + trace.getKey());
        }
      }
    }
    return found;
  }

  private static boolean contains(byte[] where, byte[] what) {
    String text = new String(where, java.nio.charset.StandardCharsets.ISO_8859_1);
    return text.contains(new String(what, java.nio.charset.StandardCharsets.ISO_8859_1));
  }

  /** The search finds each form, planted in the middle of the whole text and of other bytes. */
  @Test
  void theSearchFindsEveryForm() throws IOException {
    for (String typed : List.of(KANA, PASSWORD)) {
      TreeSet<String> missed = new TreeSet<>();
      for (Map.Entry<String, byte[]> form : Traces.of(typed).entrySet()) {
        Path file = work.resolve("planted");
        byte[] around = new byte[form.getValue().length + 200];
        System.arraycopy(form.getValue(), 0, around, 97, form.getValue().length);
        Files.write(file, around);
        if (search(typed).isEmpty()) {
          missed.add(form.getKey());
        }
      }
      assertEquals(new TreeSet<>(), missed);
    }
  }
}
