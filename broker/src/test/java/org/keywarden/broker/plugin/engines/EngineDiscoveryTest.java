package org.keywarden.broker.plugin.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keywarden.broker.plugin.PluginManifest;
import org.keywarden.broker.plugin.sandbox.HostPaths;
import org.keywarden.broker.process.Confinement;
import org.keywarden.ibus.component.BadComponent;

/** Components made by hand, with programs of the system; listings are made up. */
final class EngineDiscoveryTest {
  private static final String GREEK =
      """
      <component><name>org.example.Greek</name><exec>/usr/bin/true --ibus</exec>
      <engines><engine><name>greek</name><longname>Greek</longname><language>el_GR</language>
      <layout>gr</layout><layout_variant>polytonic</layout_variant><symbol>ε</symbol></engine></engines>
      </component>
      """;
  private static final String MANY =
      """
      <component><name>org.example.Many</name><exec>/usr/bin/true</exec>
      <observed-paths><path>OBSERVED</path></observed-paths>
      <engines exec="/usr/bin/true --xml"/></component>
      """;
  private static final String LISTED =
      "<engines><engine><name>many:a</name></engine><engine><name>many:b</name></engine></engines>";

  @TempDir Path work;
  private Path components = Path.of("");
  private Path profiles = Path.of("");
  private Path own = Path.of("");

  /** What programs list, by the id of the plugin; what is not here takes too long. */
  private final Map<String, String> listings = new ConcurrentHashMap<>();

  private final List<String> listed = new CopyOnWriteArrayList<>();

  @BeforeEach
  void directories() throws IOException {
    work = work.toRealPath();
    components = Files.createDirectory(work.resolve("components"));
    profiles = Files.createDirectories(work.resolve("host/profile"));
    own = Files.createDirectory(work.resolve("own"));
    Files.writeString(profiles.resolve("default.yaml"), "data: [/usr/share/nothing-here]\n");
  }

  private EngineDiscovery discovery(Path... roots) throws IOException {
    EnginePlaces places =
        new EnginePlaces(
            List.of(roots),
            own,
            work.resolve("host"),
            List.of("${java}", "Host"),
            work.resolve("kept"));
    return new EngineDiscovery(
        places,
        new EngineReader(places, HostPaths.of(work.resolve("data"), List.of())),
        (read, directory) -> {
          listed.add(read.id());
          String text = listings.get(read.id());
          if (text == null) {
            throw new BadComponent("took too long");
          }
          return text.getBytes(StandardCharsets.UTF_8);
        });
  }

  private List<EngineCatalogue> looks(Path... roots) throws Exception {
    List<EngineCatalogue> all = new ArrayList<>();
    discovery(roots).look(all::add);
    return all;
  }

  private EngineCatalogue last() throws Exception {
    return looks(components).getLast();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(components.resolve(name), text);
  }

  private static PluginManifest manifest(EngineCatalogue.Component component) {
    return Objects.requireNonNull(component.manifest(), component::toString);
  }

  @Test
  void aComponentIsAPluginAndItsEnginesAreItsInputMethods() throws Exception {
    write("greek.xml", GREEK);
    EngineCatalogue found = last();
    assertEquals(List.of(), found.problems());
    assertEquals(1, found.components().size());
    PluginManifest manifest = manifest(found.components().getFirst());
    assertEquals("ibus.greek", manifest.id());
    assertEquals("Greek", manifest.name());
    assertEquals(List.of("el-GR"), manifest.facts().languages());
    assertEquals(
        List.of(
            new PluginManifest.InputMethod(
                "greek", "Greek", List.of("el-GR"), "gr(polytonic)", "ε")),
        manifest.inputMethods());
    Path shown = work.resolve("kept/ibus.greek/shown");
    assertEquals(
        List.of(
            "${java}",
            "Host",
            shown.resolve("component.xml").toString(),
            shown.resolve("profile.binpb").toString()),
        manifest.exec());
    assertEquals(List.of(shown), manifest.data());
    assertEquals(List.of(Path.of("/usr/bin/true")), manifest.programs());
    assertEquals(Set.of(Confinement.Channel.NAMED_SOCKETS), manifest.channels());
    assertEquals(GREEK, Files.readString(shown.resolve("component.xml")));
  }

