package org.keywarden.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.cli.broker.BrokerLaunch;
import org.keywarden.proto.admin.v1.ArrangeInputMethodsRequest;
import org.keywarden.proto.admin.v1.InputMethod;
import org.keywarden.proto.admin.v1.ListInputMethodsRequest;
import org.keywarden.proto.admin.v1.ListInputMethodsResponse;
import org.keywarden.proto.admin.v1.ListPluginsRequest;
import org.keywarden.proto.admin.v1.Plugin;
import org.keywarden.proto.admin.v1.PluginState;
import org.keywarden.proto.admin.v1.SelectPluginRequest;
import org.keywarden.proto.host.v1.Route;
import org.keywarden.proto.input.v1.ContentType;
import org.keywarden.proto.input.v1.Hint;
import org.keywarden.proto.input.v1.Purpose;

/** Engines that Debian's packages installed, found by the broker, which copies nothing. */
final class InstalledEnginesIT {
  private static final ContentType PLAIN =
      ContentType.newBuilder().setPurpose(Purpose.PURPOSE_FREE_FORM).build();
  private static final ContentType PASSWORD =
      ContentType.newBuilder().setPurpose(Purpose.PURPOSE_PASSWORD).build();
  private static final ContentType PRIVATE =
      ContentType.newBuilder()
          .setPurpose(Purpose.PURPOSE_FREE_FORM)
          .addHints(Hint.HINT_PRIVATE)
          .build();
  private static final Path COMPONENTS = Path.of("/usr/share/ibus/component");

  @TempDir private Path work;

  @BeforeEach
  void noPluginsOfItsOwn() throws IOException {
    Files.createDirectories(work.resolve("plugins"));
  }

