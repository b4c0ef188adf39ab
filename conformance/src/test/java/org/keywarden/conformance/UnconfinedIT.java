package org.keywarden.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keywarden.proto.admin.v1.GetStatusRequest;

/** A broker on a machine that cannot isolate processes; bubblewrap makes that machine. */
final class UnconfinedIT {
  private final Path dist = Path.of(System.getProperty("keywarden.dist", "")).toAbsolutePath();

  /** What the machine lacks. */
  enum Lack {
    BUBBLEWRAP("--ro-bind", "/dev/null", "/usr/bin/bwrap"),
    USER_NAMESPACES("--unshare-user", "--disable-userns");

    private final List<String> options;

    Lack(String... options) {
      this.options = List.of(options);
    }

    List<String> prefix() {
      return java.util.stream.Stream.of(
              List.of("bwrap", "--dev-bind", "/", "/", "--die-with-parent"), options, List.of("--"))
          .flatMap(List::stream)
          .toList();
    }
  }

  private static String said(Path work) throws IOException {
    return Files.readString(work.resolve("broker.log"));
  }

  @ParameterizedTest
  @EnumSource
  void noPluginIsStartedAndTheUserIsTold(Lack lack, @TempDir Path work) throws Exception {
    try (Broker broker = Broker.startWithin(lack.prefix(), dist, work, false)) {
      String log = said(work);
      assertTrue(log.contains("keywarden: processes CANNOT be isolated here: NONE ("), log);
      assertTrue(log.contains("keywarden: no plugin is started; 'keywarden doctor' says"), log);
      assertTrue(log.contains("kit.a: not run, since it cannot be isolated"), log);
      assertTrue(broker.processes("plugins/").isEmpty());
      assertTrue(sandbox(broker).startsWith("NONE ("), sandbox(broker));
      // Typing goes on all the same.
      try (Application application = new Application(broker.hostSocket(), "kit")) {
        application.awaitAttached();
        application.open(1);
        application.focus(1, Application.plain());
        application.type(1, "abc");
        assertTrue(application.awaitAnswers().passed());
        assertEquals("abc", application.text(1));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theFlagForDevelopmentIsLoud(Lack lack, @TempDir Path work) throws Exception {
    try (Broker broker =
        Broker.startWithin(lack.prefix(), dist, work, true, "--allow-unsandboxed")) {
      String log = said(work);
      assertTrue(log.contains("WARNING: plugins run UNSANDBOXED (--allow-unsandboxed)"), log);
      assertTrue(sandbox(broker).startsWith("NONE ("), sandbox(broker));
    }
  }

  private static String sandbox(Broker broker) {
    return broker.admin().getStatus(GetStatusRequest.getDefaultInstance()).getIsolation();
  }
}
