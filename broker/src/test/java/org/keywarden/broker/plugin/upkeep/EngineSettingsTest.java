package org.keywarden.broker.plugin.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keywarden.proto.engine.v1.Profile;
import org.keywarden.proto.engine.v1.Schema;
import org.keywarden.proto.engine.v1.Variable;

/** Schemas made by hand, and a keyfile in a directory that the engine may change. */
final class EngineSettingsTest {
  private static final String ENUMS =
      """
      <schemalist><enum id="org.example.kind"><value nick="soft" value="0"/><value nick="hard" value="1"/></enum>
      </schemalist>
      """;
  private static final String GREEK =
      """
      <?xml version="1.0"?>
      <schemalist>
        <schema id="org.example.greek" path="/org/example/greek/">
          <key name="accents" type="b"><default>true</default><summary>Put
            accents</summary></key>
          <key name="rows" type="i"><range min="1" max="9"/><default>5</default></key>
          <key name="big" type="t"><default>1</default></key>
          <key name="weight" type="d"><range min="0" max="1.5"/><default>1.0</default></key>
          <key name="layout" type="s"><choices><choice value="mono"/><choice value="poly"/></choices>
            <default>'mono'</default></key>
          <key name="kind" enum="org.example.kind"><default>'soft'</default></key>
          <key name="name" type="s"><default>''</default></key>
          <key name="words" type="as"><default>[]</default></key>
          <key name="map" type="a{s(ib)}"><default>{}</default></key>
          <key name="any" type="a{sv}"><default>{}</default></key>
        </schema>
        <schema id="org.example.moved"><key name="tone" type="i"><default>0</default></key></schema>
        <schema id="org.example.other" path="/org/example/other/">
          <key name="tone" type="i"><default>7</default></key></schema>
      </schemalist>
      """;
  private static final Path KEYFILE = Path.of("ibus.greek/.config/glib-2.0/settings/keyfile");

  @TempDir Path work;
  private Path schemas = Path.of("");
  private Path plugins = Path.of("");

  @BeforeEach
  void write() throws IOException {
    schemas = Files.createDirectory(work.resolve("schemas"));
    plugins = Files.createDirectory(work.resolve("plugins"));
    Files.createDirectory(plugins.resolve("ibus.greek"));
    Files.writeString(schemas.resolve("a.gschema.xml"), GREEK);
    Files.writeString(schemas.resolve("z.enums.xml"), ENUMS);
    Files.writeString(schemas.resolve("README"), "no schema");
  }

  private static Profile profile(String... ids) {
    Profile.Builder profile =
        Profile.newBuilder()
            .addEnvironment(Variable.newBuilder().setName("GSETTINGS_BACKEND").setValue("keyfile"));
    for (String id : ids) {
      profile.addSchemas(
          Schema.newBuilder()
              .setId("org.example." + id)
              .setPath(id.equals("moved") ? "/org/example/moved/${2}/" : ""));
    }
    return profile.build();
  }

  private EngineSettings settings(String engine, String... ids) throws Unfit {
    return EngineSettings.of(
        profile(ids),
        engine,
        List.of("greek", "greek:old"),
        new EngineHome(plugins, "ibus.greek"),
        schemas);
  }

  private String keyfile() throws IOException {
    return Files.readString(plugins.resolve(KEYFILE));
  }

  @Test
  void theyAreWhatTheSchemaSaysUntilOneIsSet() throws Exception {
    EngineSettings settings = settings("greek", "greek");
    List<EngineSettings.Row> all = settings.all();
    assertEquals(10, all.size());
    assertEquals("Put accents", all.getFirst().summary());
    assertEquals(List.of("soft", "hard"), settings.one("kind").choices());
    assertFalse(Files.exists(plugins.resolve(KEYFILE)));

    settings.set("layout", "poly");
    settings.set("name", "it's a \\ name");
    settings.set("words", "['a', \"b\"]");
    assertEquals("poly", settings.one("layout").value());
    assertTrue(settings.one("layout").isSet());
    assertEquals("mono", settings.one("layout").original());
    assertEquals("it's a \\ name", settings.one("name").value());
    assertTrue(keyfile().startsWith("[org/example/greek]\n"), keyfile());
    assertTrue(keyfile().contains("name='it\\'s a \\\\ name'\n"), keyfile());
    settings.unset("layout");
    assertFalse(settings.one("layout").isSet());
    assertTrue(settings.one("words").isSet());
  }

