package org.keywarden.cli.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.cli.InstalledProgram;
import org.keywarden.cli.Outcome;
import org.keywarden.cli.broker.BrokerLaunch;
import org.keywarden.proto.admin.v1.ArrangeInputMethodsRequest;
import org.keywarden.proto.admin.v1.InputMethod;
import org.keywarden.proto.admin.v1.ListInputMethodsRequest;
import org.keywarden.proto.admin.v1.ListInputMethodsResponse;
import org.keywarden.proto.admin.v1.ListPluginsRequest;
import org.keywarden.proto.admin.v1.Plugin;
import org.keywarden.proto.admin.v1.SelectPluginRequest;
import org.keywarden.proto.input.v1.ContentType;
import org.keywarden.proto.input.v1.Hint;
import org.keywarden.proto.input.v1.Purpose;

/** A broker that finds the engines that Debian's packages installed. */
abstract class EngineScene {
  static final ContentType PLAIN =
      ContentType.newBuilder().setPurpose(Purpose.PURPOSE_FREE_FORM).build();
  static final ContentType PASSWORD =
      ContentType.newBuilder().setPurpose(Purpose.PURPOSE_PASSWORD).build();
  static final ContentType PRIVATE =
      ContentType.newBuilder()
          .setPurpose(Purpose.PURPOSE_FREE_FORM)
          .addHints(Hint.HINT_PRIVATE)
          .build();
  static final Path COMPONENTS = Path.of("/usr/share/ibus/component");

  /** In ms. */
  private static final String PATIENCE = "10000";

  @TempDir Path work;

  @BeforeEach
  void noPluginsOfItsOwn() throws IOException {
    Files.createDirectories(work.resolve("plugins"));
  }

  DemoBroker start(int idleSeconds, Path components) throws IOException {
    return start(
        BrokerLaunch.below(System.getProperty("keywarden.dist")),
        idleSeconds,
        components,
        List.of());
  }

  /** A broker and hosts that wait for an engine however busy the machine is. */
  DemoBroker patient() throws IOException {
    return patient(COMPONENTS);
  }

  DemoBroker patient(Path components) throws IOException {
    return start(
        BrokerLaunch.below(System.getProperty("keywarden.dist")),
        600,
        components,
        List.of("--answer-within", PATIENCE));
  }

  private DemoBroker start(BrokerLaunch launch, int idleSeconds, Path components, List<String> more)
      throws IOException {
    return DemoBroker.startWith(
        work,
        arguments -> {
          List<String> all = new ArrayList<>(arguments);
          all.addAll(
              List.of(
                  "--config-dir",
                  work.resolve("config").toString(),
                  "--engine-idle",
                  Integer.toString(idleSeconds)));
          all.addAll(more);
          List<String> command =
              new ArrayList<>(List.of("/usr/bin/env", "IBUS_COMPONENT_PATH=" + components));
          command.addAll(launch.command(all));
          return command;
        },
        "");
  }

  static ListInputMethodsResponse list(DemoBroker broker) {
    return broker.admin().listInputMethods(ListInputMethodsRequest.getDefaultInstance());
  }

  static InputMethod method(DemoBroker broker, String id) {
    return list(broker).getInputMethodsList().stream()
        .filter(each -> each.getId().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + id + " in " + list(broker)));
  }

  static Stream<Plugin> plugins(DemoBroker broker) {
    return broker
        .admin()
        .listPlugins(ListPluginsRequest.getDefaultInstance())
        .getPluginsList()
        .stream();
  }

  static Plugin plugin(DemoBroker broker, String id) {
    return plugins(broker)
        .filter(each -> each.getId().equals(id))
        .findFirst()
        .orElse(Plugin.getDefaultInstance());
  }

  /** Enables what programs may have to list first. */
  static List<String> enable(DemoBroker broker, String... ids) throws IOException {
    broker.await(
        "the engines to be found",
        () ->
            list(broker).getInputMethodsList().stream()
                .map(InputMethod::getId)
                .toList()
                .containsAll(List.of(ids)));
    return broker
        .admin()
        .arrangeInputMethods(
            ArrangeInputMethodsRequest.newBuilder().addAllEnable(List.of(ids)).build())
        .getEnabledList();
  }

  static void disable(DemoBroker broker, String id) {
    var ignored =
        broker
            .admin()
            .arrangeInputMethods(ArrangeInputMethodsRequest.newBuilder().addDisable(id).build());
  }

  static void use(DemoBroker broker, String id) {
    InputMethod found = method(broker, id);
    var ignored =
        broker
            .admin()
            .selectPlugin(
                SelectPluginRequest.newBuilder()
                    .setPluginId(found.getPluginId())
                    .setInputMethod(found.getInputMethod())
                    .build());
  }

  static String composed(ScriptedApplication application, String keys) {
    application.focus(PLAIN);
    application.awaitMenu();
    application.type(keys);
    String text = application.text();
    application.blur();
    return text;
  }

  /** What the installed command says, run beside this scene's broker in a home of its own. */
  Outcome keywarden(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(InstalledProgram.words());
    command.addAll(List.of(words));
    command.add("--runtime-dir=" + work.resolve("run"));
    Path errors = Files.createTempFile(work, "errors", "");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().keySet().removeIf(each -> each.startsWith("XDG_"));
    builder.environment().put("HOME", home().toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), out, Files.readString(errors));
  }

  /** The user's. */
  Path home() throws IOException {
    return Files.createDirectories(work.resolve("home"));
  }

  /** Where an engine keeps what it learns. */
  Path state(String plugin) {
    return work.resolve("state/plugins").resolve(plugin);
  }

  /** Every file below these directories that holds these bytes. */
  static List<Path> holding(String text, Path... roots) throws IOException {
    // Text of bytes, each a character.
    String wanted = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    List<Path> found = new ArrayList<>();
    for (Path root : roots) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path each : files.filter(Files::isRegularFile).toList()) {
          if (new String(Files.readAllBytes(each), StandardCharsets.ISO_8859_1).contains(wanted)) {
            found.add(each);
          }
        }
      }
    }
    return found;
  }
}
