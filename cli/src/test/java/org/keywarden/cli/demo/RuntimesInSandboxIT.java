package org.keywarden.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.cli.broker.BrokerLaunch;
import org.keywarden.proto.host.v1.Route;
import org.keywarden.proto.input.v1.ContentType;
import org.keywarden.proto.input.v1.Purpose;

/** The samples in other languages, in the broker's sandbox, with the interpreters of the system. */
final class RuntimesInSandboxIT {
  @TempDir private Path work;

  private static ContentType of(Purpose purpose) {
    return ContentType.newBuilder().setPurpose(purpose).build();
  }

  @Test
  void pythonPicksAnEmojiByItsName() throws IOException {
    copy(Path.of("../sdk/python/examples/emoji"), "org.keywarden.emoji");
    try (DemoBroker broker = start("org.keywarden.emoji");
        ScriptedApplication application = broker.application("editor")) {
      application.focus(of(Purpose.PURPOSE_FREE_FORM));
      application.type("a:snowman b");
      assertEquals("a☃b", application.text());
      application.blur();

      application.focus(of(Purpose.PURPOSE_PASSWORD));
      assertEquals(List.of(Route.ROUTE_GUARDED), application.routes());
      application.type(":snowman ");
      assertEquals(":snowman ", application.text());
      application.blur();

      application.focus(of(Purpose.PURPOSE_FREE_FORM));
      application.type(":snowflake ");
      assertEquals("❄", application.text());
    }
  }

  /** With the packages that {@code keywarden test} has put there instead of npm's. */
  @Test
  void nodeWritesVietnamese() throws IOException {
    copy(Path.of("../sdk/node/examples/telex"), "org.keywarden.telex");
    Path modules = Path.of("plugins/org.keywarden.telex/node_modules");
    copyTree(Path.of("../sdk/target/node/node_modules"), work.resolve(modules));
    copyTree(home().resolve("runtimes/node"), work.resolve(modules));
    try (DemoBroker broker = start("org.keywarden.telex");
        ScriptedApplication application = broker.application("editor")) {
      application.focus(of(Purpose.PURPOSE_FREE_FORM));
      application.type("tieengs Vieetj ");
      assertEquals("tiếng Việt ", application.text());
      application.blur();

      application.focus(of(Purpose.PURPOSE_PASSWORD));
      application.type("Vieetj ");
      assertEquals("Vieetj ", application.text());
    }
  }

  private DemoBroker start(String id) throws IOException {
    return DemoBroker.startWith(
        work,
        arguments ->
            BrokerLaunch.below(home().toString())
                // In ms: a busy machine is not to decide what is composed.
                .command(
                    Stream.concat(arguments.stream(), Stream.of("--answer-within", "10000"))
                        .toList()),
        id);
  }

  private static Path home() {
    return Path.of(System.getProperty("keywarden.dist", "")).toAbsolutePath();
  }

  private void copy(Path from, String id) throws IOException {
    copyTree(from, work.resolve("plugins").resolve(id));
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }
}
