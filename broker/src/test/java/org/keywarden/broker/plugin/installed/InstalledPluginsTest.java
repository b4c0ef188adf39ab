package org.keywarden.broker.plugin.installed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.broker.plugin.installed.ManifestLoader.Outcome;
import org.keywarden.broker.plugin.sandbox.HostPaths;

@Timeout(60)
final class InstalledPluginsTest {
  private static final String GOOD =
      """
      id: com.example.greek
      name: Greek
      version: "1"
      exec: ["${java}", "-version"]
      rights: [receive_keys]
      """;

  @TempDir Path work;
  private Path source = Path.of("");
  private Path directory = Path.of("");

  @BeforeEach
  void aPlugin() throws IOException {
    source = Files.createDirectory(work.resolve("greek"));
    directory = work.resolve("installed");
    Files.writeString(source.resolve("manifest.yaml"), GOOD);
  }

  private Outcome add() throws IOException {
    ManifestLoader loader =
        new ManifestLoader(HostPaths.of(work.resolve("data"), List.of()), Runtimes.of(work));
    return new InstalledPlugins(directory).add(source, loader::load);
  }

  private List<String> installed() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(each -> String.valueOf(each.getFileName())).sorted().toList();
    }
  }

  @Test
  void aPluginIsCopiedInAndTakenOut() throws IOException {
    assertInstanceOf(Outcome.Loaded.class, add());
    assertEquals(List.of("com.example.greek"), installed());
    IOException again = assertThrows(IOException.class, this::add);
    assertTrue(
        String.valueOf(again.getMessage()).contains("first: keywarden ime remove"),
        again.getMessage());
    assertEquals(List.of("com.example.greek"), installed());
    new InstalledPlugins(directory).remove("com.example.greek");
    assertEquals(List.of(), installed());
  }

  @Test
  void aRefusalNamesWhatTheUserNamedAndLeavesNothing() throws IOException {
    Files.writeString(source.resolve("manifest.yaml"), GOOD + "data: [/tmp]\n");
    Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, add());
    String problem = refused.problems().getFirst();
    assertTrue(problem.startsWith(source.resolve("manifest.yaml") + ":6:8: /tmp "), problem);
    assertEquals(List.of(), installed());
  }

  /** What is judged is what was copied: the source may be another by then. */
  @Test
  void theCopyIsJudgedAndNotTheSource() throws IOException {
    ManifestLoader loader =
        new ManifestLoader(HostPaths.of(work.resolve("data"), List.of()), Runtimes.of(work));
    Outcome outcome =
        new InstalledPlugins(directory)
            .add(
                source,
                (copy, named) -> {
                  try {
                    Files.writeString(source.resolve("manifest.yaml"), "id: other\n");
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                  return loader.load(copy, named);
                });
    assertInstanceOf(Outcome.Loaded.class, outcome);
    assertEquals(
        GOOD, Files.readString(directory.resolve("com.example.greek").resolve("manifest.yaml")));
  }

  @Test
  void whatOneMayWriteInTheSourceNobodyMayInTheCopy() throws IOException {
    Files.setPosixFilePermissions(
        source.resolve("manifest.yaml"),
        java.nio.file.attribute.PosixFilePermissions.fromString("rw-rw-rw-"));
    assertInstanceOf(Outcome.Loaded.class, add());
  }

  @Test
  void aFifoOrALinkToASecretIsNotCopied() throws Exception {
    Path manifest = source.resolve("manifest.yaml");
    Files.delete(manifest);
    assertEquals(0, new ProcessBuilder("mkfifo", manifest.toString()).start().waitFor());
    assertThrows(IOException.class, this::add);
    Files.delete(manifest);
    Path secret = Files.writeString(work.resolve("id_ed25519"), GOOD);
    Files.createSymbolicLink(manifest, secret);
    assertThrows(IOException.class, this::add);
    assertEquals(List.of(), installed());
  }

  @Test
  void removingTakesALinkAndNotWhereItLeads() throws IOException {
    Files.createDirectory(directory);
    Path elsewhere = Files.createDirectory(work.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("kept"), "x");
    Path link = Files.createSymbolicLink(directory.resolve("com.example.greek"), elsewhere);
    new InstalledPlugins(directory).remove("com.example.greek");
    assertFalse(Files.exists(link, LinkOption.NOFOLLOW_LINKS));
    assertTrue(Files.exists(elsewhere.resolve("kept")));
  }
}
