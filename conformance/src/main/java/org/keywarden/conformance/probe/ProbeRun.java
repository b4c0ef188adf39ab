package org.keywarden.conformance.probe;

import com.google.gson.Gson;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.keywarden.hardening.JvmOptions;

/** Makes every probe in the broker's sandbox and without it. One run at a time. */
public final class ProbeRun implements AutoCloseable {
  private static final String ID = "kit.probe";
  private static final int MOST_WAITS = 1_200;
  private static final long WAIT_MS = 50;

  private final Path dist;
  private final Path work;
  private final Path outside;
  private final Path socket;
  private final ServerSocketChannel listener;
  private final Process victim;
  private final String abstractName;

  private ProbeRun(Path dist, Path work) throws IOException {
    this.dist = dist.toAbsolutePath();
    this.work = work.toAbsolutePath();
    // Short, because a socket's path is 107 bytes at most (unix(7)).
    this.outside = Files.createTempDirectory("kwo");
    Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.writeString(outside.resolve("secret"), "another's");
    this.socket = outside.resolve("socket");
    this.listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(socket));
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rwxrwxrwx"));
    this.victim = new ProcessBuilder("sleep", "600").start();
    this.abstractName = "keywarden-probe-" + ProcessHandle.current().pid() + outside.getFileName();
    SystemCalls.listen("@" + abstractName);
  }

  /**
   * Makes every probe twice.
   *
   * @param dist an installation: {@code broker/lib} and {@code conformance/lib} below it
   * @param work an empty directory for what the run leaves
   */
  public static List<ProbeResult> run(Path dist, Path work)
      throws IOException, InterruptedException {
    try (ProbeRun run = new ProbeRun(dist, work)) {
      Map<String, Probe.Seen> outside = run.withoutSandbox();
      Map<String, Probe.Seen> inside = run.inSandbox();
      return Probes.all().stream()
          .map(probe -> ProbeResult.of(probe, seen(inside, probe), seen(outside, probe)))
          .toList();
    }
  }

  private static Probe.Seen seen(Map<String, Probe.Seen> all, Probe probe) {
    return all.getOrDefault(probe.name(), Probe.Seen.of(true, "no report"));
  }

  /** Names of probes that ordinary users cannot make succeed on any machine. */
  public static List<String> provenByRootOnly() {
    return Probes.all().stream().filter(Probe::needsRoot).map(Probe::name).toList();
  }

  private Map<String, Probe.Seen> withoutSandbox() throws IOException, InterruptedException {
    Path state = Files.createDirectories(work.resolve("plain"));
    neighbour(state);
    List<String> command = new ArrayList<>(List.of(java().toString()));
    command.addAll(plugin(dist.resolve("conformance/lib").toString(), state.toString()));
    Process process = start(command, work.resolve("plain.log"));
    try {
      return await(process, state.resolve(ProbePlugin.REPORT));
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private Map<String, Probe.Seen> inSandbox() throws IOException, InterruptedException {
    Path plugin = work.resolve("plugins/probe");
    Files.createDirectories(plugin.resolve("lib"));
    Path jars = dist.resolve("conformance/lib");
    try (Stream<Path> all = Files.list(jars)) {
      for (Path jar :
          all.filter(path -> path.getFileName().toString().contains("conformance")).toList()) {
        Files.copy(jar, plugin.resolve("lib").resolve(jar.getFileName()));
      }
    }
    List<String> words = new ArrayList<>(List.of("${java}"));
    words.addAll(plugin("${plugin}/lib", "${state}"));
    Files.writeString(plugin.resolve("manifest.yaml"), manifest(words));
    Path state = work.resolve("state/plugins").resolve(ID);
    neighbour(state);
    Path runtime = Files.createTempDirectory("kwr");
    Process broker = start(broker(runtime), work.resolve("broker.log"));
    try {
      return await(broker, state.resolve(ProbePlugin.REPORT));
    } finally {
      broker.destroy();
      if (!broker.waitFor(10, TimeUnit.SECONDS)) {
        broker.destroyForcibly().waitFor();
      }
      delete(runtime);
    }
  }

  private static void neighbour(Path state) throws IOException {
    Path other = Files.createDirectories(state.resolveSibling(ProbeTargets.NEIGHBOUR));
    Files.writeString(other.resolve("secret"), "another plugin's");
  }

  private List<String> broker(Path runtime) {
    List<String> command = new JvmOptions(dist).command(java(), JvmOptions.Program.BROKER);
    command.addAll(List.of("-cp", dist.resolve("broker/lib") + "/*"));
    command.addAll(List.of("org.keywarden.broker.app.Main", "--home", dist.toString()));
    command.addAll(List.of("--runtime-dir", runtime.toString()));
    command.addAll(List.of("--state-dir", work.resolve("state").toString()));
    command.addAll(List.of("--plugins", work.resolve("plugins").toString()));
    return command;
  }

  private List<String> plugin(String jars, String state) {
    return List.of(
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx48m",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        jars + "/*",
        ProbePlugin.class.getName(),
        state,
        outside.toString(),
        Long.toString(victim.pid()),
        abstractName);
  }

  private static String manifest(List<String> words) {
    StringBuilder manifest = new StringBuilder();
    manifest.append("id: ").append(ID).append("\nname: Probe\nversion: \"1\"\nexec:\n");
    words.forEach(word -> manifest.append("  - \"").append(word).append("\"\n"));
    return manifest.append("rights: [receive_keys]\n").toString();
  }

  /** Starts a process with a descriptor, environment and endpoints that must not come through. */
  private Process start(List<String> command, Path log) throws IOException {
    List<String> shell = new ArrayList<>(List.of("sh", "-c"));
    shell.add("exec " + ProbeTargets.LEAKED_DESCRIPTOR + "<\"$0\"; exec \"$@\"");
    shell.add(outside.resolve("secret").toString());
    shell.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(shell);
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put(ProbeTargets.LEAK, "leaked");
    for (String name :
        List.of("AT_SPI_BUS_ADDRESS", "DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS")) {
      environment.put(name, "unix:path=" + socket);
    }
    for (String name : List.of("WAYLAND_DISPLAY", "DISPLAY")) {
      environment.put(name, socket.toString());
    }
    builder.environment().putAll(environment);
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  private static Map<String, Probe.Seen> await(Process process, Path report)
      throws IOException, InterruptedException {
    for (int i = 0; i < MOST_WAITS && !Files.exists(report); i++) {
      if (process.waitFor(WAIT_MS, TimeUnit.MILLISECONDS)) {
        throw new IOException("ended with status " + process.exitValue() + " before " + report);
      }
    }
    Map<String, Probe.Seen> seen = new HashMap<>();
    for (String line : Files.readAllLines(report)) {
      String[] fields = line.split("\t", -1);
      seen.put(fields[0], Probe.Seen.of(Boolean.parseBoolean(fields[1]), fields[2]));
    }
    return seen;
  }

  private static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  @Override
  public void close() throws IOException {
    victim.destroyForcibly();
    listener.close();
    delete(outside);
  }

  /**
   * Prints one JSON object per probe; exit status 0 if all were refused, 1 if not.
   *
   * @param arguments the installation and an empty directory
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length != 2) {
      System.err.println("usage: ProbeRun DIST WORK");
      System.exit(64);
    }
    Gson gson = new Gson();
    List<ProbeResult> results = run(Path.of(arguments[0]), Path.of(arguments[1]));
    results.forEach(result -> System.out.println(gson.toJson(result)));
    System.exit(results.stream().allMatch(ProbeResult::refused) ? 0 : 1);
  }
}
