package org.keywarden.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.keywarden.client.bus.IbusTyper;
import org.keywarden.proto.input.v1.ContentType;
import org.keywarden.proto.input.v1.Purpose;

/** An afternoon's typing in seconds, so that a broker has done once what it will do all day. */
public final class Practice {
  /** The input method that composes. */
  public static final String IME = DemoBroker.ROMAJI;

  private static final String HOST_MAIN = "org.keywarden.engine.host.Main";
  private static final int ROUNDS = 20;
  private static final int KEY_EVENTS = 480;

  private Practice() {}

  /**
   * Starts a broker, types into fields of both kinds, ends the input methods, and stops the broker.
   *
   * @param home the installation
   * @param directory where the broker has its own directories
   * @param launch makes the broker's command of its arguments
   * @param manifest makes the romaji input method's manifest of the installed one
   * @param host the id of a host of an engine, which is in the directory's {@code plugins} too
   * @param ended is told the id of an input method whose process is over; the broker may start
   *     another
   * @throws IOException if the broker does not start; the message says why
   */
  public static void with(
      Path home,
      Path directory,
      UnaryOperator<List<String>> launch,
      UnaryOperator<String> manifest,
      String host,
      Consumer<String> ended)
      throws IOException {
    try (DemoBroker broker = DemoBroker.startUntold(home, directory, launch, manifest);
        ScriptedApplication application = broker.application("practice")) {
      type(application, ROUNDS);
      ibus(directory.resolve("run/ibus.sock"));
      broker.endInputMethod(DemoBroker.ROMAJI_MAIN);
      ended.accept(IME);
      broker.select(host);
      application.focus(of(Purpose.PURPOSE_FREE_FORM));
      application.awaitMenu();
      application.blur();
      // Once is enough for what is loaded; what is hot is the engine's business.
      type(application, 1);
      broker.endInputMethod(HOST_MAIN);
      ended.accept(host);
    }
  }

  private static void type(ScriptedApplication application, int rounds) {
    for (int round = 0; round < rounds; round++) {
      application.focus(of(Purpose.PURPOSE_FREE_FORM));
      for (String word : List.of("konnnichiha", "arigatou", "sayounara")) {
        application.type(word);
        application.type(ScriptedApplication.RETURN);
      }
      application.blur();
      application.focus(of(Purpose.PURPOSE_PASSWORD));
      application.type("hunter2");
      application.blur();
    }
  }

  private static void ibus(Path door) throws IOException {
    try (IbusTyper typer = IbusTyper.connect(door)) {
      typer.focus();
      double[] ignored =
          typer.type("konnnichiha\r".codePoints().map(Practice::keysym).toArray(), KEY_EVENTS, 0);
    }
  }

  private static int keysym(int character) {
    return character == '\r' ? ScriptedApplication.RETURN : character;
  }

  private static ContentType of(Purpose purpose) {
    return ContentType.newBuilder().setPurpose(purpose).build();
  }
}
