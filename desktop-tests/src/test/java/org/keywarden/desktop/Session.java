package org.keywarden.desktop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.keywarden.testbed.Await;

/** A desktop with a running broker and one application, and how a test drives and observes them. */
final class Session implements AutoCloseable {
  /** Pause: a key that composes nothing, moves nothing, and that no test types otherwise. */
  private static final int MARK = 0xff13;

  /** Longer than a mark takes to be seen, unless the focus moves. */
  private static final Duration MARKED = Duration.ofSeconds(2);

  /** Starts the application; its window appears later. */
  interface Launch {
    Application in(Session session) throws IOException;
  }

  final Desktop desktop;
  final Broker broker;
  final SampleIme ime;
  final Keyboard keyboard;
  private Application application = new Absent();
  private int serial;
  private int counted;

  /** There is none yet. */
  private record Absent() implements Application {
    @Override
    public Fields fields() {
      return Fields.NONE;
    }

    @Override
    public void order(int serial, String field) {
      throw new IllegalStateException("no application was started");
    }
  }

  private Session(Desktop desktop, Broker broker, SampleIme ime) {
    this.desktop = desktop;
    this.broker = broker;
    this.ime = ime;
    this.keyboard = desktop.keyboard();
  }

  /**
   * Starts all but the application, on an X server.
   *
   * @param name of what is kept below {@link #output}
   */
  static Session start(String name) throws IOException {
    return start(name, XKeyboard::start);
  }

  /** As {@link #start(String)}, on another display. */
  static Session start(String name, Desktop.Display display) throws IOException {
    Path dist = Path.of(System.getProperty("keywarden.dist", "")).toAbsolutePath();
    Desktop desktop = Desktop.start(dist, output(), name, display);
    try {
      Path plugins = Files.createDirectories(desktop.home().resolve("plugins"));
      Path state = Files.createDirectories(desktop.home().resolve("kw"));
      SampleIme ime = SampleIme.install(dist, plugins, state);
      return new Session(desktop, Broker.start(desktop, dist, plugins, state), ime);
    } catch (IOException | RuntimeException | Error failure) {
      desktop.close();
      throw failure;
    }
  }

  static Path output() {
    return Path.of(System.getProperty("keywarden.desktop.output", "target"));
  }

  /** Starts the application and gives its window the focus. */
  void launch(Launch launch, String title) throws IOException {
    application = launch.in(this);
    keyboard.focusWindow(title);
    Await.until("word of the application", () -> !fields().texts().isEmpty(), this::fields);
  }

  /** Starts one of the test applications in Python. */
  Application python(String script, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("/usr/bin/python3", script(script).toString()));
    command.addAll(List.of(arguments));
    return new ConsoleApplication(desktop.run("application", command));
  }

  /** Where one of the test applications lies. */
  static Path script(String name) {
    return Path.of(System.getProperty("keywarden.desktop.apps", "")).resolve(name);
  }

  /** Serves the page for a browser. */
  PageApplication page() throws IOException {
    return page("fields.html");
  }

  PageApplication page(String name) throws IOException {
    return new PageApplication(script(name));
  }

  Fields fields() {
    return application.fields();
  }

  String text(String field) {
    return fields().text(field);
  }

  /** Empties every field and waits until this one has the focus. */
  void focus(String field) {
    serial++;
    application.order(serial, field);
    Await.until(
        "focus on " + field,
        () -> fields().serial() == serial && fields().focus().equals(field),
        this::fields);
  }

  /** As {@link #focus}, then waits until the input method would get the next key. */
  void focusToCompose(String field) {
    focus(field);
    broker.awaitComposing();
  }

  void awaitText(String field, String text) {
    Await.until("text " + text + " in " + field, () -> text(field).equals(text), this::fields);
  }

  /**
   * Types romaji, waits until the input method had all of it, ends the word, and awaits its kana.
   */
  void compose(String field, String romaji, String kana) {
    int before = ime.seen().size();
    keyboard.press(Keys.of(romaji));
    Await.until(
        "keys of " + romaji + " at the input method",
        () -> ime.seen().size() >= before + romaji.length(),
        () -> Keys.named(ime.seen()));
    keyboard.press(List.of("Return"));
    Await.until(kana + " in " + field, () -> text(field).endsWith(kana), this::fields);
  }

  /**
   * The keysyms of what the input method saw since the last call. A key typed now, into an ordinary
   * field, shows up after everything before: so nothing is missed that it is only about to see. A
   * client may tell of a move of the focus long after its application did, and what was typed
   * before that is nobody's but the application's: so that key is typed until one shows up.
   */
  List<Integer> seenSince(String ordinaryField) {
    focusToCompose(ordinaryField);
    int marks = marks();
    Await.until(
        "mark in the input method's diary",
        () -> {
          keyboard.press(List.of("Pause"));
          return Await.within(MARKED, () -> marks() > marks);
        },
        () -> broker.status() + ", fields: " + fields() + ", seen: " + Keys.named(ime.seen()));
    List<Integer> all = ime.seen();
    List<Integer> since = all.subList(counted, all.size());
    counted = all.size();
    return since.stream().filter(key -> key != MARK).toList();
  }

  private int marks() {
    return (int) ime.seen().stream().filter(key -> key == MARK).count();
  }

  @Override
  public void close() throws IOException {
    application.close();
    broker.close();
    desktop.close();
  }
}
