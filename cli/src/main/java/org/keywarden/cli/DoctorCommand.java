package org.keywarden.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Which protections this machine gives, and what to do about the missing ones. */
@Command(
    name = "doctor",
    description =
        "Which protections this machine gives, and what to do about missing ones. Exits 1 if input"
            + " methods cannot be isolated.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  private static final List<String> FIELDS = List.of("name", "level", "found", "remedy");

  @Mixin private Report report = new Report();

  @Override
  public Integer call() throws InterruptedException {
    BrokerTool answer =
        BrokerTool.ask(BrokerLaunch.below(System.getProperty("keywarden.home")), List.of("doctor"));
    if (answer.rows().isEmpty()) {
      throw new Failure(Main.UNAVAILABLE, "the examination ended with status " + answer.status());
    }
    if (report.json()) {
      report.printJson(json(answer.rows()));
    } else {
      print(answer.rows());
    }
    return answer.status();
  }

  private void print(List<List<String>> rows) {
    List<List<String>> table = new ArrayList<>();
    for (List<String> row : rows) {
      table.add(List.of(mark(row.get(1)), row.get(0), row.get(2)));
      if (!row.get(3).isEmpty()) {
        table.add(List.of("", "", "-> " + row.get(3)));
      }
    }
    report.table(List.of(), table);
  }

  private static String mark(String level) {
    return level.equals("PRESENT") ? "ok" : level.toLowerCase(Locale.ROOT);
  }

  private static String json(List<List<String>> rows) {
    JsonArray all = new JsonArray();
    for (List<String> row : rows) {
      JsonObject one = new JsonObject();
      for (int i = 0; i < FIELDS.size(); i++) {
        one.addProperty(FIELDS.get(i), row.get(i));
      }
      all.add(one);
    }
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(all);
  }
}
