package org.keywarden.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keywarden.proto.admin.v1.InputMethod;
import org.keywarden.proto.admin.v1.Plugin;
import org.keywarden.proto.admin.v1.PluginState;
import org.keywarden.proto.host.v1.Route;

/** Engines that Debian's packages installed, found by the broker, which copies nothing. */
final class InstalledEnginesIT extends EngineScene {
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
      assertEquals(
          List.of(),
          holding("a secret of the field", work.resolve("state/plugins"), work.resolve("run/f")));
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
  void whatAnEngineHasOfItsOwnIsListedWhenItChanges() throws IOException {
    Path components = Files.createDirectory(work.resolve("components"));
    component(components, "own", "/bin/sh", "/bin/sh -c 'read -r l &lt; $HOME/.own/list; echo $l'");
    Path file = components.resolve("own.xml");
    Files.writeString(
        file,
        Files.readString(file)
            .replace("<engines", "<observed-paths><path>~/.own/</path></observed-paths><engines"));
    try (DemoBroker broker = start(600, components)) {
      assertEquals(0, list(broker).getInputMethodsCount());
      Path own = Files.createDirectories(state("ibus.own").resolve(".own"));
      Files.writeString(
          own.resolve("list"), "<engines><engine><name>mine</name></engine></engines>\n");
      broker.await(
          "the engine of its own",
          () ->
              list(broker).getInputMethodsList().stream().anyMatch(m -> m.getId().equals("mine")));
    }
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
