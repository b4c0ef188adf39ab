package org.keywarden.ime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An input method served on a thread of its own, as {@link Plugin#run} would on the main one. */
final class RunningPlugin {
  static final String ID = "test.plugin";

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final CompletableFuture<Ending> ending = new CompletableFuture<>();

  RunningPlugin(InputMethod inputMethod, Path socket) {
    Map<String, String> environment =
        Map.of("KEYWARDEN_SOCKET", socket.toString(), "KEYWARDEN_PLUGIN_ID", ID);
    PrintStream out = new PrintStream(log, true, UTF_8);
    Thread.ofPlatform()
        .daemon()
        .start(() -> ending.complete(Plugin.serve(inputMethod, environment, out)));
  }

  Ending ending() throws Exception {
    return ending.get(20, TimeUnit.SECONDS);
  }

  String log() {
    return log.toString(UTF_8);
  }
}
