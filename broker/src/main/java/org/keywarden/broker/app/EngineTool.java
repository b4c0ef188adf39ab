package org.keywarden.broker.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keywarden.broker.plugin.engines.EngineLookup;
import org.keywarden.broker.plugin.engines.EnginePlaces;
import org.keywarden.broker.plugin.engines.EngineReader;
import org.keywarden.broker.plugin.sandbox.FileErrors;
import org.keywarden.broker.plugin.sandbox.HostPaths;
import org.keywarden.broker.plugin.upkeep.EngineHome;
import org.keywarden.broker.plugin.upkeep.EngineSettings;
import org.keywarden.broker.plugin.upkeep.Unfit;
import org.keywarden.broker.plugin.upkeep.UserData;
import org.keywarden.ibus.component.BadComponent;

/**
 * What the command line asks about what an engine keeps. {@code HOME} is the installation, {@code
 * STATE} where brokers keep what outlasts them, empty for the usual place.
 *
 * <pre>
 * settings HOME STATE ID [KEY [VALUE]]  sets KEY if there is a VALUE; then of each, or of KEY: "setting", name, type,
 *                                       value, default, "set" or nothing, what fits, summary, description, choices
 * unset HOME STATE ID KEY               the same after KEY has become the default
 * data HOME STATE ID                    "plugin" and its id; of all that an import would copy: "copy", from, to,
 *                                       files, bytes, "replaces" or nothing
 * import HOME STATE ID                  copies it; says the same
 * reset HOME STATE ID                   forgets; "plugin" and its id
 * </pre>
 *
 * Each says "refused" and why, if it does not.
 */
final class EngineTool {
  static final Set<String> COMMANDS = Set.of("settings", "unset", "data", "import", "reset");
  static final int LEAST_WORDS = 4;

  private static final Path SCHEMAS = Path.of("/usr/share/glib-2.0/schemas");
  private static final int REFUSED = 1;
  private static final int MISUSED = 64;

  private final Lines out;
  private final HostPaths hosts;
  private final Map<String, String> environment;

  /** Takes a line of fields. */
  interface Lines {
    void line(String... fields);
  }

  EngineTool(Lines out, HostPaths hosts, Map<String, String> environment) {
    this.out = out;
    this.hosts = hosts;
    this.environment = environment;
  }

  int run(List<String> words) {
    Path state =
        words.get(2).isEmpty()
            ? Options.stateDirectory(environment)
            : Path.of(words.get(2)).toAbsolutePath();
    String id = words.get(3);
    List<String> rest = words.subList(LEAST_WORDS, words.size());
    try {
      EngineLookup.Answer engine = find(Path.of(words.get(1)).toAbsolutePath(), state, id);
      EngineHome home = new EngineHome(state.resolve("plugins"), engine.manifest().id());
      return switch (words.getFirst()) {
        case "settings", "unset" -> settings(words.getFirst(), engine, id, home, state, rest);
        case "data", "import" -> data(words.getFirst().equals("import"), engine, home, state);
        default -> {
          make(state, engine);
          home.empty();
          out.line("plugin", engine.manifest().id());
          yield 0;
        }
      };
    } catch (BadComponent | Unfit e) {
      return refuse(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return refuse(FileErrors.words(e));
    }
  }

  private EngineLookup.Answer find(Path installation, Path state, String id) throws BadComponent {
    EnginePlaces places =
        EngineModule.places(
            installation,
            EnginePlaces.configuration(environment),
            state,
            environment,
            Options.USUAL_ANSWER_MILLIS);
    return new EngineLookup(places, new EngineReader(places, hosts)).of(id);
  }

  private int refuse(String why) {
    why.lines().forEach(each -> out.line("refused", each));
    return REFUSED;
  }

  /** As the broker makes it. */
  private static void make(Path state, EngineLookup.Answer engine) throws IOException {
    int uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    Directories.makePrivate(state, uid);
    Directories.makeStateOf(state.resolve("plugins").resolve(engine.manifest().id()), uid);
  }

  private int settings(
      String what,
      EngineLookup.Answer engine,
      String id,
      EngineHome home,
      Path state,
      List<String> rest)
      throws IOException, Unfit {
    EngineSettings settings =
        EngineSettings.of(engine.needs(), id, engine.engines(), home, SCHEMAS);
    if (what.equals("unset") && rest.size() == 1) {
      make(state, engine);
      settings.unset(rest.getFirst());
    } else if (what.equals("settings") && rest.size() == 2) {
      make(state, engine);
      settings.set(rest.getFirst(), rest.getLast());
    } else if (what.equals("unset") || rest.size() > 2) {
      return MISUSED;
    }
    for (EngineSettings.Row each :
        rest.isEmpty() ? settings.all() : List.of(settings.one(rest.getFirst()))) {
      List<String> fields =
          new ArrayList<>(
              List.of(
                  "setting",
                  each.name(),
                  each.type(),
                  each.value(),
                  each.original(),
                  each.isSet() ? "set" : "",
                  each.fitting(),
                  each.summary(),
                  each.description()));
      fields.addAll(each.choices());
      out.line(fields.toArray(new String[0]));
    }
    return 0;
  }

  private int data(boolean copy, EngineLookup.Answer engine, EngineHome home, Path state)
      throws IOException {
    make(state, engine);
    UserData data =
        new UserData(
            engine.needs().getUserDataList(),
            environment,
            home,
            engine.manifest().limits().stateBytes());
    out.line("plugin", engine.manifest().id());
    for (UserData.Item each : data.found()) {
      if (copy) {
        data.copy(each);
      }
      out.line(
          "copy",
          each.from().toString(),
          each.to().toString(),
          Integer.toString(each.files()),
          Long.toString(each.bytes()),
          each.replaces() ? "replaces" : "");
    }
    return 0;
  }
}