  @Test
  void theUsersProfileIsTakenBeforeTheInstallations() throws Exception {
    write("greek.xml", GREEK);
    Files.writeString(profiles.resolve("greek.yaml"), "limits: {processes: 9}\n");
    assertEquals(9, manifest(last().components().getFirst()).limits().processes());
    Files.writeString(own.resolve("greek.yaml"), "channels: [memory_files]\nprograms: [/bin/sh]\n");
    PluginManifest manifest = manifest(last().components().getFirst());
    assertEquals(128, manifest.limits().processes());
    assertEquals(
        Set.of(Confinement.Channel.NAMED_SOCKETS, Confinement.Channel.MEMORY_FILES),
        manifest.channels());
    assertTrue(manifest.programs().contains(Path.of("/bin/sh")), manifest::toString);
  }

  @Test
  void whatIsWrongWithOneIsSaidOfItAndTheOthersAreThere() throws Exception {
    write("greek.xml", GREEK);
    write("broken.xml", "<component><name>x");
    write("Not a name.xml", GREEK);
    write(
        "gone.xml",
        GREEK
            .replace("/usr/bin/true", "/usr/libexec/nothing")
            .replace("<name>greek", "<name>gone"));
    write("store.xml", "<component><name>x</name><exec>/usr/bin/true</exec></component>");
    Files.createDirectory(components.resolve("directory.xml"));
    write("profiled.xml", GREEK.replace("<name>greek", "<name>profiled"));
    Files.writeString(own.resolve("profiled.yaml"), "data: [/usr]\nnonsense: 1\n");
    EngineCatalogue found = last();
    assertEquals(
        List.of("ibus.gone", "ibus.greek"),
        found.components().stream().map(EngineCatalogue.Component::id).toList());
    EngineCatalogue.Component gone = found.components().getFirst();
    assertNull(gone.manifest());
    assertEquals("its program /usr/libexec/nothing is not there", gone.problem());
    assertEquals(4, found.problems().size(), found::toString);
    assertTrue(
        found.problems().get(0).contains("Not a name.xml: no input method"), found::toString);
    assertTrue(found.problems().get(1).contains("broken.xml: no XML at line 1"), found::toString);
    assertTrue(found.problems().get(2).contains("no regular file"), found::toString);
    assertTrue(
        found.problems().get(3).contains(own.resolve("profiled.yaml") + ":2:1"), found::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "data, /tmp, is in no place that may be shown",
    "data, /usr, is in no place that may be shown",
    "data, /proc/self, is in no place that may be shown",
    "programs, /etc/passwd, is no program"
  })
  void whatNoEngineMayHaveIsRefusedWithTheProfilesName(String key, String path, String why)
      throws Exception {
    write("greek.xml", GREEK);
    Files.writeString(own.resolve("greek.yaml"), key + ": [" + path + "]\n");
    EngineCatalogue.Component component = last().components().getFirst();
    assertNull(component.manifest());
    assertTrue(
        component.problem().startsWith(own.resolve("greek.yaml") + ": " + path + " " + why),
        component.problem());
  }

  @Test
  void aProgramThatIsNotRootsIsRefused() throws Exception {
    Path program = Files.copy(Path.of("/usr/bin/true"), work.resolve("program"));
    write("greek.xml", GREEK.replace("/usr/bin/true", program.toString()));
    EngineCatalogue.Component component = last().components().getFirst();
    assertNull(component.manifest());
    assertTrue(component.problem().contains("is in no place"), component.problem());
  }

