package org.keywarden.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.cli.broker.BrokerLaunch;
import org.keywarden.proto.host.v1.Route;
import org.keywarden.proto.input.v1.ContentType;
import org.keywarden.proto.input.v1.Purpose;

/** An unmodified engine of IBus in the broker's sandbox: Debian's Hangul, by its host. */
final class EngineInSandboxIT {
  private static final String ID = "org.keywarden.engine.hangul";

  /** Of the host, in KiB, by PSS: what any plugin may take. */
  private static final long MOST_MEMORY = 80 * 1024;

  /** In ms: a busy machine is not to decide what is composed. */
  private static final String PATIENCE = "10000";

  @TempDir private Path work;

  private static ContentType of(Purpose purpose) {
    return ContentType.newBuilder().setPurpose(purpose).build();
  }

  @Test
  void hangulComposesAndNeverGetsAKeyOfAPassword() throws IOException {
    Path home = Path.of(System.getProperty("keywarden.dist", "")).toAbsolutePath();
    install(home.resolve("engine-host"), work.resolve("plugins").resolve(ID));
    try (DemoBroker broker = DemoBroker.startWith(work, arguments -> launch(home, arguments), ID);
        ScriptedApplication application = broker.application("editor")) {
      application.focus(of(Purpose.PURPOSE_FREE_FORM));
      application.awaitMenu();
      application.type("gksrmf ");
      assertEquals("한글 ", application.text());
      application.blur();

      application.focus(of(Purpose.PURPOSE_PASSWORD));
      assertEquals(List.of(Route.ROUTE_GUARDED), application.routes());
      // Had the engine seen one of them, it would have composed it.
      application.type("gksrmf ");
      assertEquals("gksrmf ", application.text());
      assertEquals(
          "T",
          state(ProcessMemory.process(broker.pid(), "ibus-engine-hangul")),
          "the engine stands still");
      application.blur();

      application.focus(of(Purpose.PURPOSE_FREE_FORM));
      application.type("gksrmf ");
      assertEquals("한글 ", application.text(), "nothing is left of the password");

      long memory = ProcessMemory.pss(broker.pid(), "org.keywarden.engine.host.Main");
      System.out.println("engine host: " + memory + " KiB");
      assertTrue(memory <= MOST_MEMORY, () -> "the host takes " + memory + " KiB");
    }
  }

  private static List<String> launch(Path home, List<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("--answer-within", PATIENCE));
    return BrokerLaunch.below(home.toString()).command(all);
  }

  private static void install(Path from, Path plugin) throws IOException {
    Path lib = Files.createDirectories(plugin.resolve("lib"));
    try (Stream<Path> jars = Files.list(from.resolve("lib"))) {
      for (Path jar : jars.toList()) {
        Files.copy(jar, lib.resolve(jar.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    Files.copy(from.resolve("manifest.yaml"), plugin.resolve("manifest.yaml"));
    Files.writeString(
        plugin.resolve("engine-host.args"),
        Files.readString(from.resolve("engine-host.args"))
            + "-Dkeywarden.engine.keyTime="
            + PATIENCE
            + "\n");
    Files.copy(Path.of("/usr/share/ibus/component/hangul.xml"), plugin.resolve("hangul.xml"));
  }

  private static String state(Path process) throws IOException {
    String stat = Files.readString(process.resolve("stat"));
    return stat.substring(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
  }
}
