package org.keywarden.broker.plugin.installed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keywarden.broker.plugin.PluginManifest;
import org.keywarden.broker.plugin.sandbox.HostPaths;

final class RuntimesTest {
  private static final String GOOD =
      """
      id: com.example.greek
      name: Greek
      version: "1"
      runtime: awk
      exec: ["${plugin}/greek.awk", "${state}"]
      rights: [receive_keys]
      """;

  @TempDir Path work;
  private Path home = Path.of("");
  private Path plugin = Path.of("");

  @BeforeEach
  void installation() throws IOException {
    home = work.toRealPath();
    plugin = Files.createDirectories(home.resolve("plugin"));
    Files.writeString(plugin.resolve("greek.awk"), "");
    Files.createDirectories(home.resolve("runtimes"));
    runtime("{exec: [/usr/bin/awk, -f, \"${runtime}/ime.awk\"], data: [\"${runtime}\"]}");
  }

  private void runtime(String content) throws IOException {
    Files.writeString(home.resolve("runtimes/awk.yaml"), content);
  }

  private ManifestLoader.Outcome load(String manifest) throws IOException {
    Files.writeString(plugin.resolve("manifest.yaml"), manifest);
    return new ManifestLoader(HostPaths.of(home.resolve("data"), List.of()), Runtimes.of(home))
        .load(plugin);
  }

  private String refusal(String manifest) throws IOException {
    return String.join(
        "\n", assertInstanceOf(ManifestLoader.Outcome.Refused.class, load(manifest)).problems());
  }

  @Test
  void theRuntimesCommandStandsBeforeThePluginsAndItsFilesAreShown() throws IOException {
    PluginManifest manifest =
        assertInstanceOf(ManifestLoader.Outcome.Loaded.class, load(GOOD)).manifest();
    String own = home + "/runtimes/awk";
    assertEquals(
        List.of("/usr/bin/awk", "-f", own + "/ime.awk", "${plugin}/greek.awk", "${state}"),
        manifest.exec());
    assertEquals(List.of(Path.of(own)), manifest.data());
  }

  /** As an installation whose newest version is behind a link. */
  @Test
  void whatIsShownIsNamedWithoutALink() throws IOException {
    Path link = Files.createSymbolicLink(home.resolve("current"), home);
    Files.writeString(plugin.resolve("manifest.yaml"), GOOD);
    ManifestLoader loader =
        new ManifestLoader(HostPaths.of(home.resolve("data"), List.of()), Runtimes.of(link));
    assertEquals(
        List.of(home.resolve("runtimes/awk")),
        assertInstanceOf(ManifestLoader.Outcome.Loaded.class, loader.load(plugin))
            .manifest()
            .data());
  }

  @Test
  void whatIsNotInstalledIsNamed() throws IOException {
    String none = refusal(GOOD.replace("awk\n", "perl\n"));
    assertTrue(none.contains("manifest.yaml:4:"), none);
    assertTrue(none.contains("this installation has no runtime perl"), none);
    runtime("exec: [/usr/bin/no-such-program]");
    assertTrue(refusal(GOOD).contains("needs /usr/bin/no-such-program"), refusal(GOOD));
    runtime("exec: [/bin/sh]");
    assertTrue(refusal(GOOD).contains("needs /bin/sh"), refusal(GOOD));
    runtime("exec: [/usr/bin/awk]\nmore: 1");
    assertTrue(refusal(GOOD).contains("awk.yaml:2:"), refusal(GOOD));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${plugin}/none",
        "${plugin}/../runtimes/awk.yaml",
        "${java}",
        "/usr/bin/env",
        "-v"
      })
  void theScriptIsThePluginsOwn(String script) throws IOException {
    String refusal = refusal(GOOD.replace("${plugin}/greek.awk", script));
    assertTrue(refusal.contains("manifest.yaml:5:"), refusal);
    assertTrue(refusal.contains(script + " is no script below ${plugin}/"), refusal);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../awk", "a/b", "Awk"})
  void aNameIsNoPath(String name) throws IOException {
    String refusal = refusal(GOOD.replace("runtime: awk", "runtime: \"" + name + "\""));
    assertTrue(refusal.contains("manifest.yaml:4:"), refusal);
  }
}
