package org.keywarden.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * Pages name only what exists: commands and options, files, tests, classes. {@code
 * DocumentedCommandsIT} runs the commands.
 */
final class DocumentsTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
  private static final Pattern JAVA_NAME = Pattern.compile("`((?:[a-z]+\\.)*)([A-Z][A-Za-z]+)\\b");
  private static final Pattern MAVEN_TEST = Pattern.compile("-D(?:it\\.)?test='?([A-Z]\\w+)");

  /** What the launcher script does itself, and the options of it there are. */
  private static final Map<String, Pattern> OF_THE_SCRIPT =
      Map.of(
          "test", Pattern.compile("--no-desktop|--packages|-[DP][\\w.]+(=\\S+)?"),
          "package", Pattern.compile("(?!)"),
          "fuzz", Pattern.compile("codec|wayland|door"),
          "mutation", Pattern.compile("seat|capability|policy|ibus|audit"));

  static List<Documents.Line> commands() throws IOException {
    return Documents.commands();
  }

  static List<Documents.Line> mentions() throws IOException {
    return Documents.mentions();
  }

  static List<Path> pages() throws IOException {
    return Documents.pages();
  }

  @Test
  void thereAreCommands() throws IOException {
    assertTrue(commands().size() >= 30, () -> "found too few");
    assertTrue(mentions().size() >= 30, () -> "found too few");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aCommandOfAPageIsOne(Documents.Line line) throws IOException {
    String first = line.words().getFirst();
    Pattern ofTheScript = OF_THE_SCRIPT.get(first);
    if (ofTheScript != null) {
      assertTheScriptKnows(first);
      for (String word : line.words().subList(1, line.words().size())) {
        assertTrue(ofTheScript.matcher(word).matches(), word);
      }
    } else if (first.equals("bench") || first.equals("fleet")) {
      // DocumentedBenchTest and DocumentedFleetTest have their options.
      assertTheScriptKnows(first);
    } else {
      assertDoesNotThrow(
          () -> Main.commandLine(false).parseArgs(line.words().toArray(new String[0])),
          line::toString);
    }
  }

  private static void assertTheScriptKnows(String word) throws IOException {
    String script = Files.readString(Documents.ROOT.resolve("keywarden"));
    Pattern label = Pattern.compile("(?m)^  ([a-z]+ \\| )*" + word + "( \\| [a-z]+)*\\)$");
    assertTrue(label.matcher(script).find() || script.contains("$verb == " + word + " "), word);
  }

  @ParameterizedTest
  @MethodSource("mentions")
  void aMentionedCommandHasTheOptionsNamedWithIt(Documents.Line line) throws IOException {
    if (line.words().isEmpty()
        || line.begins("bench")
        || line.begins("fleet")
        || OF_THE_SCRIPT.containsKey(line.words().getFirst())) {
      return;
    }
    CommandLine command = Main.commandLine(false);
    int depth = 0;
    for (String word : line.words()) {
      CommandLine next = command.getSubcommands().get(word);
      if (next == null) {
        break;
      }
      command = next;
      depth++;
    }
    boolean leaf = command.getSubcommands().isEmpty();
    Map<String, ?> options = command.getCommandSpec().optionsMap();
    String reached = command.getCommandSpec().qualifiedName();
    assertTrue(
        depth == line.words().size() || leaf || line.words().get(depth).startsWith("-"),
        () -> line + " is no command; there is " + reached);
    for (String word : line.words().subList(depth, line.words().size())) {
      if (word.startsWith("-")) {
        assertTrue(
            options.containsKey(word.replaceFirst("=.*", "")), () -> reached + " has no " + word);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void whatAPageLinksToIsThere(Path page) throws IOException {
    for (MatchResult link : LINK.matcher(Files.readString(page)).results().toList()) {
      if (!link.group(1).contains("://") && !link.group(1).startsWith("mailto:")) {
        assertTrue(Files.exists(page.resolveSibling(link.group(1))), link.group(1));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void aTestThatAPageHasMavenRunIsThere(Path page) throws IOException {
    Set<String> classes = classes("src/test");
    for (MatchResult test : MAVEN_TEST.matcher(Files.readString(page)).results().toList()) {
      assertTrue(classes.contains(test.group(1)), test.group(1));
    }
  }

  /** A name with a package is a class there; any other is a class, or a word of some source. */
  @Test
  void whatTheArchitectureNamesIsThere() throws IOException {
    Map<String, List<Path>> sources = sources();
    StringBuilder all = new StringBuilder();
    for (List<Path> files : sources.values()) {
      for (Path file : files) {
        if (file.toString().contains("src/main")) {
          all.append(Files.readString(file));
        }
      }
    }
    String page = Files.readString(Documents.ROOT.resolve("docs/architecture.md"));
    List<String> missing = new ArrayList<>();
    List<MatchResult> names = JAVA_NAME.matcher(page).results().toList();
    assertFalse(names.isEmpty());
    for (MatchResult name : names) {
      String folder = "/" + name.group(1).replace('.', '/');
      boolean isClass =
          sources.getOrDefault(name.group(2), List.of()).stream()
              .anyMatch(file -> (file.getParent() + "/").endsWith(folder));
      boolean isWord =
          name.group(1).isEmpty()
              && Pattern.compile("\\b" + name.group(2) + "\\b").matcher(all).find();
      if (!isClass && !isWord) {
        missing.add(name.group());
      }
    }
    assertEquals(List.of(), missing);
  }

  private static Set<String> classes(String below) throws IOException {
    return sources().entrySet().stream()
        .filter(each -> each.getValue().stream().anyMatch(file -> file.toString().contains(below)))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Every source file of the repository by the name of its class. */
  private static Map<String, List<Path>> sources() throws IOException {
    List<Path> roots = new ArrayList<>();
    try (Stream<Path> modules = Files.list(Documents.ROOT)) {
      modules.map(module -> module.resolve("src")).filter(Files::isDirectory).forEach(roots::add);
    }
    List<Path> all = new ArrayList<>();
    for (Path root : roots) {
      try (Stream<Path> files = Files.walk(root)) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(all::add);
      }
    }
    return all.stream()
        .collect(
            Collectors.groupingBy(
                file -> file.getFileName().toString().replaceFirst("\\.java$", "")));
  }
}