  @Test
  void whatTheEngineWroteThereStays() throws Exception {
    Path file = plugins.resolve(KEYFILE);
    Files.createDirectories(file.getParent());
    Files.writeString(
        file, "# mine\n[org/example/other]\nname=1\n\n[org/example/greek]\nrows=3\nrows=4\n");
    EngineSettings settings = settings("greek", "greek");
    assertEquals("4", settings.one("rows").value());
    settings.set("rows", "6");
    assertEquals("# mine\n[org/example/other]\nname=1\n\n[org/example/greek]\nrows=6\n", keyfile());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "accents|yes|true or false",
        "rows|10|a whole number from 1 to 9",
        "rows|x|a whole number from 1 to 9",
        "big|-1|a whole number of 64 bits",
        "weight|2|a number from 0 to 1.5",
        "weight|NaN|a number from 0 to 1.5",
        "layout|'poly'|one of: mono, poly",
        "kind|Soft|one of: soft, hard",
        "words|['a'|',' is missing at column 5",
        "words|[1]|a quoted text is missing at column 2",
        "words|['a'] x|ends here at column 7",
        "map|{'a': (1, 2)}|no true or false at column 11",
        "any|{'a': 1}|'<' is missing at column 7",
        "any|{'a': <[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]>}|nests too deep",
        "tone|1|there is no setting tone; there are: accents, rows"
      })
  void whatDoesNotFitIsRefusedWithWhatWould(String key, String value, String why) throws Exception {
    EngineSettings settings = settings("greek", "greek");
    String said =
        String.valueOf(assertThrows(Unfit.class, () -> settings.set(key, value)).getMessage());
    assertTrue(said.contains(why), said);
    assertFalse(Files.exists(plugins.resolve(KEYFILE)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "map|{'a': (1, true), 'b': (-2, false)}",
        "map|@a{s(ib)} {}",
        "any|{'a': <1>, 'b': <['x']>, 'c': <uint32 7>, 'd': <(1.5, {2: <true>})>}",
        "words|[]",
        "big|18446744073709551615",
        "weight|0.25"
      })
  void whatFitsIsKept(String key, String value) throws Exception {
    EngineSettings settings = settings("greek", "greek");
    settings.set(key, value);
    assertEquals(value, settings.one(key).value());
  }

  @Test
  void aKeyThatTwoSchemasHaveIsNamedWithItsSchemaAndARelocatableOneByItsEngine() throws Exception {
    EngineSettings settings = settings("greek:old", "moved", "other");
    assertEquals(
        List.of("moved/tone", "other/tone"),
        settings.all().stream().map(EngineSettings.Row::name).toList());
    settings.set("moved/tone", "3");
    assertEquals("[org/example/moved/old]\ntone=3\n", keyfile());
    String said =
        String.valueOf(assertThrows(Unfit.class, () -> settings("greek", "moved")).getMessage());
    assertTrue(said.contains("name one"), said);
  }

  @Test
  void noLinkOfTheEnginesIsFollowed() throws Exception {
    Path outside = Files.createDirectories(work.resolve("outside/glib-2.0/settings"));
    Files.createSymbolicLink(plugins.resolve("ibus.greek/.config"), work.resolve("outside"));
    EngineSettings linked = settings("greek", "greek");
    IOException refused = assertThrows(IOException.class, () -> linked.set("rows", "2"));
    assertTrue(String.valueOf(refused.getMessage()).contains("not followed"), refused::toString);
    Files.delete(plugins.resolve("ibus.greek/.config"));

    Path victim = Files.writeString(work.resolve("victim"), "mine");
    Files.createDirectories(plugins.resolve(KEYFILE).getParent());
    Files.createSymbolicLink(plugins.resolve(KEYFILE), victim);
    assertThrows(IOException.class, () -> settings("greek", "greek").all());
    assertEquals("mine", Files.readString(victim));
    try (var left = Files.list(outside)) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void schemasThatCannotBeReadAreNamedAndBringInNothing() throws Exception {
    Files.writeString(work.resolve("secret"), "a secret");
    Files.writeString(
        schemas.resolve("a.gschema.xml"),
        "<!DOCTYPE x [<!ENTITY s SYSTEM \"file://"
            + work.resolve("secret")
            + "\">]><schemalist><schema id='org.example.greek' path='/a/'><key name='k'"
            + " type='s'><default>&s;</default></key></schema></schemalist>");
    String said;
    try {
      said = settings("greek", "greek").all().toString();
    } catch (Unfit e) {
      said = String.valueOf(e.getMessage());
    }
    assertFalse(said.contains("a secret"), said);
    Files.writeString(schemas.resolve("a.gschema.xml"), "<schemalist>\n<schema");
    said = String.valueOf(assertThrows(Unfit.class, () -> settings("greek", "greek")).getMessage());
    assertTrue(said.contains("no schema org.example.greek"), said);
    assertTrue(said.contains("a.gschema.xml is no schema at line 2"), said);
    Files.write(schemas.resolve("a.gschema.xml"), new byte[3 << 20]);
    said = String.valueOf(assertThrows(Unfit.class, () -> settings("greek", "greek")).getMessage());
    assertTrue(said.contains("larger than"), said);
  }

  @Test
  void anEngineWithoutSchemasSaysSo() {
    assertTrue(
        String.valueOf(assertThrows(Unfit.class, () -> settings("greek")).getMessage())
            .contains("has no settings that Keywarden knows"));
  }
}
