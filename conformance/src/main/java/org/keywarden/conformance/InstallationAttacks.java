package org.keywarden.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.keywarden.conformance.probe.ChannelFolder;
import org.keywarden.conformance.probe.SystemCalls;
import org.keywarden.proto.admin.v1.PluginState;

/** Attacks through what is installed: the directories of plugins and what is written there. */
final class InstallationAttacks {
  private static final String MARK = "QXZ-chosen-by-a-plugin";

  private InstallationAttacks() {}

  static List<Attack> all() {
    return List.of(
        Attack.disrupting(
            "G7",
            "FIFO that appears later",
            "One in a plugin's directory, one in another's state, while they run: both plugins are"
                + " put down.",
            f ->
                appears(f, f.a(), directory(f, "a"), SystemCalls::makeFifo)
                    .and(appears(f, f.b(), state(f, f.b()), SystemCalls::makeFifo))),
        Attack.disrupting(
            "G7",
            "what others can write appears later",
            "A socket in a plugin's directory, a file anybody may write in another's: both are put"
                + " down.",
            f ->
                appears(f, f.a(), directory(f, "a"), InstallationAttacks::listen)
                    .and(appears(f, f.b(), directory(f, "b"), InstallationAttacks::writable))),
        Attack.alone(
            "G9",
            "manifests that cannot be read",
            "A FIFO, /dev/zero and a socket as manifests: the broker starts, says which, and"
                + " another composes.",
            InstallationAttacks::endless),
        Attack.alone(
            "G9",
            "escape sequences in a manifest",
            "They are in every text of it: what the broker prints has none.",
            InstallationAttacks::escapes),
        Attack.alone(
            "G6",
            "name chosen by a plugin",
            "A memory file that a process outside has too ends the plugin; its name is not in the"
                + " log.",
            InstallationAttacks::named),
        Attack.alone(
            "G7",
            "other programs' data as data",
            "A manifest asks for ~/.local/share, where key rings lie: refused.",
            InstallationAttacks::keyRings));
  }

  private interface Appearance {
    void at(Path path) throws IOException;
  }

  private static Path directory(Fixture f, String name) {
    return f.broker().state().resolveSibling("plugins").resolve(name);
  }

  private static Path state(Fixture f, Puppeteer puppet) {
    return Path.of(f.broker().plugin(puppet.id()).getStateDirectory());
  }

