package org.keywarden.cli.ime;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.keywarden.cli.broker.BrokerLaunch;
import org.keywarden.cli.broker.BrokerTool;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;
import org.keywarden.cli.console.Output;

/** Questions about input methods as they lie on disk. */
final class ImeFolder {
  private ImeFolder() {}

  /**
   * Asks and prints the answer.
   *
   * @return 0 if the answer is yes, 1 if it is no
   */
  static int ask(Output output, String question, String which) throws InterruptedException {
    return ask(output, BrokerLaunch.below(System.getProperty("keywarden.home")), question, which);
  }

  /** Asks what the sandbox would show an engine of IBus, and prints the answer, as above. */
  static int askOfEngine(Output output, String id) throws InterruptedException {
    BrokerLaunch launch = BrokerLaunch.below(System.getProperty("keywarden.home"));
    return ask(output, launch, "engine", launch.home().toString(), id);
  }

  private static int ask(Output output, BrokerLaunch launch, String... words)
      throws InterruptedException {
    return print(output, words[0], BrokerTool.ask(launch, List.of(words)));
  }

  /** Prints an answer: names, and values of one or more words. */
  static int print(Output output, String question, BrokerTool answer) {
    if (answer.rows().isEmpty()) {
      throw new Failure(Exit.UNAVAILABLE, question + " ended with status " + answer.status());
    }
    List<List<String>> rows =
        answer.rows().stream()
            .map(row -> List.of(row.getFirst(), String.join(" ", row.subList(1, row.size()))))
            .toList();
    if (output.json()) {
      output.printJson(json(rows));
    } else {
      output.table(List.of(), rows);
    }
    return answer.status();
  }

  /** Names to lists of values, since some come several times. */
  private static String json(List<List<String>> rows) {
    JsonObject all = new JsonObject();
    for (List<String> row : rows) {
      if (!all.has(row.getFirst())) {
        all.add(row.getFirst(), new JsonArray());
      }
      all.getAsJsonArray(row.getFirst()).add(row.get(1));
    }
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(all);
  }
}
