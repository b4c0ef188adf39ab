package org.keywarden.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual pages of all commands (man(7)), from the same data as their help. */
public final class ManPages {
  private final Map<String, String> pages = new TreeMap<>();

  private ManPages() {}

  /**
   * Writes them.
   *
   * @param arguments the directory, which is made; its files get names such as {@code
   *     keywarden-run.1}
   */
  public static void main(String[] arguments) throws IOException {
    Path directory = Files.createDirectories(Path.of(arguments[0]));
    for (Map.Entry<String, String> page : of(Main.commandLine(false)).entrySet()) {
      Files.writeString(
          directory.resolve(page.getKey() + ".1"), page.getValue(), StandardCharsets.UTF_8);
    }
  }

  /** Returns the pages of a command and all below it, by their names. */
  static Map<String, String> of(CommandLine line) {
    ManPages pages = new ManPages();
    pages.add(line, null);
    return pages.pages;
  }

  private void add(CommandLine line, @Nullable String above) {
    String name = name(line);
    pages.put(name, page(line, above));
    line.getSubcommands().values().forEach(below -> add(below, name));
  }

  private static String name(CommandLine line) {
    return line.getCommandSpec().qualifiedName("-");
  }

  private static String page(CommandLine line, @Nullable String above) {
    CommandSpec spec = line.getCommandSpec();
    String version = String.join(" ", spec.root().version());
    String description = text(spec.usageMessage().description());
    List<String> rows = new ArrayList<>();
    rows.add(".TH " + name(line).toUpperCase(Locale.ROOT) + " 1 \"\" \"" + version + "\"");
    rows.add(".SH NAME");
    rows.add(roff(name(line)) + " \\- " + sentence(description));
    rows.add(".SH SYNOPSIS");
    rows.add(synopsis(spec));
    rows.add(".SH DESCRIPTION");
    rows.add(description);
    rows.addAll(arguments(spec));
    rows.addAll(commands(line));
    rows.add(".SH SEE ALSO");
    rows.add(
        above == null
            ? "The guides in /usr/share/doc/keywarden."
            : "\\fB" + roff(above) + "\\fR(1)");
    return String.join("\n", rows) + "\n";
  }

  private static String synopsis(CommandSpec spec) {
    StringBuilder words =
        new StringBuilder("\\fB" + roff(spec.qualifiedName()) + "\\fR [\\fIOPTION\\fR]...");
    for (PositionalParamSpec each : spec.positionalParameters()) {
      String label = "\\fI" + roff(each.paramLabel()) + "\\fR";
      words.append(each.required() ? " " + label : " [" + label + "]");
      words.append(each.arity().max() > 1 || each.index().isVariable() ? "..." : "");
    }
    if (!spec.subcommands().isEmpty()) {
      words.append(" \\fICOMMAND\\fR");
    }
    return words.toString();
  }

  private static List<String> arguments(CommandSpec spec) {
    List<String> rows = new ArrayList<>(List.of(".SH OPTIONS"));
    for (PositionalParamSpec each : spec.positionalParameters()) {
      rows.addAll(entry("\\fI" + roff(each.paramLabel()) + "\\fR", explained(each)));
    }
    for (OptionSpec each : spec.options()) {
      if (!each.hidden()) {
        List<String> names = new ArrayList<>();
        for (String name : each.names()) {
          names.add("\\fB" + roff(name) + "\\fR");
        }
        String value = each.arity().max() > 0 ? " \\fI" + roff(each.paramLabel()) + "\\fR" : "";
        rows.addAll(entry(String.join(", ", names) + value, explained(each)));
      }
    }
    return rows;
  }

  private static List<String> commands(CommandLine line) {
    List<String> rows = new ArrayList<>();
    if (!line.getSubcommands().isEmpty()) {
      rows.add(".SH COMMANDS");
      line.getSubcommands()
          .values()
          .forEach(
              below -> {
                CommandSpec spec = below.getCommandSpec();
                rows.addAll(
                    entry(
                        "\\fB" + roff(name(below)) + "\\fR(1)",
                        text(spec.usageMessage().description())));
              });
    }
    return rows;
  }

  private static List<String> entry(String head, String body) {
    return List.of(".TP", head, body);
  }

  private static String explained(ArgSpec argument) {
    String candidates =
        argument.completionCandidates() == null
            ? ""
            : String.join(", ", argument.completionCandidates());
    String[] description = argument.description().clone();
    for (int i = 0; i < description.length; i++) {
      description[i] = description[i].replace("${COMPLETION-CANDIDATES}", candidates);
    }
    return text(description);
  }

  /** What the help shows, as one paragraph. */
  private static String text(String[] description) {
    StringBuilder shown = new StringBuilder();
    for (String each : description) {
      shown.append(Ansi.OFF.string(each.replace("$$", "$").replace("%n", " "))).append(' ');
    }
    return roff(shown.toString().strip().replaceAll("\\s+", " "));
  }

  private static String sentence(String description) {
    int end = description.indexOf(". ");
    String first = end < 0 ? description : description.substring(0, end);
    return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
  }

  private static String roff(String text) {
    String escaped = text.replace("\\", "\\e").replace("-", "\\-");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}
