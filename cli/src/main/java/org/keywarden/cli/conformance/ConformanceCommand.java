package org.keywarden.cli.conformance;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keywarden.cli.broker.BrokerLaunch;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;
import org.keywarden.cli.console.Text;
import org.keywarden.conformance.Attack;
import org.keywarden.conformance.Conformance;
import org.keywarden.conformance.Length;
import org.keywarden.conformance.Result;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Attacks the installed broker and says whether it held. */
@Command(
    name = "conformance",
    description = "Attacks a broker of this installation and says whether each guarantee held.",
    footer = "Exit status: 0 if every attack was repelled, 1 if one was not.",
    mixinStandardHelpOptions = true)
public final class ConformanceCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "WHICH",
      arity = "0..*",
      description = "Only these attacks: a guarantee (G1 to G10) or a name. All if none is given.")
  private List<String> which = List.of();

  @Option(names = "--list", description = "Print the attacks and carry none out.")
  private boolean list;

  @Option(names = "--json", description = "Print one JSON object per attack.")
  private boolean json;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "Leave the broker's log and what the puppets reported in this empty directory.")
  private @Nullable Path keep;

  @Option(
      names = "--long",
      description = "Let each attack on the service go on for half a minute instead of seconds.")
  private boolean longer;

  @Option(
      names = "--sandbox",
      description =
          "Instead of attacking the broker, have a plugin try to get out of its sandbox, and show"
              + " that it could without.")
  private boolean sandbox;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (sandbox) {
      return SandboxReport.make(
          BrokerLaunch.below(System.getProperty("keywarden.home")).home(), json, out());
    }
    List<Attack> chosen = chosen();
    if (list) {
      chosen.forEach(attack -> out().println(attack.title() + ": " + attack.description()));
      return 0;
    }
    Path home = BrokerLaunch.below(System.getProperty("keywarden.home")).home();
    Path kept = keep;
    Path work = kept == null ? Files.createTempDirectory("keywarden-kit") : emptied(kept);
    try (Conformance conformance =
        new Conformance(home, work, longer ? Length.LONG : Length.SHORT)) {
      return verdict(run(conformance, chosen));
    } finally {
      if (kept == null) {
        delete(work);
      }
    }
  }

  private List<Attack> chosen() {
    for (String each : which) {
      if (Conformance.catalogue().stream().noneMatch(attack -> answersTo(attack, each))) {
        throw new Failure(
            Exit.USAGE, "no attack is called '" + each + "'; keywarden conformance --list has all");
      }
    }
    return Conformance.catalogue().stream()
        .filter(a -> which.isEmpty() || which.stream().anyMatch(each -> answersTo(a, each)))
        .toList();
  }

  private static boolean answersTo(Attack attack, String word) {
    return attack.guarantee().equalsIgnoreCase(word) || attack.name().equalsIgnoreCase(word);
  }

  private static Path emptied(Path directory) throws IOException {
    Files.createDirectories(directory);
    try (Stream<Path> inside = Files.list(directory)) {
      if (inside.findAny().isPresent()) {
        throw new Failure(Exit.USAGE, directory + " is not empty; name a new directory");
      }
    }
    return directory;
  }

  private List<Result> run(Conformance conformance, List<Attack> chosen) throws IOException {
    PrintWriter err = line().getErr();
    List<Result> results = new ArrayList<>();
    for (Attack attack : chosen) {
      if (results.isEmpty()) {
        err.println("Starting a broker and two hostile input methods ...");
        err.flush();
      }
      Result result = conformance.run(attack);
      results.add(result);
      print(result, results.size(), chosen.size());
    }
    return results;
  }

  private void print(Result result, int number, int of) {
    PrintWriter out = out();
    if (json) {
      out.println(Text.visibleJson(result.json()));
    } else {
      String mark = result.passed() ? "held  " : "BROKEN";
      out.println(
          Text.visible(
              String.format(
                  "%3d/%d  %s  %-3s  %s", number, of, mark, result.guarantee(), result.name())));
      if (!result.passed()) {
        out.println("          tried:    " + Text.visible(result.description()));
        out.println("          observed: " + Text.visible(result.observed()));
      }
    }
    out.flush();
  }

  private int verdict(List<Result> results) {
    long broken = results.stream().filter(result -> !result.passed()).count();
    if (!json) {
      out()
          .println(
              broken == 0
                  ? "All " + results.size() + " attacks were repelled."
                  : broken + " of " + results.size() + " attacks got through.");
    }
    return broken == 0 ? 0 : Exit.FAILED;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }

  private PrintWriter out() {
    return line().getOut();
  }

  private picocli.CommandLine line() {
    return Objects.requireNonNull(spec).commandLine();
  }
}
