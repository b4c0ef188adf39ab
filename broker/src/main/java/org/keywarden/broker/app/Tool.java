package org.keywarden.broker.app;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.keywarden.broker.plugin.PluginManifest;
import org.keywarden.broker.plugin.engines.ChoiceFile;
import org.keywarden.broker.plugin.engines.EngineLookup;
import org.keywarden.broker.plugin.engines.EnginePlaces;
import org.keywarden.broker.plugin.engines.EngineReader;
import org.keywarden.broker.plugin.engines.InputMethods;
import org.keywarden.broker.plugin.installed.InstalledPlugins;
import org.keywarden.broker.plugin.installed.ManifestLoader;
import org.keywarden.broker.plugin.installed.Runtimes;
import org.keywarden.broker.plugin.sandbox.Examination;
import org.keywarden.broker.plugin.sandbox.FileErrors;
import org.keywarden.broker.plugin.sandbox.HostPaths;
import org.keywarden.broker.plugin.sandbox.Protection;
import org.keywarden.hardening.Installation;
import org.keywarden.ibus.component.BadComponent;
import org.keywarden.proto.text.VisibleText;

/**
 * What the command line asks of the broker's code without a running broker. Prints lines of fields,
 * separated by tabs. Exit status: 0 yes, 1 no, 64 misused.
 *
 * <pre>
 * doctor HOME  name, level, found, remedy of each protection
 * lint DIR     "refused" and why; or what the sandbox would show and allow, as name and value
 * engine HOME ID  the same of an engine of IBus, run by the installation in HOME
 * arrange HOME +ID... -ID... =ID...  enables, disables and puts first in the user's file; "refused"
 *              and why, or "enabled" and an id for each that is; "unknown" for what may be missing
 * inspect ID   the same of an installed plugin
 * add DIR      installs; "refused" and why, or "added" and the id
 * remove ID    "refused" and why, or "removed" and the id
 * </pre>
 *
 * <p>And what {@link EngineTool} says of engines, and {@link PackTool} of packs.
 */
public final class Tool {
  private static final int REFUSED = 1;
  private static final int MISUSED = 64;

  private final PrintStream out;
  private final HostPaths hosts;
  private final ManifestLoader loader;
  private final InstalledPlugins installed;

  private Tool(PrintStream out, HostPaths hosts, Runtimes runtimes, InstalledPlugins installed) {
    this.out = out;
    this.hosts = hosts;
    this.loader = new ManifestLoader(hosts, runtimes);
    this.installed = installed;
  }

