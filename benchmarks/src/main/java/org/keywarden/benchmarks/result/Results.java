package org.keywarden.benchmarks.result;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The figures of a run and the conditions they hold under.
 *
 * @param notes how it was measured: warm-up, order of rounds, what was left out
 */
public record Results(String what, Conditions conditions, List<String> notes, List<Row> rows) {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  public String json() {
    return GSON.toJson(this) + "\n";
  }

  /** For people: the conditions, then one table per group. */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("# ").append(what).append(", ").append(conditions.date()).append("\n\n");
    condition(text, "CPU", conditions.cpu() + ", " + conditions.cores() + " cores");
    condition(text, "kernel", conditions.kernel());
    condition(text, "JDK", conditions.jdk());
    condition(text, "commit", conditions.commit());
    condition(text, "load average, 1 5 15 min, start -> end", conditions.load());
    condition(
        text, "flags of the broker's JVM", "`" + String.join(" ", conditions.brokerFlags()) + "`");
    notes.forEach(note -> text.append("- ").append(note).append('\n'));
    byGroup()
        .forEach(
            (group, members) -> {
              text.append("\n## ").append(group).append("\n\n");
              text.append("| | unit | p50 | p99 | p99.9 | max | samples | target |\n");
              text.append("|---|---|--:|--:|--:|--:|--:|---|\n");
              members.forEach(row -> line(text, row));
            });
    return text.toString();
  }

  private Map<String, List<Row>> byGroup() {
    Map<String, List<Row>> groups = new LinkedHashMap<>();
    rows.forEach(
        row -> groups.computeIfAbsent(row.group(), group -> new java.util.ArrayList<>()).add(row));
    return groups;
  }

  private static void condition(StringBuilder text, String name, String value) {
    text.append("- ").append(name).append(": ").append(value).append('\n');
  }

  private static void line(StringBuilder text, Row row) {
    Distribution values = row.values();
    boolean many = values.samples() > 1;
    text.append("| ").append(row.what()).append(" | ").append(row.unit()).append(" | ");
    text.append(number(values.p50())).append(" | ");
    text.append(values.samples() >= 100 ? number(values.p99()) : "").append(" | ");
    text.append(values.samples() >= 1_000 ? number(values.p999()) : "").append(" | ");
    text.append(many ? number(values.max()) : "").append(" | ");
    text.append(values.samples()).append(" | ");
    text.append(row.target() == null ? "" : row.target()).append(" |\n");
  }

  private static String number(double value) {
    return value >= 100
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.3g", value);
  }

  /**
   * Writes {@code <date>-<what>.json} and {@code .md}, and with whole paths a picture {@code .svg};
   * returns the second.
   */
  public Path write(Path directory) throws IOException {
    Files.createDirectories(directory);
    String name = conditions.date().replace(":", "") + "-" + what;
    Files.writeString(directory.resolve(name + ".json"), json());
    List<Row> paths = rows.stream().filter(row -> row.group().startsWith("Whole path")).toList();
    if (!paths.isEmpty()) {
      Files.writeString(directory.resolve(name + ".svg"), Plot.of(paths, "Keywarden"));
    }
    return Files.writeString(directory.resolve(name + ".md"), markdown());
  }
}