  private static Outcome appears(Fixture f, Puppeteer puppet, Path directory, Appearance appearance)
      throws Unsettled {
    String id = puppet.id();
    try {
      appearance.at(directory.resolve("channel"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Await.until(
        "quarantine of the plugin",
        Await.PATIENCE,
        () -> f.broker().plugin(id).getState() == PluginState.PLUGIN_STATE_QUARANTINED,
        () -> f.broker().plugin(id).getState().toString());
    return Outcome.of(true, "found: " + f.broker().plugin(id).getProblem());
  }

  /** Bound for as long as the kit runs: nothing is asked of it. */
  private static void listen(Path path) throws IOException {
    // The socket's own path is too long for a name; a link to its directory is not.
    Path link = Files.createTempDirectory("kw").resolve("d");
    Files.createSymbolicLink(link, path.getParent());
    ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(link.resolve(path.getFileName())));
    Files.delete(link);
    Files.delete(link.getParent());
  }

  private static void writable(Path path) throws IOException {
    Files.writeString(path, "");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
  }

  private static String manifest(Fixture f, String id, String name) throws IOException {
    return Files.readString(f.dist().resolve("conformance/puppet/manifest.yaml"))
        .replace("@id@", id)
        .replace("@rights@", "[receive_keys]")
        .replace("Conformance puppet", name);
  }

  private static Path plugin(Fixture f, String name) throws IOException {
    return Files.createDirectories(f.work().resolve("plugins").resolve(name));
  }

  private static String said(Fixture f) throws IOException {
    return Files.readString(f.work().resolve("broker.log"), StandardCharsets.UTF_8);
  }

  private static Outcome endless(Fixture f) throws Unsettled {
    try {
      SystemCalls.makeFifo(plugin(f, "c").resolve("manifest.yaml"));
      Files.createSymbolicLink(plugin(f, "d").resolve("manifest.yaml"), Path.of("/dev/zero"));
      listen(plugin(f, "e").resolve("manifest.yaml"));
      try (Broker broker = Broker.start(f.dist(), f.work())) {
        String log = said(f);
        Outcome all = Outcome.of(broker.alive(), "the broker starts");
        for (String each : List.of("plugins/c", "plugins/d", "plugins/e")) {
          all = all.and(Outcome.expect(each + " named", true, log.contains(each)));
        }
        return all;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Outcome escapes(Fixture f) throws Unsettled {
    String escape = "\\e[31m" + MARK + "\\a\\x9b2J\\r";
    try {
      Files.writeString(plugin(f, "c").resolve("manifest.yaml"), manifest(f, "kit.c", escape));
      Files.writeString(plugin(f, "d").resolve("manifest.yaml"), manifest(f, escape, "d"));
      Files.writeString(
          plugin(f, "e").resolve("manifest.yaml"),
          manifest(f, "kit.e", "e") + "\"" + escape + "\": 1\ndata: [\"/tmp/" + escape + "\"]\n");
      Files.writeString(
          plugin(f, "raw\u001B[31m").resolve("manifest.yaml"), "id: \u001B[31mred\n\u0007");
      try (Broker broker = Broker.start(f.dist(), f.work())) {
        long controls = said(f).chars().filter(c -> c != '\n' && Character.isISOControl(c)).count();
        return Outcome.expect("control characters printed", 0L, controls)
            .and(Outcome.of(broker.alive(), "the broker starts"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Outcome named(Fixture f) throws Unsettled {
    String id = "kit.memory";
    try {
      ChannelFolder.make(f.dist(), plugin(f, "c"), id, "MEMORY_FILE", 1, "memory_files", MARK);
      try (Broker broker = Broker.start(f.dist(), f.work())) {
        Path state = f.work().resolve("state/plugins").resolve(id);
        Await.until(
            "memory file of the plugin",
            Await.PATIENCE,
            () -> ChannelFolder.opened(state),
            () -> broker.plugin(id).getState() + " " + broker.plugin(id).getProblem());
        var descriptor = taken(broker, id);
        try {
          Await.until(
              "end of the plugin",
              Await.PATIENCE,
              () -> broker.plugin(id).getState() == PluginState.PLUGIN_STATE_QUARANTINED,
              () -> broker.plugin(id).getState().toString());
        } finally {
          descriptor.close();
        }
        Await.until(
            "record of it", Await.PATIENCE, () -> logged(f, id), () -> "no record names " + id);
        return Outcome.of(true, "found")
            .and(Outcome.expect("its name in the log", false, logged(f, MARK)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens the plugin's memory file from outside, as any program of the same user can. */
  private static java.nio.channels.FileChannel taken(Broker broker, String id)
      throws IOException, Unsettled {
    for (ProcessHandle each : broker.processes("plugins/c/lib")) {
      try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(each.pid()), "fd"))) {
        for (Path descriptor : all.toList()) {
          if (isMemoryFile(descriptor)) {
            return java.nio.channels.FileChannel.open(
                descriptor, java.nio.file.StandardOpenOption.READ);
          }
        }
      }
    }
    throw new Unsettled("no process of " + id + " has a memory file");
  }

  private static boolean isMemoryFile(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().contains("memfd:" + MARK);
    } catch (IOException closed) {
      return false;
    }
  }

  private static boolean logged(Fixture f, String text) {
    try (Stream<Path> all = Files.walk(f.work().resolve("state/log"))) {
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        if (Files.readString(each, StandardCharsets.ISO_8859_1).contains(text)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Outcome keyRings(Fixture f) throws Unsettled {
    Path local = Path.of(System.getProperty("user.home"), ".local");
    Path shared = local.resolve("share");
    List<Path> made = Stream.of(local, shared).filter(Files::notExists).toList();
    try {
      Files.createDirectories(shared);
      Files.writeString(
          plugin(f, "c").resolve("manifest.yaml"),
          manifest(f, "kit.c", "c") + "data: [\"" + shared + "\"]\n");
      try (Broker broker = Broker.start(f.dist(), f.work())) {
        return Outcome.expect("refused and named", true, said(f).contains(shared.toString()))
            .and(Outcome.of(broker.alive(), "the broker starts"));
      } finally {
        for (Path each : made.reversed()) {
          Files.deleteIfExists(each);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
