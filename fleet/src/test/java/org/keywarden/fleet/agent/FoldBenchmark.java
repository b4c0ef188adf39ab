package org.keywarden.fleet.agent;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.audit.store.DiskFiles;
import org.keywarden.fleet.demo.Desktop;
import org.keywarden.fleet.fold.Fold;
import org.keywarden.fleet.fold.Trust;
import org.keywarden.fleet.rules.RecordRules;
import org.keywarden.proto.fleet.v1.LogState;
import org.keywarden.proto.fleet.v1.Shipment;

/**
 * How many records a second one core verifies, by processor time, and how large a log's state is.
 * Run by hand: real logs, shipped as an agent does, each by so many records a checkpoint.
 */
final class FoldBenchmark {
  private static final double NANOS = 1e9;
  private static final int ROUNDS = 12;

  private FoldBenchmark() {}

  /** Prints a line for each number of records a shipment. */
  public static void main(String[] arguments) throws IOException {
    System.out.println("records/shipment | records/s and core | bytes of state | bytes/record");
    for (int fields : new int[] {1, 5, 25, 150, 1_500}) {
      Path directory = Files.createTempDirectory("fold");
      List<Shipment> shipments = shipments(directory, fields);
      double best = 0;
      String key = shipments.getFirst().getKey();
      String origin = key.substring(0, key.indexOf('+'));
      LogState state = LogState.getDefaultInstance();
      for (int round = 0; round < ROUNDS; round++) {
        Fold fold = new Fold(Trust.onFirstUse(), RecordRules.usual(), new Ed25519Check());

        state = LogState.getDefaultInstance();
        long begun = cpu();
        for (Shipment shipment : shipments) {
          byte[] sent = shipment.toByteArray();
          Fold.Step step =
              fold.next(origin, state.getSize() == 0 ? null : state, Shipment.parseFrom(sent), 1);
          byte[] kept = step.state().orElseThrow().toByteArray();
          state = LogState.parseFrom(kept);
          if (!step.alerts().isEmpty()) {
            throw new IllegalStateException(step.alerts().toString());
          }
        }
        best = Math.max(best, state.getRecords() * NANOS / (cpu() - begun));
      }
      long bytes = shipments.stream().mapToLong(Shipment::getSerializedSize).sum();
      System.out.printf(
          Locale.ROOT,
          "%d | %.0f | %d | %d%n",
          2 * fields,
          best,
          state.getSerializedSize(),
          bytes / state.getRecords());
    }
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static List<Shipment> shipments(Path directory, int fields) throws IOException {
    List<Shipment> all = new ArrayList<>();
    try (Desktop desktop = new Desktop(directory, new Random(1))) {
      LogFollower follower = new LogFollower(new DiskFiles(desktop.log()));
      Place place = Place.BEGINNING;
      desktop.start();
      int checkpoints = Math.max(20, Math.min(400, 15_000 / fields));
      for (int i = 0; i < checkpoints; i++) {
        desktop.fields(fields);
        desktop.checkpoint();
        for (Optional<LogFollower.Next> next = follower.next(place);
            next.isPresent();
            next = follower.next(place)) {
          all.add(next.get().shipment());
          follower.shipped(next.get());
          place = next.get().after();
        }
      }
    }
    return all;
  }
}
