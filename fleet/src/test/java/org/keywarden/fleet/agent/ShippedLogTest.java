package org.keywarden.fleet.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.audit.log.KeyRotation;
import org.keywarden.audit.merkle.Rfc6962;
import org.keywarden.audit.note.Checkpoint;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.note.SignedNote;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.audit.signer.Ed25519Signer;
import org.keywarden.audit.store.DiskFiles;
import org.keywarden.audit.verify.LogVerifier;
import org.keywarden.fleet.demo.Desktop;
import org.keywarden.fleet.fold.Findings;
import org.keywarden.fleet.fold.Fold;
import org.keywarden.fleet.fold.Trust;
import org.keywarden.proto.audit.v1.GrantIssued;
import org.keywarden.proto.audit.v1.Record;
import org.keywarden.proto.fleet.v1.Alert;
import org.keywarden.proto.fleet.v1.FaultKind;
import org.keywarden.proto.fleet.v1.LogState;
import org.keywarden.proto.fleet.v1.Shipment;

/**
 * Real logs, shipped and verified, without Kafka: what holds, and each way in which it does not.
 */
final class ShippedLogTest {
  private static final int HOUR = 3_600_000;

  @TempDir Path directory;
  private Desktop desktop;
  private LogFollower follower;
  private Place place = Place.BEGINNING;
  private LogState state = LogState.getDefaultInstance();
  private long now = 1_000;
  private final List<Alert> alerts = new ArrayList<>();
  private Fold fold = new Fold(Trust.onFirstUse(), Findings.NONE, new Ed25519Check());

  @BeforeEach
  void begin() throws IOException {
    desktop = new Desktop(directory.resolve("state"), new Random(1));
    follower = new LogFollower(new DiskFiles(desktop.log()));
    desktop.start();
  }

  @AfterEach
  void end() {
    desktop.close();
  }

  private void take(Shipment shipment) {
    Fold.Step step =
        fold.next(desktop.key().name(), state.getKey().isEmpty() ? null : state, shipment, now);
    state = step.state().orElse(LogState.getDefaultInstance());
    alerts.addAll(step.alerts());
  }

  /** Ships what is there and has it verified; returns how many shipments it took. */
  private int ship() throws IOException {
    int count = 0;
    for (Optional<LogFollower.Next> next = follower.next(place);
        next.isPresent();
        next = follower.next(place)) {
      take(next.get().shipment());
      follower.shipped(next.get());
      place = next.get().after();
      count++;
    }
    return count;
  }

  private void work(int fields) throws IOException {
    desktop.fields(fields);
    desktop.checkpoint();
    ship();
  }

  private List<FaultKind> kinds() {
    return alerts.stream().map(Alert::getKind).toList();
  }

  private void assertFound(FaultKind kind) {
    assertEquals(List.of(kind), kinds(), alerts::toString);
  }

