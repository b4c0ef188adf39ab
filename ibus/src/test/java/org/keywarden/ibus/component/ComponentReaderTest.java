package org.keywarden.ibus.component;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ComponentReaderTest {
  private static Component read(String xml) throws BadComponent {
    return ComponentReader.component(xml.getBytes(UTF_8));
  }

  private static String refusal(String xml) {
    return String.valueOf(assertThrows(BadComponent.class, () -> read(xml)).getMessage());
  }

  @Test
  void readsWhatIsKnownAndPassesOverTheRest() throws Exception {
    Component component =
        read(
            """
            <?xml version="1.0"?>
            <component>
              <name>org.example.Engine</name>
              <exec>/usr/libexec/engine --ibus</exec>
              <observed-paths><path>/usr/share/x</path></observed-paths>
              <engines exec="/usr/libexec/engine --xml">
                <engine>
                  <name>one</name><longname>One &amp; only</longname><language>ko</language>
                  <layout>kr</layout><layout_variant>kr104</layout_variant><symbol>&#xD55C;</symbol>
                  <rank>99</rank><setup>/usr/libexec/setup</setup><unknown><deep/></unknown><description>%s</description>
                </engine>
                <engine><name>two</name><rank>many</rank></engine>
              </engines>
            </component>
            """
                .formatted("long ".repeat(2_000)));
    assertEquals("org.example.Engine", component.name());
    assertEquals("/usr/libexec/engine --ibus", component.exec());
    assertEquals("/usr/libexec/engine --xml", component.lister());
    assertEquals(List.of("/usr/share/x"), component.observed());
    assertEquals(
        List.of(
            new EngineDescription(
                "one", "One & only", "ko", "kr", "kr104", "한", 99, "/usr/libexec/setup"),
            new EngineDescription("two", "two", "", "", "", "", 0, "")),
        component.engines());
  }

  @Test
  void entitiesAndDocumentTypesAreNone() {
    String stolen =
        refusal(
            """
            <!DOCTYPE component [<!ENTITY file SYSTEM "file:///etc/passwd">]>
            <component><name>&file;</name><exec>x</exec></component>
            """);
    assertFalse(stolen.contains("root"), stolen);
    String laughs =
        refusal(
            """
            <!DOCTYPE component [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
            <component><name>&b;</name><exec>x</exec></component>
            """);
    assertFalse(laughs.isEmpty());
  }

  @Test
  void saysWhatIsWrong() {
    assertEquals("no <component> but <engines>", refusal("<engines/>"));
    assertTrue(refusal("<component>\n<name>").startsWith("no XML at line 2"));
    assertEquals(
        "a component has no name, or nothing to start", refusal("<component></component>"));
    assertEquals(
        "an engine has no name", refusal("<component><engines><engine/></engines></component>"));
    assertEquals(
        "the text of <name> is longer than 4096 characters",
        refusal("<component><name>" + "x".repeat(5_000) + "</name></component>"));
    assertEquals(
        "elements nest deeper than 16",
        refusal("<component>" + "<a>".repeat(100) + "</a>".repeat(100) + "</component>"));
    assertEquals("larger than 2048 KiB", refusal(" ".repeat(3 << 20)));
    assertEquals(
        "more than 4096 engines",
        refusal(
            "<component><engines>"
                + "<engine><name>x</name></engine>".repeat(5_000)
                + "</engines></component>"));
  }

  @Test
  void commandLinesAreSplitAsAShellWouldAndNothingElse() throws Exception {
    assertEquals(
        List.of("/a b", "c\"d", "e f", "$HOME", ";", "", "x\\y"),
        Words.of(" '/a b'  c\\\"d \"e f\" $HOME ; '' \"x\\y\""));
    assertEquals(List.of(), Words.of("  "));
    assertThrows(BadComponent.class, () -> Words.of("'open"));
  }

  /** As ibus-sunpinyin 2.0.3 of Debian has it. */
  @Test
  void aBrokenDeclarationIsPassedOver() throws Exception {
    String text =
        "<?xml version=\\\"1.0\\\"?>\n<component><name>é</name><exec>/x</exec></component>";
    assertEquals("é", read(text).name());
  }

  @Test
  void observedPathsAreFew() {
    String many = "<path>/a</path>".repeat(65);
    assertTrue(
        refusal("<component><observed-paths>" + many + "</observed-paths></component>")
            .contains("more than 64 observed paths"));
  }

  @Test
  void whatIsNotUsedMayBeLong() throws Exception {
    String page = "<description>" + "x".repeat(10_000) + "</description>";
    assertEquals(
        1,
        ComponentReader.engines(
                ("<engines>" + page + "<engine>" + page + "<name>a</name></engine></engines>")
                    .getBytes(UTF_8))
            .size());
  }
}
