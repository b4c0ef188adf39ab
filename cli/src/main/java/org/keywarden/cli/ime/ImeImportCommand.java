package org.keywarden.cli.ime;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import org.keywarden.cli.broker.AdminClient;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;
import org.keywarden.cli.console.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies what the user has of an engine outside of Keywarden. */
@Command(
    name = "import-data",
    description = "Copy your own dictionaries and what was learnt under ibus-daemon to an engine.",
    mixinStandardHelpOptions = true)
final class ImeImportCommand implements Callable<Integer> {
  private static final long KIB = 1024;

  @Mixin private AdminClient broker = new AdminClient();
  @Mixin private Output output = new Output();
  @Mixin private Consent consent = new Consent();

  @Parameters(
      paramLabel = "ID",
      completionCandidates = ImeIds.class,
      description = "The engine's id.")
  private String id = "";

  @Option(names = "--dry-run", description = "Only say what would be copied.")
  private boolean dry;

  @Override
  public Integer call() throws InterruptedException {
    KeptByEngine engine = new KeptByEngine(broker);
    List<List<String>> found = engine.ask("copy", "data", id, List.of());
    if (found.isEmpty()) {
      throw new Failure(Exit.FAILED, "there is nothing of " + id + " to copy in your home");
    }
    if (!output.json()) {
      found.forEach(each -> output.println(sentence(each)));
    }
    if (!dry) {
      consent.require("copy it");
      String plugin = engine.ask("plugin", "data", id, List.of()).getFirst().getFirst();
      found = engine.whileDown(plugin, () -> engine.ask("copy", "import", id, List.of()));
    }
    if (output.json()) {
      output.printJson(json(found));
    } else if (!dry) {
      output.println("copied; " + id + " has it when it is used next");
    }
    return 0;
  }

  private static String sentence(List<String> row) {
    long kib = (Long.parseLong(row.get(3)) + KIB - 1) / KIB;
    return row.get(0)
        + ": "
        + row.get(2)
        + (row.get(2).equals("1") ? " file, " : " files, ")
        + kib
        + " KiB"
        + (row.get(4).isEmpty() ? "" : ", in place of what the engine has there");
  }

  private String json(List<List<String>> rows) {
    JsonObject all = new JsonObject();
    all.addProperty("copied", !dry);
    JsonArray items = new JsonArray();
    for (List<String> row : rows) {
      JsonObject one = new JsonObject();
      one.addProperty("from", row.get(0));
      one.addProperty("files", Long.parseLong(row.get(2)));
      one.addProperty("bytes", Long.parseLong(row.get(3)));
      one.addProperty("replaces", !row.get(4).isEmpty());
      items.add(one);
    }
    all.add("items", items);
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(all);
  }
}
