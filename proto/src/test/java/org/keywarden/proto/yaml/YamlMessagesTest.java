package org.keywarden.proto.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.UninterpretedOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keywarden.proto.input.v1.Action;
import org.keywarden.proto.input.v1.Right;
import org.keywarden.proto.plugin.v1.Manifest;
import org.keywarden.proto.policy.v1.Policy;
import org.keywarden.proto.policy.v1.Route;

/** What is read, and what is refused where. */
final class YamlMessagesTest {
  private static final String MANIFEST =
      """
      # The sample.
      id: org.example.ime
      name: "Example"
      version: '1.0'
      exec: ["${java}", -jar, "${plugin}/ime.jar"]
      languages:
        - ja
        - zh-Hant
      rights: [receive_keys, RIGHT_COMMIT_TEXT]
      """;

  @Test
  void aManifestIsRead() throws InvalidYaml {
    Manifest.Builder manifest = Manifest.newBuilder();
    YamlPositions positions = YamlMessages.read(MANIFEST, "manifest.yaml", manifest);
    assertEquals(
        Manifest.newBuilder()
            .setId("org.example.ime")
            .setName("Example")
            .setVersion("1.0")
            .addAllExec(List.of("${java}", "-jar", "${plugin}/ime.jar"))
            .addAllLanguages(List.of("ja", "zh-Hant"))
            .addRights(Right.RIGHT_RECEIVE_KEYS)
            .addRights(Right.RIGHT_COMMIT_TEXT)
            .build(),
        manifest.build());
    assertEquals(new Position(8, 5), positions.of("languages[1]"));
  }

  @Test
  void aPolicyIsRead() throws InvalidYaml {
    Policy.Builder policy = Policy.newBuilder();
    YamlMessages.read(
        """
        version: 1
        rules:
          - name: a
            when: "true"
            route: compose
            lifetime_seconds: 60
            learning: false
          - {name: b, route: direct}
        """,
        "p",
        policy);
    assertEquals(60, policy.getRules(0).getLifetimeSeconds());
    assertTrue(policy.getRules(0).hasLearning());
    assertFalse(policy.getRules(0).getLearning());
    assertEquals(Route.ROUTE_DIRECT, policy.getRules(1).getRoute());
    assertFalse(policy.getRules(1).hasLifetimeSeconds());
  }

