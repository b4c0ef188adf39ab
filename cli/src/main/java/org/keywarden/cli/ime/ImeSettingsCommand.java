package org.keywarden.cli.ime;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.keywarden.cli.broker.AdminClient;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;
import org.keywarden.cli.console.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The settings of an engine: all, one, or one set. */
@Command(
    name = "settings",
    description = "The settings of an engine: all of them, one, or one set to a value.",
    mixinStandardHelpOptions = true)
final class ImeSettingsCommand implements Callable<Integer> {
  private static final int WIDEST = 40;

  @Mixin private AdminClient broker = new AdminClient();
  @Mixin private Output output = new Output();

  @Parameters(
      index = "0",
      paramLabel = "ID",
      completionCandidates = ImeIds.class,
      description = "The engine's id.")
  private String id = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "KEY",
      completionCandidates = ImeKeys.class,
      description = "Which setting.")
  private @Nullable String key;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "VALUE",
      description =
          "What it is to be: a text as it is, a number, true or false; of other types as GVariant"
              + " writes it.")
  private @Nullable String value;

  @Option(names = "--unset", description = "Have KEY be what the engine says by itself.")
  private boolean unset;

  @Option(names = "--keys", description = "Only the names of settings, one a line.")
  private boolean keys;

  @Override
  public Integer call() throws InterruptedException {
    if (unset && (key == null || value != null)) {
      throw new Failure(Exit.USAGE, "--unset goes with a KEY and no VALUE");
    }
    List<String> more = new ArrayList<>();
    if (key != null) {
      more.add(key);
    }
    if (value != null) {
      more.add(value);
    }
    List<List<String>> rows =
        new KeptByEngine(broker).ask("setting", unset ? "unset" : "settings", id, more);
    if (keys) {
      rows.forEach(row -> output.println(row.getFirst()));
    } else if (output.json()) {
      output.printJson(json(rows));
    } else if (key == null) {
      output.table(
          List.of("KEY", "VALUE", "", "IT IS", "WHAT IT DOES"),
          rows.stream().map(ImeSettingsCommand::line).toList());
    } else {
      rows.forEach(this::one);
    }
    return 0;
  }

  private static List<String> line(List<String> row) {
    return List.of(row.get(0), cut(row.get(2)), row.get(4), cut(row.get(5)), row.get(6));
  }

  private static String cut(String text) {
    return text.length() <= WIDEST ? text : text.substring(0, WIDEST - 3) + "...";
  }

  private void one(List<String> row) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of(row.get(0), row.get(2)));
    lines.add(List.of("default", row.get(3)));
    lines.add(List.of("it is", row.get(5)));
    for (String words : List.of(row.get(6), row.get(7))) {
      if (!words.isEmpty()) {
        lines.add(List.of("", words));
      }
    }
    output.table(List.of(), lines);
  }

  private static String json(List<List<String>> rows) {
    JsonArray all = new JsonArray();
    for (List<String> row : rows) {
      JsonObject one = new JsonObject();
      one.addProperty("key", row.get(0));
      one.addProperty("type", row.get(1));
      one.addProperty("value", row.get(2));
      one.addProperty("default", row.get(3));
      one.addProperty("set", !row.get(4).isEmpty());
      one.addProperty("fitting", row.get(5));
      one.addProperty("summary", row.get(6));
      one.addProperty("description", row.get(7));
      JsonArray choices = new JsonArray();
      row.subList(8, row.size()).forEach(choices::add);
      one.add("choices", choices);
      all.add(one);
    }
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(all);
  }
}
