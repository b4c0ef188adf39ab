package org.keywarden.broker.plugin;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.keywarden.broker.process.Confinement;
import org.keywarden.broker.process.Launch;

/**
 * How plugins are started.
 *
 * @param java what {@code ${java}} stands for in a manifest
 * @param logs directory for the output of plugins, out of their own reach
 * @param runtime what any plugin may read beside its own directory
 */
record PluginLaunches(Path java, Path logs, List<Path> runtime) {
  PluginLaunches {
    runtime = List.copyOf(runtime);
  }

  /** What people read. */
  static String label(PluginManifest manifest) {
    return "plugin " + manifest.id();
  }

  /**
   * The launch of one instance.
   *
   * @param state where it keeps its own data
   * @param log name of the file with the newest of its output, without its ending
   */
  Launch of(PluginManifest manifest, Path state, String log, Path socket) {
    List<String> command =
        manifest.exec().stream()
            .map(
                word ->
                    word.replace("${plugin}", manifest.directory().toString())
                        .replace("${state}", state.toString())
                        .replace("${java}", java.toString()))
            .toList();
    return new Launch(
        label(manifest),
        command,
        Map.of(
            "KEYWARDEN_SOCKET", socket.toString(),
            "KEYWARDEN_PLUGIN_ID", manifest.id(),
            "HOME", state.toString(),
            "PATH", "/usr/bin:/bin",
            "LANG", "C.UTF-8"),
        state,
        logs.resolve(log + ".log"),
        new Confinement(
            Stream.of(List.of(manifest.directory()), manifest.data(), runtime)
                .flatMap(List::stream)
                .toList(),
            manifest.programs(),
            manifest.shown(),
            state,
            socket,
            manifest.limits(),
            manifest.channels()));
  }
}
