package org.keywarden.broker.plugin.installed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keywarden.broker.plugin.PluginManifest;
import org.keywarden.broker.plugin.installed.ManifestLoader.Outcome;
import org.keywarden.broker.plugin.sandbox.HostPaths;
import org.keywarden.broker.process.Confinement.Channel;

final class ManifestLoaderTest {
  private static final String GOOD =
      """
      id: com.example.greek
      name: Greek
      version: "1"
      exec: ["${java}", "-version"]
      rights: [receive_keys]
      """;

  @TempDir Path work;
  private Path home = Path.of("");
  private Path plugin = Path.of("");
  private Path own = Path.of("");

  @BeforeEach
  void directories() throws IOException {
    home = Files.createDirectory(work.resolve("home")).toRealPath();
    plugin = Files.createDirectories(home.resolve("plugins/greek"));
    own = Files.createDirectories(home.resolve("data/com.example.greek"));
  }

  private ManifestLoader loader() throws IOException {
    return new ManifestLoader(
        HostPaths.of(home.resolve("data"), List.of(own.resolve("kept"))), Runtimes.of(home));
  }

  private Outcome load(String manifest) throws IOException {
    Files.writeString(plugin.resolve("manifest.yaml"), manifest);
    return loader().load(plugin);
  }

  private String refusal(String manifest) throws IOException {
    Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, load(manifest));
    return String.join("\n", refused.problems());
  }

  private PluginManifest loaded(String manifest) throws IOException {
    return assertInstanceOf(Outcome.Loaded.class, load(manifest)).manifest();
  }

  @Test
  void whatIsLeftOutHasTheUsualLimitsAndNoChannels() throws IOException {
    PluginManifest manifest = loaded(GOOD);
    assertEquals(512L << 20, manifest.limits().memoryBytes());
    assertEquals(128, manifest.limits().processes());
    assertEquals(Set.of(), manifest.channels());
    assertEquals(List.of(), manifest.data());
  }

  @Test
  void limitsChannelsAndDataAreTaken() throws IOException {
    Path words = Files.createDirectory(own.resolve("words"));
    PluginManifest manifest =
        loaded(
            GOOD
                + "limits: {memory_mib: 64, processes: 8, files: 32, state_mib: 1}\n"
                + "channels: [sysv_ipc, memory_files]\n"
                + ("data: [\"" + words + "\"]\n"));
    assertEquals(64L << 20, manifest.limits().memoryBytes());
    assertEquals(8, manifest.limits().processes());
    assertEquals(32, manifest.limits().files());
    assertEquals(1L << 20, manifest.limits().stateBytes());
    assertEquals(Set.of(Channel.SYSV_IPC, Channel.MEMORY_FILES), manifest.channels());
    assertEquals(List.of(words), manifest.data());
    assertEquals(plugin, manifest.directory());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          limits: {memory_mib: 63}          | memory_mib
          limits: {memory_mib: 4097}        | memory_mib
          limits: {processes: 7}            | processes
          limits: {files: 31}               | files
          limits: {state_mib: 0}            | state_mib
          limits: {cpu: 1}                  | cpu
          channels: [shared_memory]         | shared_memory
          channels: [unspecified]           | channels
          channels: [sysv_ipc, sysv_ipc]    | channels
          data: [relative/path]             | data
          binds: [/etc]                     | binds
          """)
  void refusesWhatTheSchemaDoesNotKnow(String line, String named) throws IOException {
    String refusal = refusal(GOOD + line + "\n");
    assertTrue(refusal.contains("manifest.yaml:6:"), refusal);
    assertTrue(refusal.contains(named), refusal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/tmp",
        "/run",
        "/dev",
        "/proc",
        "/sys",
        "/",
        "/etc",
        "/var/run",
        "/var/lib",
        "/usr",
        "/usr/share",
        "/root",
        "/nowhere/at/all"
      })
  void refusesDirectoriesOthersShare(String path) throws IOException {
    String refusal = refusal(GOOD + "data: [\"" + path + "\"]\n");
    assertTrue(refusal.contains("manifest.yaml:6:8: " + path), refusal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "words",
        ".ssh",
        ".gnupg/private-keys-v1.d",
        ".local/share",
        ".local/share/keyrings",
        ".local/share/kwalletd",
        ".mozilla/firefox",
        ".password-store",
        "data",
        "data/com.example.other",
        "plugins"
      })
  void refusesWhateverElseIsInTheHomeDirectoryAndSaysWhatToDo(String path) throws IOException {
    Path directory = Files.createDirectories(home.resolve(path));
    String refusal = refusal(data(directory));
    assertTrue(
        refusal.contains("in no place that may be shown")
            && refusal.contains("put a copy below " + own),
        refusal);
  }

  @Test
  void refusesWhatKeywardenKeepsAndWhatHoldsThat() throws IOException {
    Path kept = Files.createDirectories(own.resolve("kept/within"));
    assertTrue(refusal(data(kept)).contains("Keywarden itself"));
    assertTrue(refusal(data(own)).contains("Keywarden itself"));
  }

  @Test
  void refusesLinks() throws IOException {
    Path hidden = Files.createDirectories(home.resolve(".ssh/keys"));
    Path link = Files.createSymbolicLink(own.resolve("innocent"), hidden);
    assertTrue(refusal(data(link)).contains("in no place that may be shown"));
    Path words = Files.createDirectory(own.resolve("words"));
    Path within = Files.createSymbolicLink(own.resolve("other"), words);
    assertTrue(refusal(data(within)).contains("behind a link; name what it is: " + words));
    assertTrue(refusal(data(own.resolve("x/../words"))).contains("plain"));
    assertEquals(List.of(words), loaded(data(words)).data());
  }

  @Test
  void refusesDirectoriesThatHoldChannels() throws Exception {
    Path above = own.resolve("words");
    Path words = Files.createDirectories(above.resolve("deep"));
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(words.resolve("s")));
      assertTrue(refusal(data(above)).contains("socket, FIFO or device"));
    }
    Files.delete(words.resolve("s"));
    fifo(words.resolve("f"));
    assertTrue(refusal(data(above)).contains("socket, FIFO or device"));
    Files.delete(words.resolve("f"));
    permit(words, "rwxrwxrwx");
    assertTrue(refusal(data(above)).contains("others than its owner may write to: " + words));
    permit(words, "rwxr-xr-x");
    permit(own, "rwxrwxrwx");
    assertTrue(refusal(data(above)).contains("is below " + own + ", where others may write"));
    permit(own, "rwxr-xr-x");
    assertEquals(List.of(above), loaded(data(above)).data());
  }

  private static void permit(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static void fifo(Path path) throws IOException, InterruptedException {
    assertEquals(0, new ProcessBuilder("mkfifo", path.toString()).start().waitFor());
  }

  /** Waiting for a writer, or reading what never ends, would be the end of the broker's start. */
  @Test
  @Timeout(60)
  void refusesAManifestThatIsNoFile() throws Exception {
    Path manifest = plugin.resolve("manifest.yaml");
    fifo(manifest);
    assertTrue(manifestRefused().endsWith("no regular file"), this::manifestRefused);
    Files.delete(manifest);
    Files.createSymbolicLink(manifest, Path.of("/dev/zero"));
    assertTrue(manifestRefused().endsWith("no regular file"), this::manifestRefused);
    Files.delete(manifest);
    Files.createDirectory(manifest);
    assertTrue(manifestRefused().endsWith("no regular file"), this::manifestRefused);
    Files.delete(manifest);
    Files.write(manifest, new byte[300 * 1024]);
    assertTrue(manifestRefused().contains("larger than"), this::manifestRefused);
  }

  private String manifestRefused() {
    try {
      return String.join(
          "\n", assertInstanceOf(Outcome.Refused.class, loader().load(plugin)).problems());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"data: [\"/usr/share/\\0\"]", "data: [\"/usr/share/x\\ud800\"]"})
  void refusesWhatIsNoPath(String line) throws IOException {
    assertFalse(refusal(GOOD + line + "\n").isEmpty());
  }

  @Test
  void refusesAPluginWhoseOwnDirectoryHoldsChannels() throws Exception {
    fifo(plugin.resolve("f"));
    assertTrue(refusal(GOOD).contains("the plugin's directory: holds a socket, FIFO or device"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "python3",
        "/home/me/ime",
        "${plugin}/../other/ime",
        "/usr/../etc/x",
        "${state}/x"
      })
  void refusesProgramsTheSandboxDoesNotHave(String program) throws IOException {
    String refusal = refusal(GOOD.replace("${java}", program));
    assertTrue(refusal.contains("manifest.yaml:4:"), refusal);
    assertTrue(refusal.contains("the sandbox has no " + program), refusal);
  }

  @ParameterizedTest
  @ValueSource(strings = {"${java}", "${plugin}/bin/ime", "/usr/bin/env"})
  void takesProgramsTheSandboxHas(String program) throws IOException {
    program("rwxr-xr-x");
    assertEquals(program, loaded(GOOD.replace("${java}", program)).exec().getFirst());
  }

  private void program(String permissions) throws IOException {
    Path file = Files.createDirectories(plugin.resolve("bin")).resolve("ime");
    Files.setPosixFilePermissions(
        Files.writeString(file, ""), PosixFilePermissions.fromString(permissions));
  }

  @ParameterizedTest
  @ValueSource(strings = {"${plugin}/bin/ime", "${plugin}/bin/none", "/usr/bin/no-such-program"})
  void refusesProgramsThatCannotBeRun(String program) throws IOException {
    program("rw-r--r--");
    String refusal = refusal(GOOD.replace("${java}", program));
    assertTrue(refusal.contains("manifest.yaml:4:"), refusal);
    assertTrue(refusal.contains(program + " is not there, or not executable"), refusal);
  }

  /** As /usr/bin/python3 is; the sandbox shows what such a link leads to. */
  @Test
  void takesAProgramThatIsALinkToOneTheSandboxHas() throws IOException {
    program("rwxr-xr-x");
    Files.createSymbolicLink(plugin.resolve("bin/first"), Path.of("ime"));
    Files.createSymbolicLink(plugin.resolve("bin/shell"), Path.of("/bin/sh"));
    for (String program : List.of("${plugin}/bin/first", "${plugin}/bin/shell", "/usr/bin/awk")) {
      assertEquals(program, loaded(GOOD.replace("${java}", program)).exec().getFirst());
    }
  }

  @Test
  void refusesAProgramThatIsALinkToOneTheSandboxHasNot() throws IOException {
    program("rwxr-xr-x");
    Path elsewhere =
        Files.copy(
            plugin.resolve("bin/ime"),
            home.resolve("elsewhere"),
            java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    Files.createSymbolicLink(plugin.resolve("bin/link"), elsewhere);
    String refusal = refusal(GOOD.replace("${java}", "${plugin}/bin/link"));
    assertTrue(refusal.contains("manifest.yaml:4:"), refusal);
    assertTrue(refusal.contains("${plugin}/bin/link is a link to " + elsewhere), refusal);
  }

  /** Of the system the sandbox has libraries only, and the program. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/usr/bin/python3",
        "/usr/bin/env python3",
        "/usr/bin/no-such-program",
        "/usr/lib/no-such-program",
        "/bin/sh",
        "/usr/lib/../bin/sh",
        "bin/other"
      })
  void refusesAScriptWhoseInterpreterTheSandboxHasNot(String interpreter) throws IOException {
    for (String begin : List.of("#!", "#! ", "#!\t")) {
      script(begin + interpreter);
      String refusal = refusal(GOOD.replace("${java}", "${plugin}/bin/ime"));
      String program = interpreter.split(" ", 2)[0];
      assertTrue(refusal.contains("manifest.yaml:4:"), refusal);
      assertTrue(
          refusal.contains(
              "${plugin}/bin/ime is a script for " + program + ", which the sandbox has not"),
          refusal);
    }
  }

  @Test
  void refusesAScriptThatNamesNoInterpreter() throws IOException {
    script("#!");
    String refusal = refusal(GOOD.replace("${java}", "${plugin}/bin/ime"));
    assertTrue(
        refusal.contains("${plugin}/bin/ime is a script that names no interpreter"), refusal);
  }

  @Test
  void takesAScriptWhoseInterpreterTheSandboxHas() throws IOException {
    Path own = plugin.resolve("bin/interpreter");
    script("");
    Files.copy(plugin.resolve("bin/ime"), own, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    Path linker = Path.of("/lib64/ld-linux-x86-64.so.2");
    for (Path interpreter : List.of(own, Files.exists(linker) ? linker : own)) {
      script("#!" + interpreter + " -option");
      String program = "${plugin}/bin/ime";
      assertEquals(program, loaded(GOOD.replace("${java}", program)).exec().getFirst());
    }
  }

  private void script(String first) throws IOException {
    program("rwxr-xr-x");
    Files.writeString(plugin.resolve("bin/ime"), first + "\necho '#!/usr/bin/python3'\n");
  }

  @Test
  void refusesAProgramThatIsADirectory() throws IOException {
    program("rwxr-xr-x");
    for (String program : List.of("/usr/bin", "${plugin}/bin")) {
      String refusal = refusal(GOOD.replace("${java}", program));
      assertTrue(refusal.contains(program + " is not there, or not executable"), refusal);
    }
  }

  @Test
  void saysThatTheManifestIsNoDirectory() throws IOException {
    Path manifest = Files.writeString(plugin.resolve("manifest.yaml"), GOOD);
    Outcome outcome = loader().load(manifest);
    assertEquals(
        List.of(manifest + " is a file; name the directory that holds manifest.yaml"),
        assertInstanceOf(Outcome.Refused.class, outcome).problems());
  }

  @Test
  void saysThatThereIsNoManifest() throws IOException {
    Outcome outcome = loader().load(work.resolve("no"));
    String problem = assertInstanceOf(Outcome.Refused.class, outcome).problems().getFirst();
    assertEquals("no manifest can be read: " + work.resolve("no") + " is not there", problem);
    Outcome empty = loader().load(plugin);
    assertEquals(
        List.of("no manifest can be read: " + plugin.resolve("manifest.yaml") + " is not there"),
        assertInstanceOf(Outcome.Refused.class, empty).problems());
  }

  private static String data(Path path) {
    return GOOD + "data: [\"" + path + "\"]\n";
  }
}
