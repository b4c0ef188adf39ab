package org.keywarden.broker.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.broker.seat.FieldId;
import org.keywarden.broker.seat.HostEffect;
import org.keywarden.broker.seat.Route;

/** Which of the user's files have Compose rules. */
final class ComposeRulesTest {
  private static final String SEAM = ComposeRules.SEAM + "\n";

  @TempDir private Path home;

  private ComposeRules.Found found(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("HOME", home.toString());
    return new ComposeRules(environment).gather();
  }

  /** What is in the parts, in order. */
  private List<String> parts(Map<String, String> more) {
    return List.of(found(more).text().split(SEAM)).stream().map(String::strip).toList();
  }

  private void write(String name, String content) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  @Test
  void withoutAFileThereAreNone() {
    assertEquals("", found(Map.of()).text());
  }

  @Test
  void theFirstFileThatCanBeReadIsTaken() throws IOException {
    write(".XCompose", "home");
    assertEquals(List.of("home"), parts(Map.of()));
    write(".config/XCompose", "config");
    assertEquals(List.of("config"), parts(Map.of()));
    write("own", "own");
    String own = home.resolve("own").toString();
    assertEquals(List.of("own"), parts(Map.of("XCOMPOSEFILE", own)));
    assertEquals(List.of("config"), parts(Map.of("XCOMPOSEFILE", own + "-none")));
  }

  @Test
  void whatIsIncludedIsPutInPlace() throws IOException {
    write(".XCompose", "a\ninclude \"%H/x/second\"\n  include \"relative\" # why\nb\n");
    write("x/second", "second\ninclude \"third\"\n");
    write("x/third", "third");
    write("relative", "relative");
    assertEquals(
        List.of("a", "second", "third", "relative", "b"),
        parts(Map.of()).stream().filter(part -> !part.isEmpty()).toList());
  }

  @Test
  void whatIsOfTheSystemStaysAnInclude() throws IOException {
    write(".XCompose", "include \"%L\"\ninclude \"%S/x\"\na\n");
    assertEquals(
        List.of("include \"%L\"", "include \"%S/x\"", "a"),
        parts(Map.of()).stream().filter(part -> !part.isEmpty()).toList());
  }

  @Test
  void whatCannotBeReadCostsItsOwnRules() throws IOException, InterruptedException {
    write(
        ".XCompose",
        "include \"none\"\ninclude \"folder\"\ninclude \"fifo\"\ninclude \"/dev/zero\"\na\n");
    Files.createDirectory(home.resolve("folder"));
    assertEquals(
        0, new ProcessBuilder("mkfifo", home.resolve("fifo").toString()).start().waitFor());
    assertEquals(List.of("a"), parts(Map.of()).stream().filter(part -> !part.isEmpty()).toList());
  }

  @Test
  void circlesEnd() throws IOException {
    write(".XCompose", "a\ninclude \".XCompose\"\ninclude \".XCompose\"\n");
    long times = parts(Map.of()).stream().filter("a"::equals).count();
    assertTrue(times > 1 && times <= 64, () -> times + " times");
  }

  @Test
  void aFileThatAppearsChangesOrGoesIsNoticed() throws IOException {
    write("x", "x");
    ComposeRules.Found none = found(Map.of());
    assertFalse(none.isStale());
    write(".XCompose", "include \"x\"\ninclude \"later\"\n");
    assertTrue(none.isStale());
    ComposeRules.Found some = found(Map.of());
    assertFalse(some.isStale());
    write("later", "l");
    assertTrue(some.isStale());
    ComposeRules.Found all = found(Map.of());
    Files.delete(home.resolve("x"));
    assertTrue(all.isStale());
  }

  @Test
  void theNextFocusLooks() throws IOException {
    Path file = home.resolve("gathered");
    int[] restarts = new int[1];
    ComposeFile compose =
        new ComposeFile(
            new ComposeRules(Map.of("HOME", home.toString())),
            file,
            Runnable::run,
            () -> restarts[0]++);
    assertEquals("", Files.readString(file));
    HostEffect focus = new HostEffect.RouteChanged(new FieldId(1, 1), Route.GUARDED, false);
    compose.apply(focus);
    assertEquals(0, restarts[0]);
    write(".XCompose", "rules");
    compose.apply(new HostEffect.RouteChanged(null, Route.UNFOCUSED, false));
    assertEquals(0, restarts[0]);
    compose.apply(focus);
    assertEquals(1, restarts[0]);
    assertEquals("rules\n", Files.readString(file));
    compose.apply(focus);
    assertEquals(1, restarts[0]);
  }
}
