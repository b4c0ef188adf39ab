package org.keywarden.benchmarks;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every {@code ./keywarden bench} that a page shows is one. */
final class DocumentedBenchTest {
  private static final Pattern COMMAND =
      Pattern.compile("\\./keywarden bench((?: +[^`\\s#|][^`\\s]*)*)");

  static List<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    try (Stream<Path> top = Files.list(Path.of(".."));
        Stream<Path> docs = Files.walk(Path.of("../docs"))) {
      for (Path page :
          Stream.concat(top, docs).filter(p -> p.toString().endsWith(".md")).toList()) {
        COMMAND
            .matcher(Files.readString(page))
            .results()
            .map((MatchResult command) -> command.group(1).strip())
            .forEach(commands::add);
      }
    }
    return commands;
  }

  @Test
  void thereAreSome() throws IOException {
    assertFalse(commands().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void itParses(String options) {
    String[] words = options.isEmpty() ? new String[0] : options.split(" +");
    assertDoesNotThrow(() -> Main.commandLine().parseArgs(words));
  }
}
