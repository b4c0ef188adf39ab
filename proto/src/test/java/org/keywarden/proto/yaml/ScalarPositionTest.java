package org.keywarden.proto.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keywarden.proto.policy.v1.Policy;

/** A character of a value is found in the file, however YAML writes the value. */
final class ScalarPositionTest {
  /** Each value has one X, which is unique in the file. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a == X",
        "a ==\n      b ||\n      X",
        "'it''s && ''q'' == X'",
        "\"say \\\"hi\\\" == X\"",
        "\"a\\tb\\\\c == X\"",
        "\"a \\\n      b X\"",
        "\"a\n\n      b X\"",
        "|\n      a ||\n      b || X\n",
        "|-\n      a ||\n        b || X",
        "|2- # a comment\n      a ||\n      X",
        ">-\n      a ||\n\n      b ||\n        c\n      || X",
        ">+\n      a == '\u00e9\ud83d\ude00' || X\n\n",
      })
  void found(String written) throws InvalidYaml {
    String source =
        "version: 1\nrules:\n  - name: a\n    when: " + written + "\n    route: guard\n";
    Policy.Builder policy = Policy.newBuilder();
    YamlPositions positions = YamlMessages.read(source, "f", policy);
    String value = policy.getRules(0).getWhen();
    int index = value.codePointCount(0, value.indexOf('X'));
    int expected = source.indexOf('X');
    String before = source.substring(0, expected);
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    String inLine = before.substring(before.lastIndexOf('\n') + 1);
    assertEquals(
        new Position(line, inLine.codePointCount(0, inLine.length()) + 1),
        positions.within("rules[0].when", index));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 99})
  void anIndexOutsideStaysInTheValue(int index) throws InvalidYaml {
    String source = "version: 1\nrules:\n  - name: a\n    when: abc\n    route: guard\n";
    YamlPositions positions = YamlMessages.read(source, "f", Policy.newBuilder());
    Position place = positions.within("rules[0].when", index);
    assertEquals(4, place.line());
  }
}