  @Test
  void theFirstOfTwoWithOneNameIsTaken() throws Exception {
    Path more = Files.createDirectory(work.resolve("more"));
    write("greek.xml", GREEK);
    Files.writeString(more.resolve("greek.xml"), GREEK);
    Files.writeString(more.resolve("other.xml"), GREEK);
    EngineCatalogue found = looks(components, more).getLast();
    assertEquals(1, found.components().size());
    assertEquals(
        List.of(
            more.resolve("greek.xml") + ": another component is called ibus.greek",
            more.resolve("other.xml") + ": another engine is called greek"),
        found.problems());
  }

  @Test
  void whatIsObservedBelowTheEnginesHomeCountsToo() throws Exception {
    write("many.xml", MANY.replace("OBSERVED", "~/.many/</path><path>~/../../etc</path><path>~/"));
    listings.put("ibus.many", LISTED);
    assertEquals(2, looks(components).size());
    assertEquals(1, looks(components).size());
    Files.createDirectories(work.resolve("plugins/ibus.many/.many"));
    assertEquals(2, looks(components).size());
    assertEquals(1, looks(components).size());
    assertEquals(List.of("ibus.many", "ibus.many"), listed);
  }

  @Test
  void listingsAreWaitedForLastAndKeptUntilSomethingObservedChanges() throws Exception {
    Path observed = Files.createFile(work.resolve("observed"));
    write("many.xml", MANY.replace("OBSERVED", observed.toString()));
    write("greek.xml", GREEK);
    listings.put("ibus.many", LISTED);
    List<EngineCatalogue> first = looks(components);
    assertEquals(2, first.size());
    assertEquals(1, first.getFirst().components().size());
    assertEquals("ibus.many", first.getLast().having("many:b").orElseThrow().id());
    List<EngineCatalogue> second = looks(components);
    assertEquals(1, second.size());
    assertTrue(second.getLast().having("many:a").isPresent());
    assertEquals(List.of("ibus.many"), listed);
    Files.setLastModifiedTime(observed, FileTime.fromMillis(1));
    listings.remove("ibus.many");
    for (EngineCatalogue each : looks(components)) {
      assertTrue(each.having("many:a").isPresent(), "what is in use goes on meanwhile");
    }
    listings.put("ibus.many", "<engines/>");
    assertEquals(1, last().components().size());
    assertEquals(3, listed.size());
  }

  @Test
  void aListingThatFailsIsSaidAndTriedAgain() throws Exception {
    write("many.xml", MANY);
    write("greek.xml", GREEK);
    EngineCatalogue found = last();
    assertEquals(1, found.components().size());
    assertEquals(
        List.of(components.resolve("many.xml") + ": its list of engines: took too long"),
        found.problems());
    listings.put("ibus.many", "<engines><engine>");
    assertTrue(last().problems().getFirst().contains("its list of engines: no XML"));
    listings.put("ibus.many", LISTED);
    assertEquals(2, last().components().size());
    assertEquals(3, listed.size());
  }

  @Test
  void aListingThatFailedIsNotTriedAgainBeforeSomethingChanges() throws Exception {
    write("many.xml", MANY);
    EngineDiscovery discovery = discovery(components);
    List<EngineCatalogue> all = new ArrayList<>();
    discovery.look(all::add);
    discovery.look(all::add);
    assertEquals(1, listed.size());
    assertEquals(3, all.size());
    assertEquals(all.get(1), all.get(2));
    Files.setLastModifiedTime(components.resolve("many.xml"), FileTime.fromMillis(1));
    discovery.look(all::add);
    assertEquals(2, listed.size());
  }

  @Test
  void withoutAnyDirectoryThereIsNothing() throws Exception {
    EngineCatalogue found = looks(work.resolve("nowhere")).getLast();
    assertEquals(EngineCatalogue.EMPTY, found);
    assertNotNull(found);
  }
}
