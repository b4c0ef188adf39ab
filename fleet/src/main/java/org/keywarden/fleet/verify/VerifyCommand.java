package org.keywarden.fleet.verify;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.fleet.fold.Trust;
import org.keywarden.fleet.kafka.KafkaOptions;
import org.keywarden.fleet.rules.InvalidRules;
import org.keywarden.fleet.rules.RecordRules;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Verifies until it is stopped. */
@Command(
    name = "verify",
    description =
        "Verify what agents ship, in the foreground: alerts go to a topic, and a page and JSON are"
            + " served over HTTP. Start more of them to share the work.",
    mixinStandardHelpOptions = true)
public final class VerifyCommand implements Callable<Integer> {
  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description =
          "Verifier keys of the logs there are, one a line; others are refused. Without it the"
              + " first key heard of a log is believed.")
  private @Nullable Path keys;

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description = "What of the records becomes an alert, instead of what comes with Keywarden.")
  private @Nullable Path rules;

  @Option(
      names = "--silence",
      paramLabel = "HOURS",
      description = "After which a log is called silent (default: ${DEFAULT-VALUE}).",
      defaultValue = "72")
  private double silence;

  @Option(
      names = "--listen",
      paramLabel = "PORT",
      description = "Where on the loopback address to serve (default: ${DEFAULT-VALUE}).",
      defaultValue = "8712")
  private int port;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "Of topics that are missing (default: ${DEFAULT-VALUE}).",
      defaultValue = "12")
  private int partitions;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Verifier.Settings settings =
        new Verifier.Settings(
            keys == null ? Trust.onFirstUse() : Trust.in(read(keys)),
            rules == null ? RecordRules.usual() : rules(rules),
            Duration.ofMillis((long) (silence * 3_600_000)),
            partitions);
    CountDownLatch stopped = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    try (Verifier verifier =
        Verifier.start(
            kafka.client(),
            kafka.topics(),
            settings,
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port),
            this::say)) {
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    stopped.countDown();
                    await(closed);
                  }));
      say("verifying; the page is http://127.0.0.1:" + verifier.port() + "/");
      stopped.await();
    } finally {
      closed.countDown();
    }
    return 0;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static RecordRules rules(Path file) throws IOException {
    try {
      return RecordRules.read(Files.readAllBytes(file), file.toString());
    } catch (InvalidRules e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static List<NoteKey> read(Path file) throws IOException {
    List<NoteKey> keys = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        try {
          keys.add(NoteKey.parse(line.strip()));
        } catch (Malformed e) {
          throw new IOException(file + ": " + e.reason(), e);
        }
      }
    }
    return keys;
  }

  private void say(String line) {
    if (spec != null) {
      spec.commandLine().getErr().println("keywarden: " + line);
      spec.commandLine().getErr().flush();
    }
  }
}
