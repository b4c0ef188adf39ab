package org.keywarden.engine.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keywarden.proto.yaml.InvalidYaml;

final class ProfilesTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anthy",
        "array",
        "braille",
        "cangjie",
        "chewing",
        "default",
        "hangul",
        "ibus-avro",
        "kkc",
        "libpinyin",
        "libthai",
        "libzhuyin",
        "m17n",
        "mozc",
        "pinyin",
        "quick",
        "rime",
        "skk",
        "sunpinyin",
        "table",
        "typing-booster",
        "unikey",
        "zhuyin"
      })
  void thoseOfTheHostAreValid(String name) throws Exception {
    Path file = Path.of(String.valueOf(Profiles.class.getResource(name + ".yaml")).substring(5));
    assertEquals(Profiles.read(file), Profiles.of(Path.of("/x", name + ".xml")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"other.xml", "../hangul.xml.xml", "HANGUL.xml", ".xml"})
  void allOthersHaveTheDefaultOne(String file) {
    assertEquals(Profiles.of(Path.of("default.xml")), Profiles.of(Path.of("/x", file)));
  }

  @Test
  void whatIsWrongIsNamedByItsPlace() throws Exception {
    Path file = directory.resolve("profile.yaml");
    for (List<String> each :
        List.of(
            List.of("state: [../x]", "1:9"),
            List.of("data: [relative]", "1:8"),
            List.of("config:\n  - {section: a, name: b}", "2:5"),
            List.of("unknown: 1", "1:1"))) {
      var ignored = Files.writeString(file, each.getFirst());
      String said =
          String.valueOf(assertThrows(InvalidYaml.class, () -> Profiles.read(file)).getMessage());
      assertTrue(said.contains(":" + each.getLast()), said);
    }
  }
}
