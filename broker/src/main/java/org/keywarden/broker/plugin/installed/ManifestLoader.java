package org.keywarden.broker.plugin.installed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keywarden.broker.files.HeldFile;
import org.keywarden.broker.plugin.PluginManifest;
import org.keywarden.broker.plugin.sandbox.FileErrors;
import org.keywarden.broker.plugin.sandbox.HostPaths;
import org.keywarden.broker.process.Confinement;
import org.keywarden.broker.rpc.InputMessages;
import org.keywarden.broker.seat.Memory;
import org.keywarden.policy.PluginFacts;
import org.keywarden.proto.plugin.v1.Channel;
import org.keywarden.proto.plugin.v1.InputMethod;
import org.keywarden.proto.plugin.v1.Limits;
import org.keywarden.proto.plugin.v1.Manifest;
import org.keywarden.proto.yaml.InvalidYaml;
import org.keywarden.proto.yaml.Position;
import org.keywarden.proto.yaml.YamlMessages;
import org.keywarden.proto.yaml.YamlPositions;

/** Reads a plugin's {@code manifest.yaml} and decides whether the sandbox can hold to it. */
public final class ManifestLoader {
  private static final Path MANIFEST = Path.of("manifest.yaml");
  private static final long MIB = 1 << 20;

  private final HostPaths hosts;
  private final Runtimes runtimes;

  public ManifestLoader(HostPaths hosts, Runtimes runtimes) {
    this.hosts = hosts;
    this.runtimes = runtimes;
  }

  /** A manifest, or why there is none. */
  public sealed interface Outcome {
    record Loaded(PluginManifest manifest) implements Outcome {}

    /**
     * @param problems at least one line: file, line, column, reason
     */
    record Refused(List<String> problems) implements Outcome {
      public Refused {
        problems = List.copyOf(problems);
      }
    }
  }

  /** Loads the plugin in a directory; what is a link there is followed once, before all else. */
  public Outcome load(Path directory) {
    try {
      if (Files.isRegularFile(directory)) {
        return new Outcome.Refused(
            List.of(directory + " is a file; name the directory that holds manifest.yaml"));
      }
      return load(directory.toRealPath(), directory);
    } catch (IOException e) {
      return unreadable(e);
    }
  }

  /**
   * Loads the plugin in a directory.
   *
   * @param real where it is, without links
   * @param named what messages call it
   */
  public Outcome load(Path real, Path named) {
    Path file = named.resolve(MANIFEST);
    try (HeldFile directory = HeldFile.at(real);
        HeldFile held = directory.entry(MANIFEST)) {
      Manifest.Builder read = Manifest.newBuilder();
      YamlPositions positions =
          YamlMessages.read(held.content(YamlMessages.MAX_BYTES), file.toString(), read);
      Manifest manifest = read.build();
      List<String> problems = new ArrayList<>();
      Runtimes.Found runtime = runtimeOf(manifest, positions, file, problems);
      problems.addAll(problemsOf(manifest, positions, real, file));
      return problems.isEmpty()
          ? new Outcome.Loaded(manifestOf(manifest, real, runtime))
          : new Outcome.Refused(problems);
    } catch (InvalidYaml e) {
      return new Outcome.Refused(String.valueOf(e.getMessage()).lines().toList());
    } catch (InvalidPathException e) {
      return new Outcome.Refused(List.of(file + ": no path: " + e.getReason()));
    } catch (IOException e) {
      return unreadable(e);
    }
  }

  private static Outcome unreadable(IOException e) {
    return new Outcome.Refused(List.of("no manifest can be read: " + FileErrors.words(e)));
  }

  private Runtimes.Found runtimeOf(
      Manifest manifest, YamlPositions positions, Path file, List<String> problems) {
    if (!manifest.getRuntime().isEmpty()) {
      try {
        return runtimes.named(manifest.getRuntime());
      } catch (IOException e) {
        problems.add(at(file, positions.of("runtime"), String.valueOf(e.getMessage())));
      }
    }
    return Runtimes.Found.none();
  }

  private List<String> problemsOf(
      Manifest manifest, YamlPositions positions, Path directory, Path file) {
    List<String> problems = new ArrayList<>();
    refusalOfCommand(manifest, directory)
        .ifPresent(reason -> problems.add(at(file, positions.of("exec[0]"), reason)));
    for (int i = 0; i < manifest.getDataCount(); i++) {
      Position place = positions.of("data[" + i + "]");
      String path = manifest.getData(i);
      hosts
          .refusalOfData(Path.of(path), manifest.getId())
          .ifPresent(reason -> problems.add(at(file, place, path + " " + reason)));
    }
    hosts
        .refusalOfPlugin(directory)
        .ifPresent(
            reason ->
                problems.add(at(file, new Position(1, 1), "the plugin's directory: " + reason)));
    return problems;
  }