  private DemoBroker start(int idleSeconds, Path components) throws IOException {
    BrokerLaunch launch = BrokerLaunch.below(System.getProperty("keywarden.dist"));
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
          List<String> command =
              new ArrayList<>(List.of("/usr/bin/env", "IBUS_COMPONENT_PATH=" + components));
          command.addAll(launch.command(all));
          return command;
        },
        "");
  }

  private static ListInputMethodsResponse list(DemoBroker broker) {
    return broker.admin().listInputMethods(ListInputMethodsRequest.getDefaultInstance());
  }

  private static InputMethod method(DemoBroker broker, String id) {
    return list(broker).getInputMethodsList().stream()
        .filter(each -> each.getId().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + id + " in " + list(broker)));
  }

  private static Stream<Plugin> plugins(DemoBroker broker) {
    return broker
        .admin()
        .listPlugins(ListPluginsRequest.getDefaultInstance())
        .getPluginsList()
        .stream();
  }

  private static Plugin plugin(DemoBroker broker, String id) {
    return plugins(broker)
        .filter(each -> each.getId().equals(id))
        .findFirst()
        .orElse(Plugin.getDefaultInstance());
  }

  private static List<String> enable(DemoBroker broker, String... ids) {
    return broker
        .admin()
        .arrangeInputMethods(
            ArrangeInputMethodsRequest.newBuilder().addAllEnable(List.of(ids)).build())
        .getEnabledList();
  }

  private static void disable(DemoBroker broker, String id) {
    var ignored =
        broker
            .admin()
            .arrangeInputMethods(ArrangeInputMethodsRequest.newBuilder().addDisable(id).build());
  }

  private static void use(DemoBroker broker, String id) {
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

  private static String composed(ScriptedApplication application, String keys) {
    application.focus(PLAIN);
    application.awaitMenu();
    application.type(keys);
    String text = application.text();
    application.blur();
    return text;
  }

  @Test
  void enginesAreThereAndComposeOnceTheyAreEnabledAndNeededOnly() throws IOException {
    try (DemoBroker broker = start(600, COMPONENTS);
        ScriptedApplication application = broker.application("editor")) {
      InputMethod hangul = method(broker, "hangul");
      assertEquals(List.of("ko"), hangul.getLanguagesList());
      assertEquals("kr(kr104)", hangul.getLayout());
      assertFalse(hangul.getEnabled());
      assertEquals(0, plugins(broker).count());
      assertThrows(StatusRuntimeException.class, () -> use(broker, "hangul"));

      List<String> three = List.of("hangul", "m17n:hi:itrans", "m17n:vi:telex");
      assertEquals(three, enable(broker, three.toArray(new String[0])));
      assertTrue(method(broker, "hangul").getSelected());
      broker.await(
          "the selected one to be ready before any field is there",
          () -> plugin(broker, "ibus.hangul").getState() == PluginState.PLUGIN_STATE_READY);

      assertEquals("한글 ", composed(application, "gksrmf "));
      assertEquals(PluginState.PLUGIN_STATE_STOPPED, plugin(broker, "ibus.m17n").getState());

      use(broker, "m17n:hi:itrans");
      assertEquals("नमस्ते ", composed(application, "namaste "));
      long process = plugin(broker, "ibus.m17n").getPid();
      use(broker, "m17n:vi:telex");
      assertEquals("tiếng ", composed(application, "tieengs "));
      assertEquals(process, plugin(broker, "ibus.m17n").getPid(), "one process for both");

      application.focus(PASSWORD);
      assertEquals(List.of(Route.ROUTE_GUARDED), application.routes());
      // Had the engine seen one of them, it would have composed it.
      application.type("tieengs ");
      assertEquals("tieengs ", application.text());
      application.blur();

      disable(broker, "hangul");
      assertEquals(Plugin.getDefaultInstance(), plugin(broker, "ibus.hangul"));
      assertEquals(process, plugin(broker, "ibus.m17n").getPid(), "the other goes on");
      disable(broker, "m17n:vi:telex");
      assertTrue(method(broker, "m17n:hi:itrans").getSelected());
      assertEquals(process, plugin(broker, "ibus.m17n").getPid());
      assertEquals("नमस्ते ", composed(application, "namaste "));
    }
  }

  @Test
  void whatIsEnabledIsThereAfterARestartAndAnUnusedProcessEnds() throws IOException {
    try (DemoBroker broker = start(600, COMPONENTS)) {
      enable(broker, "m17n:hi:itrans", "hangul");
    }
    try (DemoBroker broker = start(1, COMPONENTS);
        ScriptedApplication application = broker.application("editor")) {
      broker.await(
          "the first of the enabled", () -> method(broker, "m17n:hi:itrans").getSelected());
      assertEquals("नमस्ते ", composed(application, "namaste "));
      long first = plugin(broker, "ibus.m17n").getInstance();
      broker.await(
          "the process to end",
          () -> plugin(broker, "ibus.m17n").getState() == PluginState.PLUGIN_STATE_STOPPED);
      assertEquals("नमस्ते ", composed(application, "namaste "));
      assertNotEquals(first, plugin(broker, "ibus.m17n").getInstance());
    }
  }

  /** Every file that the broker or an engine of it keeps, and that holds these bytes. */
  private List<Path> holding(String text) throws IOException {
    // Text of bytes, each a character.
    String wanted = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    List<Path> found = new ArrayList<>();
    for (Path root : List.of(work.resolve("state/plugins"), work.resolve("run/f"))) {
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

  @Test
  void whereNothingMayBeLearntASecondProcessComposesAndWhatItWroteIsGone() throws IOException {
    try (DemoBroker broker = start(600, COMPONENTS);
        ScriptedApplication application = broker.application("editor")) {
      enable(broker, "m17n:hi:itrans");
      assertEquals("नमस्ते ", composed(application, "namaste "));
      long ordinary = plugin(broker, "ibus.m17n").getPid();

      application.focus(PRIVATE);
      application.awaitMenu();
      List<Path> copies = copies();
      assertEquals(1, copies.size(), copies::toString);
      Files.writeString(
          copies.getFirst().resolve("written-while-private"), "a secret of the field");
      application.type("namaste ");
      assertEquals("नमस्ते ", application.text());
      assertEquals(ordinary, plugin(broker, "ibus.m17n").getPid());
      application.blur();

      broker.await("the copy to be removed", () -> copies().isEmpty());
      assertEquals(List.of(), holding("a secret of the field"));
      assertEquals("नमस्ते ", composed(application, "namaste "));
      assertEquals(ordinary, plugin(broker, "ibus.m17n").getPid(), "the ordinary one goes on");
    }
  }

  private List<Path> copies() {
    try (Stream<Path> all = Files.list(work.resolve("run/f"))) {
      return all.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void component(Path components, String name, String exec, String lister)
      throws IOException {
    Files.writeString(
        components.resolve(name + ".xml"),
        "<component><name>org.example."
            + name
            + "</name><exec>"
            + exec
            + "</exec><engines exec=\""
            + lister
            + "\"/></component>");
  }

  @Test
  void whatIsWrongWithAComponentIsALineAndNothingElse() throws IOException {
    Path components = Files.createDirectory(work.resolve("components"));
    Files.copy(COMPONENTS.resolve("hangul.xml"), components.resolve("hangul.xml"));
    component(components, "hangs", "/bin/sh", "/bin/sh -c 'kill -STOP $$'");
    component(components, "floods", "/bin/sh", "/bin/sh -c 'while :; do echo $0; done' 0123456789");
    component(components, "gone", "/usr/libexec/gone", "/usr/libexec/gone --xml");
    component(components, "lies", "/bin/sh", "/bin/sh -c 'echo no list'");
    component(
        components, "reads", "/bin/sh", "/bin/sh -c 'read l &lt; /etc/shadow &amp;&amp; echo $l'");
    Files.writeString(components.resolve("broken.xml"), "<component>");
    try (DemoBroker broker = start(600, components);
        ScriptedApplication application = broker.application("editor")) {
      enable(broker, "hangul");
      assertEquals("한글 ", composed(application, "gksrmf "));
      broker.await("every listing to be over", () -> list(broker).getProblemsCount() >= 6);
      List<String> problems = list(broker).getProblemsList();
      for (String each :
          List.of(
              "broken.xml: no XML at line 1",
              "hangs.xml: its list of engines: took longer than 8 s",
              "floods.xml: its list of engines: longer than 2048 KiB",
              "gone.xml: its program /usr/libexec/gone is not there",
              "lies.xml: its list of engines: no XML",
              "reads.xml: its list of engines: no XML")) {
        assertTrue(problems.stream().anyMatch(line -> line.contains(each)), problems::toString);
      }
      assertEquals("한글 ", composed(application, "gksrmf "));
    }
  }
}
