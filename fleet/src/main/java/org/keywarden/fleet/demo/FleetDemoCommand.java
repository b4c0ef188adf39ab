package org.keywarden.fleet.demo;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.keywarden.fleet.alerts.AlertReader;
import org.keywarden.fleet.fold.Trust;
import org.keywarden.fleet.kafka.Topics;
import org.keywarden.fleet.rules.RecordRules;
import org.keywarden.fleet.verify.Verifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows a fleet on one machine. */
@Command(
    name = "demo",
    description =
        "A Kafka, simulated desktops with real logs, the verifier and its page, all on this"
            + " machine. One desktop rolls its log back, one is copied, one goes silent, one has a"
            + " hostile input method; exits 0 if each was found and nothing else.",
    mixinStandardHelpOptions = true)
public final class FleetDemoCommand implements Callable<Integer> {
  private static final int FEWEST = 8;
  private static final int PARTITIONS = 4;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--machines",
      paramLabel = "N",
      description = "How many (default: ${DEFAULT-VALUE}, at least " + FEWEST + ").",
      defaultValue = "20")
  private int machines;

  @Option(
      names = "--listen",
      paramLabel = "PORT",
      description = "Where on the loopback address the page is (default: a free one).",
      defaultValue = "0")
  private int port;

  @Option(names = "--stay", description = "Go on serving the page until you end it.")
  private boolean stay;

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = "Write the page as it is at the end to a file.")
  private @Nullable Path page;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Path directory = Files.createTempDirectory("keywarden-fleet-demo");
    Topics topics = new Topics("keywarden");
    try (KafkaProcess kafka =
            KafkaProcess.start(kafkaClasses(), Files.createDirectory(directory.resolve("kafka")));
        Demonstration demonstration =
            new Demonstration(directory, Math.max(FEWEST, machines), kafka.client(), topics, out);
        Verifier verifier =
            Verifier.start(
                kafka.client(),
                topics,
                new Verifier.Settings(
                    Trust.in(demonstration.keys()),
                    RecordRules.usual(),
                    Demonstration.SILENCE,
                    PARTITIONS),
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port),
                out::println);
        AlertReader alerts = new AlertReader(kafka.client(), topics)) {
      String address = "http://127.0.0.1:" + verifier.port() + "/";
      out.println("Kafka runs, the page is " + address);
      out.flush();
      boolean shown = demonstration.run(alerts, verifier);
      if (page != null) {
        Files.writeString(page, verifier.page());
      }
      if (stay) {
        out.println("The page stays until you end this: " + address);
        out.flush();
        new CountDownLatch(1).await();
      }
      return shown ? 0 : 1;
    } finally {
      Trees.delete(directory);
    }
  }

  /** Kafka's server lies beside what everything else needs. */
  private static String kafkaClasses() {
    String own = System.getProperty("java.class.path");
    String home = System.getProperty("keywarden.fleet");
    return home == null ? own : own + File.pathSeparator + Path.of(home, "kafka", "*");
  }
}
