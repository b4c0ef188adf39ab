package org.keywarden.engine.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.ibus.component.Component;
import org.keywarden.ibus.component.EngineDescription;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ime.FieldInfo;
import org.keywarden.proto.engine.v1.Profile;

/** A host whose engines are threads of the test. */
abstract class EngineFixture {
  static final FieldInfo FIELD = Editor.field("fake");
  private static final Component COMPONENT =
      new Component(
          FakeEngine.COMPONENT,
          "/nonexistent",
          List.of(new EngineDescription("fake", "Fake", "xx", "us", "", "", 0, "")),
          "",
          List.of());

  /** Composes letters, commits at a space and gives it back. */
  static final class Letters implements BiConsumer<FakeEngine, Message> {
    final StringBuilder word = new StringBuilder();

    @Override
    public void accept(FakeEngine engine, Message call) {
      int keysym = FakeEngine.keysym(call);
      if (keysym == ' ') {
        engine.preedit("");
        engine.commit(word.toString());
        word.setLength(0);
        engine.answer(call, false);
      } else {
        word.append((char) keysym);
        engine.preedit(word.toString());
        engine.answer(call, true);
      }
    }
  }

  final BlockingQueue<FakeEngine> engines = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  Profile profile = Profile.getDefaultInstance();
  private @Nullable Serving serving;

  @TempDir Path directory;

  @AfterEach
  void close() throws IOException {
    if (serving != null) {
      serving.close();
    }
  }

  Editor editor(Duration keyTime, BiConsumer<FakeEngine, Message> onKey) throws Exception {
    Path runtime = Files.createDirectories(directory.resolve("run"));
    Serving started =
        Serving.start(
            COMPONENT,
            profile,
            directory.resolve("home"),
            runtime,
            keyTime,
            new PrintStream(log, true, StandardCharsets.UTF_8),
            launch ->
                (executor, whenOver) -> {
                  FakeEngine engine =
                      new FakeEngine(runtime.resolve("ibus"), onKey, executor, whenOver);
                  engines.add(engine);
                  return engine;
                });
    serving = started;
    Editor editor = new Editor(started.inputMethod()).enter(FIELD);
    started.ready("fake").get(20, TimeUnit.SECONDS);
    return editor;
  }

  Editor editor(BiConsumer<FakeEngine, Message> onKey) throws Exception {
    return editor(Duration.ofSeconds(20), onKey);
  }

  FakeEngine engine() throws InterruptedException {
    FakeEngine next = engines.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("no engine is started");
    }
    return next;
  }

  String said() {
    return log.toString(StandardCharsets.UTF_8);
  }
}
