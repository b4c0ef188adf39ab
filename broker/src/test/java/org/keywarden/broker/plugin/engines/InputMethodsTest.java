package org.keywarden.broker.plugin.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.broker.plugin.PluginManifest;
import org.keywarden.broker.plugin.engines.InputMethods.Target;
import org.keywarden.broker.process.Confinement;
import org.keywarden.broker.seat.Memory;
import org.keywarden.policy.PluginFacts;

/** What is enabled, in which order, and which of it composes. */
final class InputMethodsTest {
  private static final Target ROMAJI = new Target("romaji", "");

  @TempDir Path configuration;
  private final List<String> told = new ArrayList<>();
  private Target selected = ROMAJI;
  private final InputMethods.Place place =
      new InputMethods.Place() {
        @Override
        public void add(PluginManifest manifest) {
          told.add("add " + manifest.id());
        }

        @Override
        public void remove(String plugin) {
          told.add("remove " + plugin);
        }

        @Override
        public Target selected() {
          return selected;
        }

        @Override
        public void select(Target target) {
          selected = target;
          told.add("select " + target.plugin() + " " + target.method());
        }
      };

  private static PluginManifest plugin(String id, String version, String... methods) {
    return new PluginManifest(
        Path.of("/x"),
        id,
        version,
        List.of("/x"),
        new PluginFacts(id, List.of(), Set.of()),
        List.of(),
        List.of(),
        Confinement.Limits.DEFAULT,
        Set.of(),
        Stream.of(methods)
            .map(each -> new PluginManifest.InputMethod(each, each, List.of(), "", ""))
            .toList(),
        Memory.KEEPS);
  }

  private static EngineCatalogue.Component component(PluginManifest manifest) {
    return new EngineCatalogue.Component(manifest.id(), manifest, manifest.inputMethods(), "");
  }

  private static final EngineCatalogue FOUND =
      new EngineCatalogue(
          List.of(
              component(plugin("ibus.hangul", "1", "hangul")),
              component(plugin("ibus.m17n", "1", "m17n:hi:itrans", "m17n:vi:telex")),
              new EngineCatalogue.Component(
                  "ibus.gone",
                  null,
                  plugin("ibus.gone", "1", "gone").inputMethods(),
                  "its program is not there")),
          List.of("bad.xml: no XML"));

  private InputMethods methods(String... natives) {
    return new InputMethods(
        Stream.of(natives).map(each -> plugin(each, "1")).toList(),
        new ChoiceFile(configuration),
        place);
  }

  private InputMethods begun() {
    InputMethods methods = methods("romaji");
    methods.begin("");
    methods.adopt(FOUND);
    return methods;
  }

  private Path file() {
    return configuration.resolve("input-methods.yaml");
  }

  private static List<String> ids(InputMethods methods) {
    return methods.rows().stream().map(InputMethods.Row::id).toList();
  }

  @Test
  void withoutAFileNoEngineIsAPluginAndNothingIsLookedFor() {
    InputMethods methods = methods("romaji");
    methods.begin("");
    assertFalse(methods.needsEngines());
    methods.adopt(FOUND);
    assertEquals(List.of(), told);
    assertEquals(
        List.of("romaji", "hangul", "m17n:hi:itrans", "m17n:vi:telex", "gone"), ids(methods));
    assertEquals(List.of("bad.xml: no XML"), methods.problems());
  }

  /** As 'ime enable' does where no broker answers. */
  @Test
  void whatAnotherProgramWroteIsTakenWithTheNextLook() throws Exception {
    InputMethods methods = begun();
    ChoiceFile other = new ChoiceFile(configuration);
    assertEquals(
        List.of("m17n:vi:telex", "hangul"),
        other.arrange(List.of("hangul", "m17n:vi:telex"), List.of(), List.of("m17n:vi:telex")));
    methods.adopt(FOUND);
    assertTrue(told.containsAll(List.of("add ibus.m17n", "add ibus.hangul")), told::toString);
    assertEquals(List.of("hangul"), other.arrange(List.of(), List.of("m17n:vi:telex"), List.of()));
    methods.adopt(FOUND);
    assertTrue(told.contains("remove ibus.m17n"), told::toString);
    assertThrows(
        InputMethods.Refused.class, () -> other.arrange(List.of("a b"), List.of(), List.of()));
    assertThrows(
        InputMethods.Refused.class, () -> other.arrange(List.of(), List.of("none"), List.of()));
  }

  @Test
  void oneComponentIsOnePluginForAsLongAsOneOfItsEnginesIsEnabled() throws Exception {
    InputMethods methods = begun();
    assertEquals(
        List.of("m17n:vi:telex", "m17n:hi:itrans"),
        methods.arrange(List.of("m17n:vi:telex", "m17n:hi:itrans"), List.of(), List.of()));
    assertEquals(List.of("add ibus.m17n"), told);
    methods.arrange(List.of(), List.of("m17n:vi:telex"), List.of());
    assertEquals(1, told.size());
    methods.arrange(List.of("hangul"), List.of("m17n:hi:itrans"), List.of());
    assertEquals(List.of("add ibus.m17n", "remove ibus.m17n", "add ibus.hangul"), told);
  }

  @Test
  void whatIsEnabledIsKeptInOrderAndTheFirstIsSelectedAtTheNextStart() throws Exception {
    InputMethods before = begun();
    before.arrange(List.of("hangul", "romaji", "m17n:hi:itrans"), List.of(), List.of());
    assertEquals(
        List.of("m17n:hi:itrans", "hangul", "romaji"),
        before.arrange(List.of(), List.of(), List.of("m17n:hi:itrans")));
    told.clear();
    InputMethods methods = methods("romaji");
    methods.begin("");
    assertTrue(methods.needsEngines());
    assertEquals(ROMAJI, selected);
    methods.adopt(FOUND);
    assertEquals(
        List.of("add ibus.m17n", "add ibus.hangul", "select ibus.m17n m17n:hi:itrans"), told);
    assertEquals("m17n:hi:itrans", ids(methods).getFirst());
    assertTrue(methods.rows().getFirst().selected());
  }