  private static Optional<String> refusalOfCommand(Manifest manifest, Path directory) {
    String program = manifest.getExec(0);
    boolean own = program.startsWith("${plugin}/") && !program.contains("/..");
    if (!manifest.getRuntime().isEmpty()) {
      return own && Files.isRegularFile(Path.of(program.replace("${plugin}", directory.toString())))
          ? Optional.empty()
          : Optional.of(
              program + " is no script below ${plugin}/, which the runtime could be given");
    }
    if (program.equals("${java}")) {
      return Optional.empty();
    }
    return own || (program.startsWith("/usr/") && !program.contains("/.."))
        ? refusalOfProgram(program, manifest, directory)
        : Optional.of(
            "the sandbox has no "
                + program
                + "; the program is ${java}, below ${plugin}/, or below /usr/");
  }

  /** The sandbox shows the file that a link leads to, and nothing of the place it lies in. */
  private static Optional<String> refusalOfProgram(
      String program, Manifest manifest, Path directory) {
    Path path = Path.of(program.replace("${plugin}", directory.toString()));
    if (!Files.isRegularFile(path) || !Files.isExecutable(path)) {
      return Optional.of(program + " is not there, or not executable");
    }
    try {
      Path real = path.toRealPath();
      if (!real.startsWith("/usr") && !isPlugins(real, manifest, directory)) {
        return Optional.of(
            program
                + " is a link to "
                + real
                + ", which the sandbox has not; put the program itself below ${plugin}/");
      }
      return InterpreterLine.interpreterOf(real)
          .filter(interpreter -> !isShown(interpreter, manifest, directory))
          .map(interpreter -> refusalOfScript(program, interpreter.toString()));
    } catch (IOException e) {
      return Optional.of(FileErrors.words(e));
    }
  }

  private static String refusalOfScript(String program, String interpreter) {
    return interpreter.isEmpty()
        ? program + " is a script that names no interpreter"
        : program
            + " is a script for "
            + interpreter
            + ", which the sandbox has not; name the interpreter as the program, and the script as"
            + " its argument";
  }

  private static boolean isPlugins(Path real, Manifest manifest, Path directory) {
    return real.startsWith(directory) || manifest.getDataList().stream().anyMatch(real::startsWith);
  }

  /** Whether a path can be run in the sandbox that is not the plugin's program. */
  private static boolean isShown(Path path, Manifest manifest, Path directory) {
    try {
      return path.isAbsolute()
          && Files.isExecutable(path)
          && Stream.of(path.normalize(), path.toRealPath())
              .allMatch(each -> HostPaths.isLibrary(each) || isPlugins(each, manifest, directory));
    } catch (IOException notThere) {
      return false;
    }
  }

  private static String at(Path file, Position place, String message) {
    return file + ":" + place.line() + ":" + place.column() + ": " + message;
  }

  private static PluginManifest manifestOf(
      Manifest manifest, Path directory, Runtimes.Found runtime) {
    return new PluginManifest(
        directory,
        manifest.getName(),
        manifest.getVersion(),
        Stream.concat(runtime.exec().stream(), manifest.getExecList().stream()).toList(),
        new PluginFacts(
            manifest.getId(),
            manifest.getLanguagesList(),
            InputMessages.rights(manifest.getRightsList())),
        Stream.concat(manifest.getDataList().stream().map(Path::of), runtime.data().stream())
            .toList(),
        List.of(),
        limitsOf(manifest.getLimits()),
        channelsOf(manifest.getChannelsList()),
        manifest.getInputMethodsList().stream().map(each -> methodOf(each, manifest)).toList(),
        Memory.TOLD);
  }

  private static PluginManifest.InputMethod methodOf(InputMethod method, Manifest of) {
    return new PluginManifest.InputMethod(
        method.getId(),
        method.getName(),
        method.getLanguagesCount() == 0 ? of.getLanguagesList() : method.getLanguagesList(),
        method.getLayout(),
        method.getSymbol());
  }

  /** What was asked for, and the usual for the rest. */
  public static Confinement.Limits limitsOf(Limits asked) {
    Confinement.Limits usual = Confinement.Limits.DEFAULT;
    return new Confinement.Limits(
        asked.hasMemoryMib() ? asked.getMemoryMib() * MIB : usual.memoryBytes(),
        asked.hasProcesses() ? asked.getProcesses() : usual.processes(),
        asked.hasFiles() ? asked.getFiles() : usual.files(),
        asked.hasStateMib() ? asked.getStateMib() * MIB : usual.stateBytes());
  }

  /** The channels, as the sandbox has them. */
  public static Set<Confinement.Channel> channelsOf(List<Channel> declared) {
    Set<Confinement.Channel> channels = EnumSet.noneOf(Confinement.Channel.class);
    for (Channel channel : declared) {
      switch (channel) {
        case CHANNEL_SYSV_IPC -> channels.add(Confinement.Channel.SYSV_IPC);
        case CHANNEL_POSIX_QUEUES -> channels.add(Confinement.Channel.POSIX_QUEUES);
        case CHANNEL_MEMORY_FILES -> channels.add(Confinement.Channel.MEMORY_FILES);
        case CHANNEL_NAMED_SOCKETS -> channels.add(Confinement.Channel.NAMED_SOCKETS);
        case CHANNEL_UNSPECIFIED, UNRECOGNIZED ->
            throw new IllegalArgumentException("the schema lets no such channel through");
      }
    }
    return channels;
  }
}