  @Test
  void aByteOrderMarkIsNoText() throws InvalidYaml {
    YamlMessages.read("\uFEFF" + MANIFEST, "m", Manifest.newBuilder());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nmae: x                | 2:1 | did you mean \"name\"",
        "colour: red            | 2:1 | known are id, name",
        "name: true             | 2:7 | put it in quotes",
        "name: 12               | 2:7 | put it in quotes",
        "version: 1.0           | 2:10 | put it in quotes",
        "name: no               | 2:7 | put it in quotes",
        "name: 2024-01-01       | 2:7 | put it in quotes",
        "name:                  | 2:6 | name has no value",
        "name: ~                | 2:7 | name has no value",
        "name: [a]              | 2:7 | must be a single value",
        "exec: java             | 2:7 | exec must be a list",
        "exec: [java, [b]]      | 2:14 | must be a single value",
        "rights: [recieve_keys] | 2:10 | did you mean \"receive_keys\"",
        "rights: [unspecified]  | 2:10 | cannot be \"unspecified\"",
        "rights: [RIGHT_UNSPECIFIED] | 2:10 | cannot be",
        "rights: [receive_keys, receive_keys] | 2:9 | rights: ",
        "languages: [ja, x_y]   | 2:17 | languages[1]: ",
        "id: a                  | 2:1 | stands in line 1 already",
        "'<<': {name: x}        | 2:1 | unknown key \"<<\"",
        "? [a] : b              | 2:3 | a key must be a word",
      })
  void aManifestLineIsRefused(String line, String place, String reason) {
    assertRefused("id: org.example\n" + line + "\n", Manifest.newBuilder(), place, reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lifetime_seconds: 61          | 5:23 | lifetime_seconds: ",
        "lifetime_seconds: 0           | 5:23 | lifetime_seconds: ",
        "lifetime_seconds: -1          | 5:23 | from 0 to 4294967295",
        "lifetime_seconds: 4294967296  | 5:23 | from 0 to 4294967295",
        "lifetime_seconds: 0x10        | 5:23 | decimal digits",
        "lifetime_seconds: 1_0         | 5:23 | decimal digits",
        "lifetime_seconds: 010         | 5:23 | decimal digits",
        "lifetime_seconds: 10.0        | 5:23 | decimal digits",
        "lifetime_seconds: '10'        | 5:23 | without quotes",
        "learning: yes                 | 5:15 | true or false",
        "learning: 'true'              | 5:15 | true or false",
        "learning: True                | 5:15 | true or false",
      })
  void aRuleLineIsRefused(String line, String place, String reason) {
    assertRefused(
        "version: 1\nrules:\n  - name: a\n    route: compose\n    " + line + "\n",
        Policy.newBuilder(),
        place,
        reason);
  }

  @Test
  void everyProblemIsToldInTheOrderOfTheFile() {
    InvalidYaml refused =
        assertThrows(
            InvalidYaml.class,
            () ->
                YamlMessages.read(
                    "version: 2\nrules:\n  - name: A\n    rute: guard\n  - name: b\n    route: 7\n",
                    "p.yaml",
                    Policy.newBuilder()));
    List<String> places =
        refused.problems().stream().map(each -> each.line() + ":" + each.column()).toList();
    assertTrue(places.containsAll(List.of("1:10", "3:11", "4:5", "6:12")), refused.getMessage());
    assertEquals(
        refused.problems().stream().sorted(Problem.IN_FILE_ORDER).toList(), refused.problems());
    assertTrue(String.valueOf(refused.getMessage()).startsWith("p.yaml:1:10: version"));
  }

  @Test
  void aMissingFieldIsCalledMissing() {
    assertRefused("name: x\n", Manifest.newBuilder(), "1:1", "id is missing");
    assertRefused("", Manifest.newBuilder(), "1:1", "id is missing");
    InvalidYaml refused =
        assertThrows(InvalidYaml.class, () -> YamlMessages.read("", "f", Manifest.newBuilder()));
    assertEquals(5, refused.problems().size(), "one for each missing field");
    assertRefused("# nothing\n", Manifest.newBuilder(), "1:1", "id is missing");
  }

  @Test
  void aFileThatIsNoMappingIsRefused() {
    assertRefused("- a\n", Manifest.newBuilder(), "1:1", "keys with values");
    assertRefused("text\n", Manifest.newBuilder(), "1:1", "keys with values");
  }

  @Test
  void onlyOneOfAOneof() {
    assertRefused("commit: a\nforward_key: {}\n", Action.newBuilder(), "2:14", "only one of");
  }

  @Test
  void aSchemaWithBytesIsNotRead() {
    assertThrows(
        IllegalArgumentException.class,
        () -> YamlMessages.read("string_value: x\n", "f", UninterpretedOption.newBuilder()));
  }

  @Test
  void negativeAndWideNumbersAreRead() throws InvalidYaml {
    FieldDescriptorProto.Builder field = FieldDescriptorProto.newBuilder();
    YamlMessages.read("number: -2147483648\n", "f", field);
    assertEquals(Integer.MIN_VALUE, field.getNumber());
    assertRefused(
        "number: -2147483649\n", FieldDescriptorProto.newBuilder(), "1:9", "from -2147483648");
    UninterpretedOption.Builder option = UninterpretedOption.newBuilder();
    YamlMessages.read(
        "positive_int_value: 18446744073709551615\ndouble_value: -1.5e3\n", "f", option);
    assertEquals(-1L, option.getPositiveIntValue());
    assertEquals(-1500.0, option.getDoubleValue());
  }

  static void assertRefused(
      String source, com.google.protobuf.Message.Builder into, String place, String reason) {
    InvalidYaml refused =
        assertThrows(InvalidYaml.class, () -> YamlMessages.read(source, "f", into));
    assertTrue(
        refused.problems().stream()
            .anyMatch(
                each ->
                    (each.line() + ":" + each.column()).equals(place)
                        && each.message().contains(reason)),
        () -> place + " " + reason + " is not in\n" + refused.getMessage());
  }
}
