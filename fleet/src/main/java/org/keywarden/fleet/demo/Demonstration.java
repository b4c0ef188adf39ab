package org.keywarden.fleet.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.audit.store.DiskFiles;
import org.keywarden.audit.verify.LogVerifier;
import org.keywarden.audit.verify.Verdict;
import org.keywarden.fleet.alerts.AlertReader;
import org.keywarden.fleet.kafka.Topics;
import org.keywarden.fleet.page.FleetPage;
import org.keywarden.fleet.verify.Verifier;
import org.keywarden.proto.fleet.v1.Alert;

/**
 * Machines that work, some of which something is done to, and what is found of it.
 *
 * <p>Thread: one.
 */
final class Demonstration implements AutoCloseable {
  static final Duration SILENCE = Duration.ofSeconds(5);

  private static final long LONGEST_NANOS = Duration.ofMinutes(2).toNanos();
  private static final Duration MOMENT = Duration.ofMillis(200);

  private final List<Machine> machines = new ArrayList<>();
  private final Map<Plant, Machine> victims = new EnumMap<>(Plant.class);
  private final Map<Plant, Long> planted = new EnumMap<>(Plant.class);
  private final Map<Plant, Long> found = new EnumMap<>(Plant.class);
  private final List<String> falseAlerts = new ArrayList<>();
  private final PrintWriter out;

  Demonstration(Path directory, int count, Properties client, Topics topics, PrintWriter out)
      throws IOException {
    this.out = out;
    Random random = new Random(20);
    for (int i = 0; i < count; i++) {
      machines.add(new Machine(directory.resolve("machine-" + i), random, client, topics));
    }
    int next = 1;
    for (Plant plant : Plant.values()) {
      victims.put(plant, machines.get(next));
      next += count / Plant.values().length;
    }
  }

  /** Keys to enrol. */
  List<NoteKey> keys() {
    return machines.stream().map(machine -> machine.desktop().key()).toList();
  }

  /** Does everything; whether all was found and nothing else. */
  boolean run(AlertReader alerts, Verifier verifier) throws IOException {
    machines.forEach(Machine::startAgent);
    work(alerts, 10);
    for (Plant plant : Plant.values()) {
      victim(plant).keep();
    }
    work(alerts, 10);
    for (Plant plant : Plant.values()) {
      planted.put(plant, System.nanoTime());
      victim(plant).plant(plant);
      out.println("  " + victim(plant).origin() + " " + plant.words());
    }
    out.flush();
    long end = System.nanoTime() + LONGEST_NANOS;
    while (found.size() < Plant.values().length && System.nanoTime() < end) {
      work(alerts, 1);
    }
    boolean same = sameAsAuditVerify(verifier, alerts);
    report(same);
    return same && found.size() == Plant.values().length && falseAlerts.isEmpty();
  }

  private Machine victim(Plant plant) {
    Machine victim = victims.get(plant);
    if (victim == null) {
      throw new IllegalStateException("each plant has a machine");
    }
    return victim;
  }

  private void work(AlertReader alerts, int moments) {
    for (int i = 0; i < moments; i++) {
      machines.forEach(Machine::work);
      alerts.poll(MOMENT).forEach(this::take);
    }
  }

  private void take(Alert alert) {
    for (Plant plant : Plant.values()) {
      if (victim(plant).origin().equals(alert.getOrigin()) && planted.containsKey(plant)) {
        if (alert.getKind() == plant.found()) {
          found.putIfAbsent(plant, System.nanoTime());
        }
        if (plant.allows(alert.getKind())) {
          return;
        }
      }
    }
    falseAlerts.add(
        alert.getOrigin() + " " + FleetPage.word(alert.getKind()) + ": " + alert.getWhat());
  }

  /** Whether each machine that nothing was done to has as many entries as its own check says. */
  private boolean sameAsAuditVerify(Verifier verifier, AlertReader alerts) {
    for (Machine machine : machines) {
      if (victims.containsValue(machine)) {
        continue;
      }
      Verdict verdict =
          new LogVerifier(new DiskFiles(machine.desktop().log()), new Ed25519Check())
              .verify(LogVerifier.Known.NOTHING, done -> {});
      long end = System.nanoTime() + LONGEST_NANOS;
      while (signed(verifier, machine) != verdict.size()) {
        if (System.nanoTime() > end) {
          return false;
        }
        alerts.poll(MOMENT).forEach(this::take);
      }
      if (!verdict.holds()) {
        return false;
      }
    }
    return true;
  }

  private static long signed(Verifier verifier, Machine machine) {
    try {
      return verifier.log(machine.origin()).map(log -> log.state().getSignedSize()).orElse(0L);
    } catch (InvalidStateStoreException e) {
      return -1;
    }
  }

  private void report(boolean same) {
    out.println();
    for (Plant plant : Plant.values()) {
      Long at = found.get(plant);
      Long since = planted.get(plant);
      out.printf(
          "%-9s a machine %s%n",
          at == null || since == null ? "NOT FOUND" : seconds(at - since), plant.words());
    }
    out.println();
    out.println(
        same
            ? "ok        all other machines: the same totals as keywarden audit verify"
            : "WRONG     a machine's total is not that of keywarden audit verify");
    out.println(falseAlerts.isEmpty() ? "ok        no false alert" : "WRONG     false alerts:");
    falseAlerts.forEach(each -> out.println("          " + each));
    out.flush();
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
  }

  @Override
  public void close() {
    machines.forEach(Machine::close);
  }
}
