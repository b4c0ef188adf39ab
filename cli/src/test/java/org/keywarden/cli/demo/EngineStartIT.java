package org.keywarden.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.cli.broker.BrokerLaunch;
import org.keywarden.proto.admin.v1.ArrangeInputMethodsRequest;
import org.keywarden.proto.input.v1.ContentType;
import org.keywarden.proto.input.v1.Purpose;

/** What the start of an engine costs, and what becomes of the keys that are typed meanwhile. */
final class EngineStartIT {
  /** Of the host, in KiB, by PSS. */
  private static final long MOST_MEMORY = 60 * 1024;

  private static final ContentType PLAIN =
      ContentType.newBuilder().setPurpose(Purpose.PURPOSE_FREE_FORM).build();

  @TempDir private Path work;

  @Test
  void keysOfTheStartGoToTheApplicationAndTheFirstOfTheEngineComesSoon() throws IOException {
    Files.createDirectories(work.resolve("plugins"));
    BrokerLaunch launch = BrokerLaunch.below(System.getProperty("keywarden.dist"));
    try (DemoBroker broker =
            DemoBroker.startWith(
                work,
                arguments -> {
                  List<String> all = new ArrayList<>(arguments);
                  all.addAll(List.of("--config-dir", work.resolve("config").toString()));
                  return launch.command(all);
                },
                "");
        ScriptedApplication application = broker.application("editor")) {
      var ignored =
          broker
              .admin()
              .arrangeInputMethods(
                  ArrangeInputMethodsRequest.newBuilder().addEnable("hangul").build());
      long start = System.nanoTime();
      application.focus(PLAIN);
      application.type("1234567890");
      String meanwhile = application.text();
      application.awaitMenu();
      application.type("g");
      long took = (System.nanoTime() - start) / 1_000_000;
      application.type("ksrmf ");
      assertEquals("1234567890한글 ", application.text());
      assertEquals("1234567890", meanwhile);
      application.blur();
      long again = System.nanoTime();
      application.focus(PLAIN);
      application.awaitMenu();
      application.type("g");
      again = (System.nanoTime() - again) / 1_000_000;
      System.out.printf("first composed key after %d ms, when it runs %d ms%n", took, again);
      // What compilers took for the start is given back within seconds.
      broker.await("the host to take at most 60 MB", () -> memory(broker) <= MOST_MEMORY);
    }
  }

  private static long memory(DemoBroker broker) {
    try {
      return ProcessMemory.pss(broker.pid(), "org.keywarden.engine.host.Main");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
