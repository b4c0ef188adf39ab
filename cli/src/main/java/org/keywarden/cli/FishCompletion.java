package org.keywarden.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion script for fish, of which picocli makes none (fish's {@code complete(1)}). */
final class FishCompletion {
  private final StringBuilder script =
      new StringBuilder("# Completion of keywarden for fish\ncomplete -c keywarden -f\n");

  private FishCompletion() {}

  /** Returns the script for a command and all below it. */
  static String of(CommandLine line) {
    FishCompletion completion = new FishCompletion();
    completion.add(line, List.of());
    return completion.script.toString();
  }

  private void add(CommandLine line, List<String> path) {
    String condition = condition(line, path);
    line.getSubcommands()
        .forEach(
            (name, below) -> complete(condition, "-a " + name, summary(below.getCommandSpec())));
    for (OptionSpec option : line.getCommandSpec().options()) {
      if (!option.hidden()) {
        complete(condition, words(option), first(option.description()));
      }
    }
    line.getSubcommands()
        .forEach(
            (name, below) -> {
              List<String> further = new ArrayList<>(path);
              further.add(name);
              add(below, further);
            });
  }

  /** When this command was typed, and none below it. */
  private static String condition(CommandLine line, List<String> path) {
    List<String> conditions = new ArrayList<>();
    path.forEach(word -> conditions.add("__fish_seen_subcommand_from " + word));
    if (!line.getSubcommands().isEmpty()) {
      conditions.add(
          "not __fish_seen_subcommand_from " + String.join(" ", line.getSubcommands().keySet()));
    }
    return String.join("; and ", conditions);
  }

  private static String words(OptionSpec option) {
    StringBuilder words = new StringBuilder();
    for (String name : option.names()) {
      words.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
    }
    if (option.arity().max() > 0) {
      String label = option.paramLabel().toLowerCase(Locale.ROOT);
      // Files only where a file or directory is meant.
      words.append(label.equals("file") || label.equals("dir") ? " -r -F" : " -x");
    }
    return words.substring(1);
  }

  private void complete(String condition, String what, String description) {
    script
        .append("complete -c keywarden -n '")
        .append(condition)
        .append("' ")
        .append(what)
        .append(" -d '")
        .append(description.replace("\\", "\\\\").replace("'", "\\'"))
        .append("'\n");
  }

  private static String summary(CommandSpec spec) {
    return first(spec.usageMessage().description());
  }

  /** The first sentence. */
  private static String first(String[] description) {
    String all = String.join(" ", description).replace("$$", "$").replace("%n", " ");
    int end = all.indexOf(". ");
    return end < 0 ? all : all.substring(0, end + 1);
  }
}
