package org.keywarden.conformance;

import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.keywarden.conformance.puppet.HostileEngine;
import org.keywarden.conformance.puppet.Mischief;
import org.keywarden.proto.host.v1.FieldEdited;
import org.keywarden.proto.input.v1.ContentType;
import org.keywarden.proto.input.v1.Hint;
import org.keywarden.proto.input.v1.Purpose;

/**
 * Attacks by an engine of IBus's. The host that serves it is no judge: what is judged is what comes
 * to the application.
 */
final class EngineAttacks {
  private static final ContentType PRIVATE =
      ContentType.newBuilder()
          .setPurpose(Purpose.PURPOSE_FREE_FORM)
          .addHints(Hint.HINT_PRIVATE)
          .build();

  /** Letters that no other file of the broker's holds in a row. */
  private static final String SECRET = "qzjxvkqw";

  /** An edit that a person can read at a glance is much smaller, in bytes. */
  private static final int LARGEST_EDIT = 64 * 1024;

  private static final int MOST_EDITS = 2_000;

  private EngineAttacks() {}

  /** An attack with an engine that composes in field 1. */
  private interface Harm {
    Outcome come(HostileEngineUse engine, Application application) throws Unsettled;
  }

  static List<Attack> all() {
    return List.of(
        attack(
            "G5",
            "engine acts without a cause",
            "An engine commits, deletes and forwards when a field gets the focus: nothing comes.",
            Mischief.WITHOUT_CAUSE,
            EngineAttacks::withoutCause),
        attack(
            "G5",
            "engine forwards other keys",
            "For one key it forwards three that nobody pressed: none of them comes.",
            Mischief.OTHER_KEYS,
            EngineAttacks::otherKeys),
        attack(
            "G1",
            "engine claims other names",
            "It asks for the names of IBus, panel, shell and another engine: each is refused.",
            Mischief.OTHER_NAMES,
            EngineAttacks::otherNames),
        attack(
            "G1",
            "engine speaks to others",
            "It calls others and signs as IBus, for other objects: nothing comes of it.",
            Mischief.OTHER_SENDERS,
            (engine, application) ->
                withoutCause(engine, application).and(onlyHonest(application, 1))),
        attack(
            "G8",
            "engine floods what is shown",
            "20,000 tables, texts and menus for one key: few come, each key is answered.",
            Mischief.FLOODS,
            EngineAttacks::tooMuch),
        attack(
            "G9",
            "engine's texts of a megabyte",
            "Text, preedit, candidates and menu of 1 MB: nothing so long comes.",
            Mischief.LONG_TEXTS,
            EngineAttacks::tooMuch),
        attack(
            "G9",
            "engine's deep variants",
            "A text in 200 variants: each key is answered, and typing goes on.",
            Mischief.DEEP_VARIANTS,
            EngineAttacks::tooMuch),
        attack(
            "G5",
            "engine shows control characters",
            "Escapes, overrides and line breaks in all that is shown: none of them comes.",
            Mischief.CONTROLS,
            EngineAttacks::controls),
        attack(
            "G2",
            "engine goes on after its field",
            "It commits, deletes and forwards once the focus is gone: nothing comes anywhere.",
            Mischief.AFTER_FOCUS,
            EngineAttacks::afterFocus),
        attack(
            "G8",
            "engine keeps keys for ever",
            "It never answers: the application gets each key in order, and typing goes on.",
            Mischief.KEEPS_KEYS,
            EngineAttacks::keepsKeys),
        attack(
            "G4",
            "engine answers twice",
            "Three answers to each key: the application gets one.",
            Mischief.ANSWERS_TWICE,
            EngineAttacks::tooMuch),
        Attack.of(
            "G8",
            "engine that crashes at its start",
            "It ends whenever it begins: the application has its keys, and one process at most tries.",
            EngineAttacks::crashes),
        attack(
            "G3",
            "engine remembers a private field",
            "It writes down what is typed there: no other field's engine has it, and no file.",
            Mischief.REMEMBERS,
            EngineAttacks::remembers));
  }

  private static Attack attack(
      String guarantee, String name, String description, Mischief mischief, Harm harm) {
    return Attack.of(
        guarantee,
        name,
        description,
        f -> {
          try (HostileEngineUse engine = HostileEngineUse.of(f, mischief)) {
            Application application = engine.application();
            engine.composeIn(1, Application.plain());
            return harm.come(engine, application).and(f.stillServes());
          }
        });
  }

  /** Only what was honest came to a field, each key was answered once. */
  private static Outcome onlyHonest(Application application, long field) throws Unsettled {
    return application
        .awaitAnswers()
        .and(Outcome.expect("other text", "", application.committed(field).replace("h", "")))
        .and(Outcome.expect("deletions", 0L, application.deletions()))
        .and(Outcome.expect("forwarded", 0L, application.forwarded()));
  }

  private static Outcome withoutCause(HostileEngineUse engine, Application application)
      throws Unsettled {
    engine.blur(1);
    engine.arm();
    application.focus(2, Application.plain());
    application.report(2, "abcd");
    engine.disarm();
    engine.awaitHonest(2);
    return onlyHonest(application, 2);
  }