  private void copyLog(Path from, Path to) throws IOException {
    if (Files.exists(to)) {
      try (Stream<Path> old = Files.walk(to)) {
        for (Path each : old.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each)));
      }
    }
  }

  private void closeAnd(IoAction change) throws IOException {
    desktop.close();
    change.run();
    desktop = new Desktop(directory.resolve("state"), new Random(2));
  }

  private interface IoAction {
    void run() throws IOException;
  }

  @Test
  void aLogThatHoldsIsTakenWhole() throws Exception {
    work(3);
    work(700);
    assertEquals(0, ship());
    desktop.stop();
    ship();
    assertEquals(List.of(), alerts);
    var verdict =
        new LogVerifier(new DiskFiles(desktop.log()), new Ed25519Check())
            .verify(LogVerifier.Known.NOTHING, done -> {});
    assertTrue(verdict.holds());
    assertEquals(verdict.size(), state.getSignedSize());
    assertEquals(verdict.size(), state.getRecords());
    assertEquals(703, state.getStory().getGrants());
    assertFalse(state.getStory().getRunning());
    assertTrue(state.getSerializedSize() < 2_000, () -> state.getSerializedSize() + " bytes");
  }

  @Test
  void aLongLogIsShippedInParts() throws Exception {
    desktop.fields(5_000);
    desktop.checkpoint();
    assertTrue(ship() >= 3);
    assertEquals(List.of(), alerts);
    assertEquals(10_003, state.getSignedSize());
  }

  @Test
  void whatIsNotUnderACheckpointIsNotShipped() throws Exception {
    work(1);
    desktop.fields(10);
    assertEquals(0, ship());
  }

  @Test
  void anAgentThatBeginsAnewHarmsNothing() throws Exception {
    work(300);
    place = Place.BEGINNING;
    follower = new LogFollower(new DiskFiles(desktop.log()));
    work(5);
    assertEquals(List.of(), alerts);
    assertEquals(613, state.getSignedSize());
  }

  @Test
  void aRollbackIsFound() throws Exception {
    work(3);
    Path copy = directory.resolve("copy");
    copyLog(desktop.log(), copy);
    work(5);
    closeAnd(() -> copyLog(copy, directory.resolve("state/log")));
    desktop.checkpoint();
    ship();
    assertFound(FaultKind.FAULT_KIND_ROLLBACK);
    // It grows again, otherwise than before, beyond what was shipped.
    desktop.start();
    work(20);
    assertEquals(List.of(FaultKind.FAULT_KIND_ROLLBACK, FaultKind.FAULT_KIND_FORK), kinds());
    assertTrue(state.getBroken());
  }

  @Test
  void aCopyThatGoesOnAloneIsAFork() throws Exception {
    work(3);
    Path copy = directory.resolve("copy");
    copyLog(desktop.log(), copy);
    work(5);
    closeAnd(() -> copyLog(copy, directory.resolve("state/log")));
    desktop.start();
    work(9);
    assertFound(FaultKind.FAULT_KIND_FORK);
  }

  @Test
  void anAlteredEntryIsFound() throws Exception {
    work(300);
    desktop.fields(200);
    desktop.checkpoint();
    Path bundle = desktop.log().resolve("tile/entries/003.p");
    Path file;
    try (Stream<Path> files = Files.list(bundle)) {
      file = files.findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(file);
    bytes[10] ^= 1;
    Files.write(file, bytes);
    ship();
    assertTrue(kinds().contains(FaultKind.FAULT_KIND_ALTERED), alerts::toString);
    assertFalse(kinds().contains(FaultKind.FAULT_KIND_FORK), alerts::toString);
  }

  @Test
  void aNewKeyIsFollowedAcrossARotation() throws Exception {
    work(4);
    desktop.stop();
    ship();
    for (int i = 0; i < 2; i++) {
      closeAnd(() -> KeyRotation.rotate(directory.resolve("state"), new SecureRandom(), 5));
    }
    desktop.start();
    work(4);
    assertEquals(List.of(), alerts);
    assertEquals(desktop.key().text(), state.getKey());
  }

  @Test
  void aKeyThatWasNotHandedOverIsUnknown() throws Exception {
    work(4);
    byte[] note =
        SignedNote.sign(
                new Checkpoint(desktop.key().name(), 11, Rfc6962.EMPTY_ROOT).text(),
                new Ed25519Signer(desktop.key().name(), NoteKey.ED25519, new byte[32]))
            .encoded()
            .getBytes(StandardCharsets.UTF_8);
    take(Shipment.newBuilder().setFirst(11).setCheckpoint(ByteString.copyFrom(note)).build());
    assertFound(FaultKind.FAULT_KIND_UNKNOWN_KEY);
  }

  @Test
  void aLogThatWasPrunedBeforeIsTakenFromWhereItBegins() throws Exception {
    for (int i = 0; i < 10; i++) {
      desktop.fields(700);
      desktop.checkpoint();
    }
    desktop.prune(1_024);
    desktop.fields(150);
    desktop.checkpoint();
    desktop.prune(1_024);
    assertFalse(Files.exists(desktop.log().resolve("tile/entries/000")));
    work(10);
    assertEquals(List.of(), alerts);
    assertEquals(14_323, state.getSignedSize());
  }

  @Test
  void whatWasPrunedBeforeItWasShippedIsAGapAndTheRestHolds() throws Exception {
    work(3);
    for (int i = 0; i < 10; i++) {
      desktop.fields(700);
      desktop.checkpoint();
    }
    desktop.prune(1_024);
    desktop.fields(150);
    desktop.checkpoint();
    desktop.prune(1_024);
    assertFalse(Files.exists(desktop.log().resolve("tile/entries/000")));
    work(10);
    assertFound(FaultKind.FAULT_KIND_GAP);
    assertEquals(14_329, state.getSignedSize());
    assertFalse(state.getUnlinked());
  }

  @Test
  void aShipmentThatIsMissingIsAGapUntilItComes() throws Exception {
    work(3);
    desktop.fields(3);
    desktop.checkpoint();
    LogFollower.Next lost = follower.next(place).orElseThrow();
    place = lost.after();
    work(3);
    work(3);
    assertFound(FaultKind.FAULT_KIND_GAP);
    place = new Place(state.getSize(), state.getSignedSize(), 0);
    follower = new LogFollower(new DiskFiles(desktop.log()));
    ship();
    assertFound(FaultKind.FAULT_KIND_GAP);
    assertEquals(place.next(), state.getSignedSize());
  }

  @Test
  void missingSerialsAreFound() throws Exception {
    work(3);
    desktop.append(
        Record.newBuilder().setGrantIssued(GrantIssued.newBuilder().setSerial(9).setGrant(9)));
    desktop.appendEntry(new byte[] {1, 2, 3});
    desktop.checkpoint();
    ship();
    assertFound(FaultKind.FAULT_KIND_INCOMPLETE);
    assertEquals(2, state.getFaults(0).getCount());
    now += HOUR;
    desktop.appendEntry(new byte[] {1, 2, 3});
    desktop.checkpoint();
    ship();
    assertEquals(2, alerts.size());
    assertEquals(2, alerts.getLast().getCount());
  }

  @Test
  void aSignatureThatDoesNotHoldIsFound() throws Exception {
    work(3);
    desktop.fields(1);
    desktop.checkpoint();
    Shipment good = follower.next(place).orElseThrow().shipment();
    String note = good.getCheckpoint().toStringUtf8();
    String other = Files.readString(desktop.log().resolve("checkpoint"));
    assertEquals(note, other);
    String changed = note.replaceFirst("\n11\n", "\n12\n");
    take(good.toBuilder().setCheckpoint(ByteString.copyFromUtf8(changed)).build());
    assertFound(FaultKind.FAULT_KIND_BAD_SIGNATURE);
    take(good);
    assertFound(FaultKind.FAULT_KIND_BAD_SIGNATURE);
    assertEquals(11, state.getSignedSize());
  }

  @Test
  void onlyEnrolledKeysAreTaken() throws Exception {
    Desktop other = new Desktop(directory.resolve("other"), new Random(3));
    fold = new Fold(Trust.in(List.of(other.key())), Findings.NONE, new Ed25519Check());
    work(3);
    assertFound(FaultKind.FAULT_KIND_UNKNOWN_KEY);
    assertEquals(LogState.getDefaultInstance(), state);
    other.close();
    alerts.clear();
    place = Place.BEGINNING;
    fold = new Fold(Trust.in(List.of(desktop.key())), Findings.NONE, new Ed25519Check());
    work(3);
    assertEquals(List.of(), alerts);
  }

  @Test
  void badShipmentsAreRefusedAndLeaveTheLogAsItIs() throws Exception {
    work(3);
    LogState before = state;
    ByteString hash = ByteString.copyFrom(new byte[32]);
    ByteString megabyte = ByteString.copyFrom(new byte[1 << 20]);
    for (Shipment bad :
        List.of(
            Shipment.newBuilder().setFirst(-1).build(),
            Shipment.newBuilder().setFirst(Long.MAX_VALUE).build(),
            Shipment.newBuilder().setFirst(9).addEntries(megabyte).build(),
            Shipment.newBuilder().setFirst(9).addFrontier(hash).build(),
            Shipment.newBuilder().setFirst(9).addProof(hash.substring(1)).build(),
            Shipment.newBuilder().setFirst(9).setCheckpoint(megabyte).build(),
            Shipment.newBuilder().setFirst(9).setCheckpoint(hash).build())) {
      take(bad);
    }
    assertFound(FaultKind.FAULT_KIND_MALFORMED);
    assertEquals(7, state.getFaults(0).getCount());
    assertEquals(before, state.toBuilder().clearFaults().build());
    work(3);
    assertEquals(state.getSize(), state.getSignedSize());
  }

  @Test
  void silenceIsSaidOnceAndItsEndToo() throws Exception {
    work(3);
    String origin = desktop.key().name();
    assertTrue(Fold.silence(origin, state, now + HOUR - 1, HOUR).alerts().isEmpty());
    Fold.Step silent = Fold.silence(origin, state, now + HOUR, HOUR);
    assertEquals(FaultKind.FAULT_KIND_SILENT, silent.alerts().getFirst().getKind());
    state = silent.state().orElseThrow();
    assertTrue(Fold.silence(origin, state, now + 2 * HOUR, HOUR).alerts().isEmpty());
    now += 2 * HOUR;
    work(1);
    assertFound(FaultKind.FAULT_KIND_HEARD_AGAIN);
    // A clock that went back takes nothing away.
    now = 5;
    work(1);
    assertTrue(state.getHeard() > HOUR);
  }
}
