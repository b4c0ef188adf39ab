package org.keywarden.engine.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines that people use, unchanged: what is typed and what comes of it. */
final class RealEnginesIT {
  @TempDir Path directory;

  private static final int SPACE = ' ';
  private static final int RETURN = 0xFF0D;
  private static final int ESCAPE = 0xFF1B;

  private interface Typing {
    void type(Editor editor) throws InterruptedException;
  }

  /** Enters a field of the engine when it is ready to compose, and types. */
  private void with(String component, String engine, Typing typing) throws Exception {
    try (RealEngine running = RealEngine.of(component, directory)) {
      Editor editor = running.editor().enter(Editor.field(engine));
      running.awaitEngine(engine);
      typing.type(editor);
    }
  }

  @Test
  void hangulComposesSyllablesAndGivesBackTheKeyThatEndsOne() throws Exception {
    with(
        "hangul",
        "hangul",
        editor -> {
          editor.await("the menu", each -> !each.menu().isEmpty());
          editor.type("gks");
          assertEquals("[한]", editor.shown());
          editor.type("rmf ");
          assertEquals("한글 []", editor.shown());
        });
  }

  @Test
  void libpinyinOffersWordsAndTakesTheFirst() throws Exception {
    with(
        "libpinyin",
        "libpinyin",
        editor -> {
          editor.type("nihao");
          assertEquals("你好", editor.candidates().texts().getFirst());
          assertTrue(editor.candidates().texts().size() <= 64);
          editor.type(" ");
          assertEquals("你好[]", editor.shown());
          assertEquals(List.of(), editor.candidates().texts());
        });
  }

  @Test
  void libpinyinTakesTheCandidateThatIsClickedOnALaterPage() throws Exception {
    with(
        "libpinyin",
        "libpinyin",
        editor -> {
          editor.type("ni");
          String wanted = editor.candidates().texts().get(7);
          editor.click(7);
          assertEquals(wanted + "[]", editor.shown());
        });
  }

  @Test
  void m17nWritesHindiAndVietnamese() throws Exception {
    with(
        "m17n",
        "m17n:hi:itrans",
        editor -> {
          editor.type("namaste ");
          assertEquals("नमस्ते []", editor.shown());
        });
    with(
        "m17n",
        "m17n:vi:telex",
        editor -> {
          editor.type("Vieejt ");
          assertEquals("Việt []", editor.shown());
        });
  }

  @Test
  void enginesOfOneProcessTakeTurns() throws Exception {
    try (RealEngine running = RealEngine.of("m17n", directory)) {
      Editor editor = running.editor().enter(Editor.field("m17n:hi:itrans"));
      running.awaitEngine("m17n:hi:itrans");
      editor.type("namaste ");
      editor.leave();
      editor.enter(Editor.field("m17n:vi:telex"));
      running.awaitEngine("m17n:vi:telex");
      editor.type("Vieejt ");
      editor.leave();
      editor.enter(Editor.field("m17n:hi:itrans")).type("namaste ");
      assertEquals("नमस्ते Việt नमस्ते []", editor.shown());
    }
  }

  @Test
  void anthyConverts() throws Exception {
    with(
        "anthy",
        "anthy",
        editor -> {
          // It shows what it composed only after its answer.
          editor.type("nihon").awaitShown("[にほn]");
          assertTrue(editor.press(SPACE));
          editor.awaitShown("[日本]");
          assertTrue(editor.press(RETURN));
          editor.awaitShown("日本[]");
        });
  }

  @Test
  void mozcConvertsWithItsServerBesideIt() throws Exception {
    with(
        "mozc",
        "mozc-jp",
        editor -> {
          editor.await("the menu", each -> !each.menu().isEmpty());
          editor.type("nihongo");
          assertEquals("[にほんご]", editor.shown());
          assertTrue(editor.press(SPACE));
          assertEquals("[日本語]", editor.shown());
          assertTrue(editor.press(RETURN));
          assertEquals("日本語[]", editor.shown());
        });
  }

  @Test
  void tableWritesSigns() throws Exception {
    with(
        "table",
        "table:latex",
        editor -> {
          editor.type("\\alpha ");
          assertEquals("α[]", editor.shown());
        });
  }

  @Test
  void unikeyPutsSignsOnLetters() throws Exception {
    with(
        "unikey",
        "Unikey",
        editor -> {
          editor.type("Vieetj ");
          assertEquals("Việt []", editor.shown());
        });
  }

  /**
   * Debian has its schemas in packages of their own, so this one has the smallest there is: it
   * composes and converts nothing.
   */
  @Test
  void rimeComposesByAUsersSchema() throws Exception {
    Path user = Files.createDirectories(directory.resolve("home/.config/ibus/rime"));
    Files.writeString(
        user.resolve("default.custom.yaml"), "patch:\n  schema_list:\n    - {schema: tiny}\n");
    Files.writeString(
        user.resolve("tiny.schema.yaml"),
        """
        schema: {schema_id: tiny, name: Tiny, version: "1"}
        engine:
          processors: [ascii_composer, speller, selector, express_editor]
          segmentors: [abc_segmentor, fallback_segmentor]
        speller: {alphabet: abcdefghijklmnopqrstuvwxyz}
        """);
    with(
        "rime",
        "rime",
        editor -> {
          // It makes its tables first, and uses no key meanwhile.
          long end = System.nanoTime() + RealEngine.PATIENCE.toNanos();
          while (!editor.preedit().text().equals("ni")) {
            assertTrue(System.nanoTime() < end, "rime never composes");
            editor.press(ESCAPE);
            editor.type("ni");
          }
          assertTrue(editor.type("hao").shown().endsWith("[nihao]"), editor.shown());
          assertTrue(editor.press(SPACE));
          assertTrue(editor.shown().endsWith("nihao[]"), editor.shown());
        });
  }
}
