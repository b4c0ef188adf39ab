package org.keywarden.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every package of every module uses what the table in docs/rooms.md gives it, no more and no less.
 * It stands in this module because this one is built when all others are.
 */
final class RoomsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern BLOCK =
      Pattern.compile("^```\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern USE =
      Pattern.compile(" +org\\.keywarden\\.(\\S+) +-> org\\.keywarden\\.(\\S+) .*");

  /** What protoc made, and what JMH did, in one word each. */
  private static String room(String name) {
    return name.replaceFirst("^proto\\.\\w+\\.v1$", "proto.v1")
        .replaceFirst("\\.jmh_generated$", "");
  }

  private static Map<String, List<String>> table() throws IOException {
    Matcher block = BLOCK.matcher(Files.readString(ROOT.resolve("docs/rooms.md")));
    assertTrue(block.find());
    Map<String, List<String>> table = new LinkedHashMap<>();
    for (String line : block.group(1).lines().toList()) {
      List<String> words = List.of(line.trim().split("\\s+"));
      table.put(words.getFirst(), words.subList(1, words.size()));
    }
    return table;
  }

  private static SortedMap<String, SortedSet<String>> uses() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-verbose:package", "-filter:none"));
    try (Stream<Path> modules = Files.list(ROOT)) {
      modules
          .filter(module -> Files.exists(module.resolve("pom.xml")))
          .map(module -> module.resolve("target/classes"))
          .filter(classes -> Files.isDirectory(classes.resolve("org/keywarden")))
          .forEach(classes -> arguments.add(classes.toString()));
    }
    StringWriter out = new StringWriter();
    ToolProvider.findFirst("jdeps")
        .orElseThrow()
        .run(new PrintWriter(out), new PrintWriter(out), arguments.toArray(String[]::new));
    SortedMap<String, SortedSet<String>> uses = new TreeMap<>();
    out.toString()
        .lines()
        .map(USE::matcher)
        .filter(Matcher::matches)
        .forEach(
            use -> {
              String user = room(use.group(1));
              String used = room(use.group(2));
              uses.computeIfAbsent(used, each -> new TreeSet<>());
              uses.computeIfAbsent(user, each -> new TreeSet<>()).add(used);
            });
    uses.forEach((user, used) -> used.remove(user));
    return uses;
  }

  private static List<String> complaints(
      Map<String, List<String>> table, SortedMap<String, SortedSet<String>> uses) {
    List<String> complaints = new ArrayList<>();
    List<String> above = new ArrayList<>();
    table.forEach(
        (room, allowed) -> {
          for (String each : allowed) {
            if (!above.contains(each)) {
              complaints.add(room + " may use " + each + ", which is not above it");
            }
          }
          above.add(room);
          Set<String> used = uses.getOrDefault(room, new TreeSet<>());
          used.stream()
              .filter(each -> !allowed.contains(each))
              .forEach(each -> complaints.add(room + " uses " + each));
          allowed.stream()
              .filter(each -> !used.contains(each))
              .forEach(each -> complaints.add(room + " does not use " + each));
          if (!uses.containsKey(room)) {
            complaints.add("there is no " + room);
          }
        });
    uses.keySet().stream()
        .filter(room -> !table.containsKey(room))
        .forEach(room -> complaints.add("not in the table: " + room + " " + uses.get(room)));
    return complaints;
  }

  @Test
  void everyPackageUsesWhatTheTableSays() throws IOException {
    assertEquals(List.of(), complaints(table(), uses()));
  }

  @Test
  void eachLineCanFail() throws IOException {
    SortedMap<String, SortedSet<String>> uses = uses();
    Map<String, List<String>> table = table();
    for (String room : table.keySet()) {
      for (String planted : table.keySet()) {
        Set<String> used = uses.computeIfAbsent(room, each -> new TreeSet<>());
        if (!planted.equals(room) && used.add(planted)) {
          assertFalse(complaints(table, uses).isEmpty(), room + " -> " + planted);
          used.remove(planted);
        }
      }
    }
  }
}