  /** Does one of the above. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Console.tellFaults();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Runtimes runtimes = Runtimes.of(Path.of(System.getProperty("keywarden.home", "")));
    System.exit(
        run(List.of(arguments), out, runtimes, InstalledPlugins.directory(System.getenv())));
  }

  static int run(List<String> words, PrintStream out, Runtimes runtimes, Path plugins)
      throws IOException, InterruptedException {
    Tool tool =
        new Tool(
            out,
            HostPaths.of(plugins.resolveSibling("data"), List.of()),
            runtimes,
            new InstalledPlugins(plugins));
    if (words.size() >= EngineTool.LEAST_WORDS && EngineTool.COMMANDS.contains(words.getFirst())) {
      return new EngineTool(tool::line, tool.hosts, System.getenv()).run(words);
    }
    if (words.size() == PackTool.WORDS && PackTool.COMMANDS.contains(words.getFirst())) {
      return new PackTool(
              tool::line, tool.loader, tool.installed, plugins.resolveSibling("publishers"))
          .run(words);
    }
    if (words.size() == 3 && words.getFirst().equals("engine")) {
      return tool.engine(Path.of(words.get(1)).toAbsolutePath(), words.get(2), System.getenv());
    }
    if (words.size() > 2 && words.getFirst().equals("arrange")) {
      return tool.arrange(
          Path.of(words.get(1)).toAbsolutePath(), words.subList(2, words.size()), System.getenv());
    }
    if (words.size() != 2) {
      return MISUSED;
    }
    String what = words.get(1);
    return switch (words.getFirst()) {
      case "doctor" -> tool.doctor(Path.of(what));
      case "lint" -> tool.lint(Path.of(what).toAbsolutePath().normalize());
      case "inspect" -> tool.inspect(what);
      case "add" -> tool.add(Path.of(what).toAbsolutePath().normalize());
      case "remove" -> tool.remove(what);
      default -> MISUSED;
    };
  }

  private int doctor(Path home) throws IOException, InterruptedException {
    int uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    Path directory = Files.createTempDirectory("keywarden-doctor");
    try {
      List<Protection> found = new ArrayList<>(Examination.of(Path.of("/"), directory, uid));
      found.addAll(MemoryTrial.of(home, Confining.java(), uid));
      for (Protection each : found) {
        line(each.name(), each.level().name(), each.found(), each.remedy());
      }
      return found.stream().allMatch(Protection::permitsPlugins) ? 0 : REFUSED;
    } finally {
      try (Stream<Path> left = Files.list(directory)) {
        for (Path file : left.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(directory);
    }
  }

  private int lint(Path directory) {
    return switch (loader.load(directory)) {
      case ManifestLoader.Outcome.Refused refused -> refuse(refused.problems());
      case ManifestLoader.Outcome.Loaded loaded -> {
        describe(loaded.manifest());
        yield 0;
      }
    };
  }

  private int engine(Path home, String id, Map<String, String> environment) throws IOException {
    EnginePlaces places =
        EngineModule.places(
            home,
            EnginePlaces.configuration(environment),
            Options.stateDirectory(environment),
            environment,
            Options.USUAL_ANSWER_MILLIS);
    try {
      EngineLookup.Answer found = new EngineLookup(places, new EngineReader(places, hosts)).of(id);
      if (!found.problem().isEmpty()) {
        return refuse(List.of(found.problem()));
      }
      line("profile", found.profile().toString());
      describe(found.manifest());
      return 0;
    } catch (BadComponent e) {
      return refuse(String.valueOf(e.getMessage()).lines().toList());
    }
  }

  private int arrange(Path home, List<String> changes, Map<String, String> environment) {
    Path configuration = EnginePlaces.configuration(environment);
    EnginePlaces places =
        EngineModule.places(
            home,
            configuration,
            Options.stateDirectory(environment),
            environment,
            Options.USUAL_ANSWER_MILLIS);
    EngineLookup engines = new EngineLookup(places, new EngineReader(places, hosts));
    List<String> enable = those("+", changes);
    try {
      for (String each : enable) {
        if (!Files.isDirectory(new Installation(home).plugins().resolve(plugin(each)))
            && !isAdded(each)) {
          String problem = problem(engines, each);
          if (!problem.isEmpty()) {
            return refuse(List.of(each + " cannot be used: " + problem));
          }
        }
      }
      new ChoiceFile(configuration)
          .arrange(enable, those("-", changes), those("=", changes))
          .forEach(each -> line("enabled", each));
      return 0;
    } catch (InputMethods.Refused | ChoiceFile.Unusable e) {
      return refuse(String.valueOf(e.getMessage()).lines().toList());
    }
  }

  /** Programs that list engines run below a broker only, so what none has listed may be there. */
  private String problem(EngineLookup engines, String id) {
    try {
      return engines.of(id).problem();
    } catch (BadComponent unknown) {
      line("unknown", id);
      return "";
    }
  }

  private boolean isAdded(String id) {
    try {
      return Files.isDirectory(installed.find(plugin(id)));
    } catch (IOException notThere) {
      return false;
    }
  }

  /** Of an input method; behind the slash is which of the plugin's. */
  private static String plugin(String id) {
    return id.split("/", 2)[0];
  }

  private static List<String> those(String sign, List<String> changes) {
    return changes.stream()
        .filter(each -> each.startsWith(sign))
        .map(each -> each.substring(1))
        .toList();
  }

  private int inspect(String id) {
    try {
      return lint(installed.find(id));
    } catch (IOException e) {
      return refuse(List.of(FileErrors.words(e)));
    }
  }

  private int add(Path directory) {
    ManifestLoader.Outcome outcome;
    try {
      outcome = installed.add(directory, loader::load);
    } catch (IOException e) {
      return refuse(List.of(FileErrors.words(e)));
    }
    return switch (outcome) {
      case ManifestLoader.Outcome.Refused refused -> refuse(refused.problems());
      case ManifestLoader.Outcome.Loaded loaded -> {
        line("added", loaded.manifest().id());
        yield 0;
      }
    };
  }

  private int remove(String id) {
    try {
      installed.remove(id);
    } catch (IOException e) {
      return refuse(List.of(FileErrors.words(e)));
    }
    line("removed", id);
    return 0;
  }

  private int refuse(List<String> problems) {
    problems.forEach(problem -> line("refused", problem));
    return REFUSED;
  }

  private void describe(PluginManifest manifest) {
    ManifestWords.of(manifest).forEach(this::line);
  }

  private void line(String... fields) {
    line(List.of(fields));
  }

  private void line(List<String> fields) {
    out.println(
        String.join(
            "\t",
            fields.stream().map(field -> VisibleText.of(field.replaceAll("\\s+", " "))).toList()));
  }
}
