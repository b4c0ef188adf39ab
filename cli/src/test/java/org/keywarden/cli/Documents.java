package org.keywarden.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages of the repository, and the commands in them. */
final class Documents {
  /** Of the repository; tests run in their module's directory. */
  static final Path ROOT = Path.of("..");

  private static final Pattern BLOCK =
      Pattern.compile("^ *```(\\w*)\n(.*?)^ *```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern COMMAND = Pattern.compile("(?:\\$ )?(?:\\./)?keywarden(?: .*)?");
  private static final Pattern SPAN = Pattern.compile("`([^`\n]+)`");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  /**
   * A command line as a page has it.
   *
   * @param words without the name of the program
   */
  record Line(String page, List<String> words) {
    boolean begins(String command) {
      return (String.join(" ", words) + " ").startsWith(command + " ");
    }

    @Override
    public String toString() {
      return page + ": keywarden " + String.join(" ", words);
    }
  }

  private Documents() {}

  /** Every page for people, decisions too. */
  static List<Path> pages() throws IOException {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(top, docs)
          .filter(page -> page.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  /** The blocks of a page in a language. */
  static List<String> blocks(String page, String language) {
    return BLOCK
        .matcher(page)
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }

  /** The keywarden command lines in blocks of shell, and those behind a prompt in other blocks. */
  static List<Line> commands() throws IOException {
    List<Line> commands = new ArrayList<>();
    for (Path page : pages()) {
      String text = Files.readString(page);
      for (String line : blocks(text, "sh").stream().flatMap(String::lines).toList()) {
        add(commands, page, line);
      }
      for (String line : blocks(text, "").stream().flatMap(String::lines).toList()) {
        if (line.startsWith("$ ")) {
          add(commands, page, line);
        }
      }
    }
    return commands;
  }

  private static void add(List<Line> commands, Path page, String line) {
    String command = line.replaceFirst("(^|\\s+)#.*", "").strip();
    if (COMMAND.matcher(command).matches()) {
      List<String> words = words(command.replaceFirst("^\\$ ", ""));
      commands.add(new Line(name(page), words.subList(1, words.size())));
    }
  }

  /** Commands in running text and in tables: {@code `keywarden audit tail [-n N]`}. */
  static List<Line> mentions() throws IOException {
    List<Line> mentions = new ArrayList<>();
    for (Path page : pages()) {
      Matcher span = SPAN.matcher(BLOCK.matcher(Files.readString(page)).replaceAll(""));
      while (span.find()) {
        if (COMMAND.matcher(span.group(1)).matches() && !span.group(1).startsWith("$")) {
          List<String> words = words(span.group(1).replaceAll("[\\[\\]|\\\\]", " "));
          mentions.add(new Line(name(page), words.subList(1, words.size())));
        }
      }
    }
    return mentions;
  }

  private static String name(Path page) {
    return ROOT.relativize(page).toString();
  }

  private static List<String> words(String command) {
    return WORD.matcher(command)
        .results()
        .map(
            word ->
                word.group(1) != null
                    ? word.group(1)
                    : word.group(2) != null ? word.group(2) : word.group(3))
        .toList();
  }
}
