package org.keywarden.cli.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keywarden.cli.broker.BrokerLaunch;
import org.keywarden.proto.admin.v1.Grant;
import org.keywarden.proto.host.v1.Route;
import org.keywarden.proto.input.v1.ContentType;
import org.keywarden.proto.input.v1.Purpose;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what Keywarden does, with everything real but the person. */
@Command(
    name = "demo",
    description =
        "A scripted person types into fields of every kind, with an honest and a hostile input method.",
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  /** A purpose no release of the wire contract knows. */
  private static final int FUTURE_PURPOSE = 4711;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  private int grantsBefore;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter progress = spec.commandLine().getErr();
    Path home = BrokerLaunch.below(System.getProperty("keywarden.home")).home();
    Path directory = Files.createTempDirectory("keywarden-demo");
    progress.println("Starting the broker, the trusted keyboard and two input methods ...");
    progress.flush();
    try {
      List<Scene> scenes;
      List<Check> checks;
      try (DemoBroker broker = DemoBroker.start(home, directory);
          ScriptedApplication application = broker.application("demo")) {
        scenes = honest(broker, application);
        broker.select(DemoBroker.HOSTILE);
        scenes.addAll(hostile(broker, application));
        broker.await(
            "the hostile input method to present its old capability again",
            () -> diaryOf(broker).stream().anyMatch(line -> line.startsWith("replay")));
        checks = Checks.of(scenes, diaryOf(broker));
      }
      if (json) {
        DemoReport.json(out, scenes, checks);
      } else {
        DemoReport.text(out, scenes, checks);
      }
      return checks.stream().allMatch(Check::kept) ? 0 : 1;
    } finally {
      delete(directory);
    }
  }

  private static List<String> diaryOf(DemoBroker broker) {
    try {
      return broker.diary(DemoBroker.HOSTILE);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private List<Scene> honest(DemoBroker broker, ScriptedApplication application)
      throws IOException {
    List<Scene> scenes = new ArrayList<>();
    String ime = DemoBroker.ROMAJI;
    scenes.add(play(broker, application, ime, "message", plain(), "konnnichiha", "こんにちは", false));
    scenes.add(
        play(
            broker,
            application,
            ime,
            "password",
            of(Purpose.PURPOSE_PASSWORD),
            "hunter2",
            "hunter2",
            true));
    scenes.add(
        play(broker, application, ime, "PIN", of(Purpose.PURPOSE_PIN), "4096", "4096", true));
    scenes.add(
        play(
            broker,
            application,
            ime,
            "unknown purpose",
            ContentType.newBuilder().setPurposeValue(FUTURE_PURPOSE).build(),
            "sesame",
            "sesame",
            true));
    scenes.add(
        play(broker, application, ime, "message again", plain(), "arigatou", "ありがとう", false));
    return scenes;
  }

  private List<Scene> hostile(DemoBroker broker, ScriptedApplication application)
      throws IOException {
    String ime = DemoBroker.HOSTILE;
    return List.of(
        play(broker, application, ime, "message", plain(), "hello", "hello", false),
        play(
            broker,
            application,
            ime,
            "password",
            of(Purpose.PURPOSE_PASSWORD),
            "hunter2",
            "hunter2",
            true));
  }

  private static ContentType plain() {
    return of(Purpose.PURPOSE_FREE_FORM);
  }

  private static ContentType of(Purpose purpose) {
    return ContentType.newBuilder().setPurpose(purpose).build();
  }

  private Scene play(
      DemoBroker broker,
      ScriptedApplication application,
      String ime,
      String field,
      ContentType type,
      String typed,
      String expected,
      boolean secret)
      throws IOException {
    int before = broker.diary(ime).size();
    application.focus(type);
    if (!secret && ime.equals(DemoBroker.HOSTILE)) {
      broker.await(
          "the hostile input method to inject before any key is typed",
          () -> diaryOf(broker).contains("refused REFUSAL_NO_CAUSE"));
    }
    application.type(typed);
    if (!secret && ime.equals(DemoBroker.ROMAJI)) {
      application.type(ScriptedApplication.RETURN);
    }
    List<Route> routes = application.routes();
    application.blur();
    List<String> diary = broker.diary(ime);
    List<Grant> grants = broker.grants();
    List<Grant> ours = grants.subList(Math.min(grantsBefore, grants.size()), grants.size());
    grantsBefore = grants.size();
    return new Scene(
        field,
        ime,
        typed,
        expected,
        routes,
        Diary.keys(diary.subList(before, diary.size())),
        application.text(),
        secret,
        ours);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).collect(Collectors.toList())) {
        Files.deleteIfExists(each);
      }
    }
  }
}
