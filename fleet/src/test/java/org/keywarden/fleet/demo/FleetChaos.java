package org.keywarden.fleet.demo;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.audit.store.DiskFiles;
import org.keywarden.audit.verify.LogVerifier;
import org.keywarden.audit.verify.Verdict;
import org.keywarden.fleet.alerts.AlertReader;
import org.keywarden.fleet.kafka.Topics;
import org.keywarden.proto.fleet.v1.Alert;

/**
 * Kills agents, verifiers and Kafka at random moments while desktops work, then compares what the
 * verifiers know with each log. Run by hand: {@code FleetChaos KILLS MACHINES}; prints its seed and
 * how long after a verifier's death all is verified again.
 */
final class FleetChaos {
  /** Between two bursts of work, and two questions to a verifier: other processes do the rest. */
  private static final Duration MOMENT = Duration.ofMillis(300);

  private static final Pattern SIGNED = Pattern.compile("\"signedSize\":\"(\\d+)\"");
  private static final double NANOS = 1e9;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path directory;
  private final Random random;
  private final KafkaProcess kafka;
  private final List<Desktop> desktops = new ArrayList<>();
  private final List<List<String>> commands = new ArrayList<>();
  private final List<Process> processes = new ArrayList<>();
  private final List<Integer> ports = new ArrayList<>();

  private FleetChaos(Path directory, Random random) throws Exception {
    this.directory = directory;
    this.random = random;
    this.kafka = KafkaProcess.start(classes(), Files.createDirectory(directory.resolve("kafka")));
  }

  private static String classes() {
    return System.getProperty("java.class.path");
  }

  /** Arguments: how many kills, how many machines, and a seed if it is to be an earlier one. */
  public static void main(String[] arguments) throws Exception {
    int kills = Integer.parseInt(arguments[0]);
    int machines = Integer.parseInt(arguments[1]);
    long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : System.nanoTime();
    System.out.println("seed " + seed);
    Path directory = Files.createTempDirectory("fleet-chaos");
    FleetChaos chaos = new FleetChaos(directory, new Random(seed));
    boolean whole;
    try {
      whole = chaos.run(kills, machines);
    } finally {
      chaos.processes.forEach(Process::destroyForcibly);
      chaos.kafka.close();
    }
    System.exit(whole ? 0 : 1);
  }

  private boolean run(int kills, int machines) throws Exception {
    for (int i = 0; i < machines; i++) {
      Desktop desktop = new Desktop(directory.resolve("machine-" + i), random);
      desktop.start();
      desktop.fields(random.nextInt(random.nextInt(10) == 0 ? 3_000 : 50));
      desktop.checkpoint();
      desktops.add(desktop);
    }
    Path client = directory.resolve("client.properties");
    String address = kafka.client().getProperty("bootstrap.servers");
    Files.writeString(client, "bootstrap.servers=" + address + "\nsession.timeout.ms=6000\n");
    Path keys = directory.resolve("keys");
    Files.write(keys, desktops.stream().map(each -> each.key().text()).toList());
    for (int i = 0; i < 2; i++) {
      ports.add(freePort());
      command(
          "org.keywarden.fleet.Main",
          "verify",
          "--kafka",
          client.toString(),
          "--keys",
          keys.toString(),
          "--partitions",
          "4",
          "--listen",
          Integer.toString(ports.get(i)));
    }
    processes.add(begin(0));
    awaitPage(0);
    processes.add(begin(1));
    for (int host = 0; host < 2; host++) {
      List<String> words = new ArrayList<>(List.of(AgentHost.class.getName(), address));
      for (int i = host; i < machines; i += 2) {
        words.add(desktops.get(i).log().toString());
      }
      command(words.toArray(String[]::new));
      processes.add(begin(2 + host));
    }
    await("the first logs", 0);
    Map<String, Integer> killed = new HashMap<>();
    for (int i = 0; i < kills; i++) {
      work(1 + random.nextInt(6));
      int victim = random.nextInt(9);
      if (victim == 0) {
        kafka.kill();
        work(random.nextInt(5));
        kafka.again();
      } else {
        kill((victim - 1) % 4);
      }
      killed.merge(
          victim == 0 ? "kafka" : (victim - 1) % 4 < 2 ? "verifier" : "agents", 1, Integer::sum);
    }
    System.out.println("killed: " + killed);
    boolean whole = await("all kills", 0);
    System.out.println("one verifier is killed and stays away");
    processes.get(0).destroyForcibly().waitFor();
    work(1);
    whole &= await("takeover", 1);
    return whole && noAlert();
  }

  private void command(String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx200m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classes()));
    command.addAll(List.of(words));
    commands.add(command);
  }

  private Process begin(int number) throws IOException {
    File output = directory.resolve("output-" + number).toFile();
    return new ProcessBuilder(commands.get(number))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
        .start();
  }

  private void kill(int number) throws Exception {
    processes.get(number).destroyForcibly().waitFor();
    processes.set(number, begin(number));
  }

  private void work(int moments) throws InterruptedException {
    for (int i = 0; i < moments; i++) {
      for (Desktop desktop : desktops) {
        desktop.fields(random.nextInt(4));
        desktop.checkpoint();
      }
      Thread.sleep(MOMENT);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private String get(int port, String path) throws InterruptedException {
    try {
      URI uri = URI.create("http://127.0.0.1:" + port + path);
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build(),
              HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return response.statusCode() == 200 ? response.body() : "";
    } catch (IOException e) {
      return "";
    }
  }

  private void awaitPage(int number) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    while (get(ports.get(number), "/api/totals").isEmpty()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("verifier " + number + " does not answer");
      }
      Thread.sleep(MOMENT);
    }
  }

  /** Waits until the verifiers from this one on know each log as it is; whether they came to. */
  private boolean await(String what, int first) throws InterruptedException {
    long begun = System.nanoTime();
    long records = 0;
    for (Desktop desktop : desktops) {
      Verdict verdict =
          new LogVerifier(new DiskFiles(desktop.log()), new Ed25519Check())
              .verify(LogVerifier.Known.NOTHING, done -> {});
      records += verdict.size();
      while (!isKnown(desktop.key().name(), verdict.size(), first)) {
        if (System.nanoTime() - begun > Duration.ofMinutes(4).toNanos()) {
          System.out.println(what + ": " + desktop.key().name() + " is not at " + verdict.size());
          return false;
        }
        Thread.sleep(MOMENT);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %d logs, %d records, all as audit verify says, after %.1f s%n",
        what,
        desktops.size(),
        records,
        (System.nanoTime() - begun) / NANOS);
    return true;
  }

  private boolean isKnown(String origin, long size, int first) throws InterruptedException {
    for (int i = first; i < ports.size(); i++) {
      Matcher signed = SIGNED.matcher(get(ports.get(i), "/api/log?origin=" + origin));
      if (signed.find() && Long.parseLong(signed.group(1)) == size) {
        return true;
      }
    }
    return false;
  }

  private boolean noAlert() {
    List<Alert> alerts = new ArrayList<>();
    try (AlertReader reader = new AlertReader(kafka.client(), new Topics("keywarden"))) {
      for (int i = 0; i < 10; i++) {
        alerts.addAll(reader.poll(MOMENT));
      }
    }
    System.out.println(alerts.isEmpty() ? "no alert" : "FALSE ALERTS: " + alerts);
    return alerts.isEmpty();
  }
}