  @Test
  void whatIsAskedForAtTheStartIsSelectedOnceItIsThere() throws Exception {
    begun().arrange(List.of("hangul", "m17n:hi:itrans"), List.of(), List.of());
    InputMethods methods = methods("romaji");
    methods.begin("m17n:hi:itrans");
    methods.adopt(EngineCatalogue.EMPTY);
    assertEquals(ROMAJI, selected);
    methods.adopt(FOUND);
    assertEquals(new Target("ibus.m17n", "m17n:hi:itrans"), selected);
  }

  @Test
  void oneThatComposedAndIsDisabledGivesWayToTheNext() throws Exception {
    InputMethods methods = begun();
    methods.arrange(List.of("hangul", "m17n:hi:itrans"), List.of(), List.of());
    selected = new Target("ibus.hangul", "hangul");
    methods.arrange(List.of(), List.of("hangul"), List.of());
    assertEquals(new Target("ibus.m17n", "m17n:hi:itrans"), selected);
    methods.arrange(List.of(), List.of("m17n:hi:itrans"), List.of());
    assertEquals(ROMAJI, selected);
  }

  @Test
  void whereNothingComposesWhatIsEnabledDoes() throws Exception {
    selected = Target.NONE;
    InputMethods methods = methods();
    methods.begin("");
    methods.adopt(FOUND);
    assertEquals(Target.NONE, selected);
    methods.arrange(List.of("hangul"), List.of(), List.of());
    assertEquals(new Target("ibus.hangul", "hangul"), selected);
  }

  @Test
  void anEngineIsChosenOnlyIfItIsEnabled() throws Exception {
    InputMethods methods = begun();
    methods.arrange(List.of("m17n:hi:itrans"), List.of(), List.of());
    assertTrue(methods.choose(ROMAJI));
    assertTrue(methods.choose(new Target("ibus.m17n", "m17n:hi:itrans")));
    assertFalse(methods.choose(new Target("ibus.m17n", "m17n:vi:telex")));
    assertFalse(methods.choose(new Target("ibus.m17n", "")));
    assertFalse(methods.choose(new Target("ibus.hangul", "hangul")));
    assertFalse(methods.choose(new Target("romaji", "other")));
    assertFalse(methods.choose(Target.NONE));
  }

  @Test
  void whatIsNotThereOrCannotBeUsedChangesNothing() throws Exception {
    InputMethods methods = begun();
    for (String each : List.of("nothing", "gone")) {
      assertThrows(
          InputMethods.Refused.class,
          () -> methods.arrange(List.of("hangul", each), List.of(), List.of()));
    }
    assertThrows(
        InputMethods.Refused.class, () -> methods.arrange(List.of(), List.of("hangul"), List.of()));
    assertThrows(
        InputMethods.Refused.class, () -> methods.arrange(List.of(), List.of(), List.of("hangul")));
    assertEquals(List.of(), told);
    assertFalse(Files.exists(file()));
  }

  @Test
  void anInvalidFileIsSaidWithItsPlaceAndLeftAlone() throws IOException {
    String text = "enabled: [hangul, hangul]\nmore: 1\n";
    Files.writeString(file(), text);
    InputMethods methods = begun();
    assertTrue(methods.problems().getFirst().contains(file() + ":"), methods.problems()::toString);
    assertTrue(methods.problems().getFirst().contains(":2:1"), methods.problems()::toString);
    ChoiceFile.Unusable refused =
        assertThrows(
            ChoiceFile.Unusable.class,
            () -> methods.arrange(List.of("hangul"), List.of(), List.of()));
    assertTrue(String.valueOf(refused.getMessage()).contains(":2:1"));
    assertEquals(text, Files.readString(file()));
    assertEquals(List.of(), told);
  }

  @Test
  void whatTheUserWroteMeanwhileIsNotLost() throws Exception {
    InputMethods methods = begun();
    Files.writeString(file(), "enabled: ['m17n:vi:telex', not-there]\n");
    assertEquals(
        List.of("m17n:vi:telex", "not-there", "hangul"),
        methods.arrange(List.of("hangul"), List.of(), List.of()));
    InputMethods.Row missing = methods.rows().get(1);
    assertEquals("is not installed", missing.problem());
    assertTrue(missing.enabled());
  }

  @Test
  void anotherComponentTakesThePlaceOfTheOldOneAndAnUnchangedOneGoesOn() throws Exception {
    InputMethods methods = begun();
    methods.arrange(List.of("hangul", "m17n:hi:itrans"), List.of(), List.of());
    told.clear();
    methods.adopt(
        new EngineCatalogue(
            List.of(component(plugin("ibus.hangul", "2", "hangul")), FOUND.components().get(1)),
            List.of()));
    assertEquals(List.of("remove ibus.hangul", "add ibus.hangul"), told);
    methods.adopt(EngineCatalogue.EMPTY);
    assertEquals(4, told.size());
  }

  @Test
  void anEngineOfAPluginThatIsThereAlreadyIsNotRunTwice() throws Exception {
    InputMethods methods = methods("ibus.hangul");
    methods.begin("");
    methods.adopt(FOUND);
    methods.arrange(List.of("hangul"), List.of(), List.of());
    assertEquals(List.of(), told.stream().filter(each -> each.startsWith("add")).toList());
  }
}
