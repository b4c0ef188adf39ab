package org.keywarden.broker.plugin.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.broker.plugin.sandbox.FileErrors;

/** A user's home and an engine's, and links in both. */
final class UserDataTest {
  @TempDir Path work;
  private Path home = Path.of("");
  private Path state = Path.of("");

  @BeforeEach
  void write() throws IOException {
    home = Files.createDirectory(work.resolve("home"));
    state = Files.createDirectories(work.resolve("plugins/ibus.greek"));
  }

  private UserData data(long bytes, Map<String, String> more, String... wanted) {
    Map<String, String> environment = new java.util.HashMap<>(more);
    environment.put("HOME", home.toString());
    return new UserData(
        List.of(wanted), environment, new EngineHome(work.resolve("plugins"), "ibus.greek"), bytes);
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void whatIsThereIsCountedAndCopiedInPlaceOfTheEngines() throws Exception {
    write(home.resolve(".config/greek/words/a"), "alpha");
    write(home.resolve(".greekrc"), "x");
    write(state.resolve(".config/greek/old"), "old");
    UserData data = data(1000, Map.of(), ".config/greek", ".greekrc", ".nothing");
    List<UserData.Item> found = data.found();
    assertEquals(
        List.of(
            new UserData.Item(home.resolve(".config/greek"), Path.of(".config/greek"), 1, 5, true),
            new UserData.Item(home.resolve(".greekrc"), Path.of(".greekrc"), 1, 1, false)),
        found);
    for (UserData.Item each : found) {
      data.copy(each);
    }
    assertEquals("alpha", Files.readString(state.resolve(".config/greek/words/a")));
    assertFalse(Files.exists(state.resolve(".config/greek/old")));
    assertEquals("x", Files.readString(state.resolve(".greekrc")));
    try (var left = Files.list(work.resolve("plugins"))) {
      assertEquals(1, left.count(), "no draft is left");
    }
  }

  @Test
  void directoriesThatTheSessionMovedAreFound() throws Exception {
    write(work.resolve("conf/greek/a"), "alpha");
    UserData data =
        data(1000, Map.of("XDG_CONFIG_HOME", work.resolve("conf").toString()), ".config/greek");
    data.copy(data.found().getFirst());
    assertEquals("alpha", Files.readString(state.resolve(".config/greek/a")));
  }

  @Test
  void noLinkIsFollowedOnEitherSide() throws Exception {
    Path outside = Files.createDirectory(work.resolve("outside"));
    write(outside.resolve("greek/a"), "alpha");
    Files.createSymbolicLink(home.resolve(".config"), outside);
    UserData data = data(1000, Map.of(), ".config/greek");
    IOException refused = assertThrows(IOException.class, data::found);
    assertTrue(FileErrors.words(refused).contains("a link, which is not followed"));
    Files.delete(home.resolve(".config"));

    write(home.resolve(".config/greek/a"), "alpha");
    Files.createSymbolicLink(home.resolve(".config/greek/out"), Path.of("/etc"));
    UserData.Item item = data.found().getFirst();
    assertThrows(IOException.class, () -> data.copy(item));
    assertFalse(Files.exists(state.resolve(".config/greek")));
    Files.delete(home.resolve(".config/greek/out"));

    Files.createSymbolicLink(state.resolve(".config"), outside);
    assertThrows(IOException.class, () -> data.copy(item));
    assertEquals("alpha", Files.readString(outside.resolve("greek/a")));
    Files.delete(state.resolve(".config"));
    Files.createDirectories(state.resolve(".config"));
    Files.createSymbolicLink(state.resolve(".config/greek"), outside);
    data.copy(item);
    assertTrue(Files.exists(outside.resolve("greek/a")), "the link is replaced, not what it names");
    assertEquals("alpha", Files.readString(state.resolve(".config/greek/a")));
  }

  @Test
  void moreThanTheEngineMayKeepIsRefused() throws Exception {
    write(home.resolve(".greek/a"), "x".repeat(2000));
    IOException refused = assertThrows(IOException.class, data(1000, Map.of(), ".greek")::found);
    assertTrue(FileErrors.words(refused).contains("more than"), refused::toString);
  }

  @Test
  void forgettingLeavesAnEmptyDirectoryAndFollowsNothing() throws Exception {
    Path outside = Files.createDirectory(work.resolve("outside"));
    write(outside.resolve("a"), "mine");
    write(state.resolve("deep/b"), "learnt");
    Files.createSymbolicLink(state.resolve("link"), outside);
    new EngineHome(work.resolve("plugins"), "ibus.greek").empty();
    try (var left = Files.walk(work.resolve("plugins"))) {
      assertEquals(2, left.count());
    }
    assertEquals("mine", Files.readString(outside.resolve("a")));
  }
}
