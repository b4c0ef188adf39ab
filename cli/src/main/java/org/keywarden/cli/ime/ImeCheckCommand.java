package org.keywarden.cli.ime;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keywarden.cli.broker.BrokerLaunch;
import org.keywarden.cli.broker.BrokerTool;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;
import org.keywarden.cli.console.Output;
import org.keywarden.cli.report.ExamPage;
import org.keywarden.conformance.exam.Candidate;
import org.keywarden.conformance.exam.Exam;
import org.keywarden.conformance.exam.Mark;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Is this input method a good one? */
@Command(
    name = "check",
    description =
        "Is this input method a good one? Runs it in its sandbox, below a broker of its own, and"
            + " types.",
    footer = "Exit status: 0 if it passed every check, 1 if it did not.",
    mixinStandardHelpOptions = true)
final class ImeCheckCommand implements Callable<Integer> {
  private static final int LEAST_KEYS = 1_000;

  @Mixin private Output output = new Output();

  @Parameters(
      paramLabel = "DIR|ID",
      completionCandidates = ImeIds.class,
      description = "Its directory; or the id of an installed one, or of an engine of IBus.")
  private String which = "";

  @Option(
      names = "--type",
      paramLabel = "TEXT",
      description =
          "What to type, so that it shows what it can do (default: words for the samples).")
  private String typed = Candidate.USUAL;

  @Option(
      names = "--keys",
      paramLabel = "N",
      description = "How many keys its memory is watched over (default: ${DEFAULT-VALUE}).")
  private int keys = 100_000;

  @Option(names = "--html", paramLabel = "FILE", description = "Make a page of what was found.")
  private @Nullable Path page;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (keys < LEAST_KEYS || typed.isBlank() || !typed.chars().allMatch(c -> c < 0x7F)) {
      throw new Failure(
          Exit.USAGE, "--keys is at least " + LEAST_KEYS + ", --type some characters of ASCII");
    }
    BrokerLaunch launch = BrokerLaunch.below(System.getProperty("keywarden.home"));
    Candidate candidate = candidate(launch);
    Path work = Files.createTempDirectory("keywarden-check");
    List<Mark> marks;
    try {
      marks = Exam.take(launch.home(), work, candidate, this::say);
    } finally {
      delete(work);
    }
    if (page != null) {
      Files.writeString(page, ExamPage.of(candidate.id(), marks));
    }
    long passed = marks.stream().filter(Mark::passed).count();
    if (output.json()) {
      output.printJson(json(candidate.id(), marks, passed));
    } else {
      output.println("Score: " + passed + " of " + marks.size());
    }
    return passed == marks.size() ? 0 : Exit.FAILED;
  }

  /** A directory, what was added, what is in the installation, or else an engine. */
  private Candidate candidate(BrokerLaunch launch) throws InterruptedException, IOException {
    Path directory = Path.of(which).toAbsolutePath().normalize();
    if (Files.isDirectory(directory)) {
      BrokerTool described = BrokerTool.ask(launch, List.of("lint", directory.toString()));
      return of(described.value("id").isEmpty() ? which : described.value("id"), directory);
    }
    Path plugins = launch.home().resolve("plugins");
    Path shipped = plugins.resolve(which).normalize();
    if (Files.isDirectory(shipped) && plugins.equals(shipped.getParent())) {
      return of(which, shipped);
    }
    BrokerTool added = BrokerTool.ask(launch, List.of("inspect", which));
    if (added.status() == 0) {
      return of(which, Path.of(added.value("reads")));
    }
    return of(which, null);
  }

  private Candidate of(String id, @Nullable Path directory) {
    return new Candidate(id, directory, typed, keys);
  }

  private void say(Mark mark) {
    if (!output.json()) {
      boolean plain = mark.observed().isEmpty();
      output.println(
          (mark.passed() ? "passed  " : "FAILED  ")
              + mark.name()
              + (plain ? "" : ": " + mark.observed()));
    }
  }

  private static String json(String id, List<Mark> marks, long passed) {
    JsonObject all = new JsonObject();
    all.addProperty("id", id);
    all.addProperty("score", passed);
    all.addProperty("of", marks.size());
    JsonArray each = new JsonArray();
    for (Mark mark : marks) {
      JsonObject one = new JsonObject();
      one.addProperty("check", mark.name());
      one.addProperty("passed", mark.passed());
      one.addProperty("observed", mark.observed());
      each.add(one);
    }
    all.add("checks", each);
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(all);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