  private static Outcome otherKeys(HostileEngineUse engine, Application application)
      throws Unsettled {
    application.tap(1, 'k');
    engine.awaitSeen("done", 1);
    Outcome answered = application.awaitAnswers();
    List<Integer> others =
        application.edits().stream()
            .filter(FieldEdited::hasForwardKey)
            .map(edit -> edit.getForwardKey().getKeysym())
            .filter(keysym -> keysym != 'k')
            .toList();
    return answered.and(Outcome.expect("other keys", List.of(), others));
  }

  private static Outcome otherNames(HostileEngineUse engine, Application application)
      throws Unsettled {
    long refused = engine.seen().stream().filter(line -> line.startsWith("refused")).count();
    return Outcome.expect("refused", 7L, refused)
        .and(Outcome.expect("granted", 1L, engine.seen("granted")))
        .and(onlyHonest(application, 1));
  }

  private static Outcome tooMuch(HostileEngineUse engine, Application application)
      throws Unsettled {
    application.tap(1, 'k');
    engine.awaitSeen("key", 1);
    Outcome answered = application.awaitAnswers();
    engine.awaitHonest(1);
    List<FieldEdited> edits = application.edits();
    int largest = edits.stream().mapToInt(FieldEdited::getSerializedSize).max().orElse(0);
    return answered
        .and(Outcome.expect("other text", "", application.committed(1).replace("h", "")))
        .and(Outcome.atMost("bytes of the largest edit", LARGEST_EDIT, largest))
        .and(Outcome.atMost("edits", MOST_EDITS, edits.size()));
  }

  private static Outcome controls(HostileEngineUse engine, Application application)
      throws Unsettled {
    int before = application.edits().size();
    application.tap(1, 'k');
    engine.awaitSeen("done", 1);
    Outcome answered = application.awaitAnswers();
    engine.awaitHonest(1);
    List<FieldEdited> edits = application.edits();
    List<String> texts = new ArrayList<>();
    edits.forEach(edit -> collect(edit, texts));
    long bad = texts.stream().filter(EngineAttacks::isDangerous).count();
    return answered
        .and(Outcome.atLeast("edits", before + 1, edits.size()))
        .and(Outcome.expect("texts that mislead", 0L, bad));
  }

  private static void collect(Object value, List<String> texts) {
    switch (value) {
      case Message message -> message.getAllFields().values().forEach(each -> collect(each, texts));
      case Collection<?> many -> many.forEach(each -> collect(each, texts));
      case String text -> texts.add(text);
      default -> {}
    }
  }

  private static boolean isDangerous(String text) {
    return text.codePoints()
        .anyMatch(
            each ->
                Character.isISOControl(each)
                    || (each >= 0x2028 && each <= 0x202E)
                    || (each >= 0x2066 && each <= 0x2069));
  }

  private static Outcome afterFocus(HostileEngineUse engine, Application application)
      throws Unsettled {
    engine.arm();
    engine.blur(1);
    engine.disarm();
    application.focus(2, Application.plain());
    application.report(2, "abcd");
    engine.awaitHonest(2);
    return onlyHonest(application, 1).and(onlyHonest(application, 2));
  }

  private static Outcome keepsKeys(HostileEngineUse engine, Application application)
      throws Unsettled {
    application.type(1, "klm");
    Outcome answered = application.awaitAnswers();
    engine.awaitSeen("key", 1);
    String text = application.text(1).replace("h", "");
    engine.awaitHonest(1);
    return answered.and(Outcome.expect("text", "klm", text));
  }

  private static Outcome crashes(Fixture f) throws Unsettled {
    try (HostileEngineUse engine = HostileEngineUse.of(f, Mischief.CRASHES)) {
      Application application = engine.application();
      application.focus(1, Application.plain());
      application.type(1, "abc");
      engine.awaitSeen("start", 4);
      application.type(1, "def");
      Outcome answered = application.awaitAnswers();
      int running = f.broker().javaProcesses(HostileEngine.class.getName()).size();
      return answered
          .and(Outcome.expect("text", "abcdef", application.text(1)))
          .and(Outcome.atMost("engines at once", 1, running))
          .and(f.stillServes());
    }
  }

  private static Outcome remembers(HostileEngineUse engine, Application application)
      throws Unsettled {
    engine.blur(1);
    engine.composeIn(2, PRIVATE);
    engine.typeUntil(2, SECRET + "r", SECRET);
    engine.blur(2);
    engine.composeIn(3, PRIVATE);
    engine.typeUntil(3, "r", ">");
    engine.blur(3);
    engine.composeIn(4, Application.plain());
    engine.typeUntil(4, "r", ">");
    return application
        .awaitAnswers()
        .and(Outcome.expect("in the next private field", "<>", told(application, 3)))
        .and(Outcome.expect("in an ordinary field", "<>", told(application, 4)))
        .and(Outcome.expect("files", 0L, holding(engine.home().resolveSibling("."))));
  }

  /** What the engine says that it knows, once. */
  private static String told(Application application, long field) {
    String committed = application.committed(field).replace("h", "");
    return committed.substring(committed.lastIndexOf('<'));
  }

  private static long holding(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).filter(EngineAttacks::holdsSecret).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean holdsSecret(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(SECRET);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
