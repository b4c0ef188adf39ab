package org.keywarden.broker.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.merkle.ProofCheck;
import org.keywarden.audit.merkle.Rfc6962;
import org.keywarden.audit.note.SignedNote;
import org.keywarden.audit.record.RecordCodec;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.proto.audit.v1.Entry;
import org.keywarden.proto.audit.v1.FollowRequest;
import org.keywarden.proto.audit.v1.FollowResponse;
import org.keywarden.proto.audit.v1.GetCheckpointRequest;
import org.keywarden.proto.audit.v1.GetCheckpointResponse;
import org.keywarden.proto.audit.v1.GetConsistencyProofRequest;
import org.keywarden.proto.audit.v1.GetInclusionProofRequest;
import org.keywarden.proto.audit.v1.GetInclusionProofResponse;
import org.keywarden.proto.audit.v1.QueryRequest;
import org.keywarden.proto.audit.v1.Record;
import org.keywarden.proto.error.Refusals;
import org.keywarden.proto.error.v1.Reason;

/** What the log answers. */
final class AuditDoorTest extends AuditDoorScene {
  @Test
  void aQueryGivesWhatMatchesInTheOrderOfTheLog() {
    grants();
    List<Entry> all = query(QueryRequest.newBuilder());
    assertEquals(2 * GRANTS, all.size());
    for (int i = 0; i < all.size(); i++) {
      assertEquals(i, all.get(i).getIndex());
    }
    List<Entry> kana = query(QueryRequest.newBuilder().setPlugin("kana"));
    assertEquals(GRANTS, kana.size());
    assertTrue(kana.get(1).getRecord().hasGrantClosed(), "a close is of the grant's plugin");
    ByteString editor = names.hide("editor").getCommitment().substring(0, 6);
    assertEquals(kana, query(QueryRequest.newBuilder().setApplication(editor)));
    assertEquals(
        GRANTS, query(QueryRequest.newBuilder().addKinds(Record.GRANT_CLOSED_FIELD_NUMBER)).size());
    assertEquals(20, query(QueryRequest.newBuilder().setSince(11).setUntil(21)).size());
    assertEquals(all.subList(0, 300), query(QueryRequest.newBuilder().setLimit(300)));
    assertEquals(List.of(), query(QueryRequest.newBuilder().setPlugin("other")));
  }

  @Test
  void followingGoesOnWithWhatIsSignedLater() throws InterruptedException {
    grants();
    LinkedBlockingQueue<Entry> came = new LinkedBlockingQueue<>();
    Iterator<FollowResponse> answers =
        log().follow(FollowRequest.newBuilder().setFrom(2 * GRANTS - 1).build());
    Thread reader =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    answers.forEachRemaining(answer -> came.addAll(answer.getEntriesList()));
                  } catch (StatusRuntimeException ended) {
                    came.add(Entry.getDefaultInstance());
                  }
                });
    assertEquals(2 * GRANTS - 1, came.poll(20, TimeUnit.SECONDS).getIndex());
    pass(LogStream.REST);
    pass(LogStream.REST);
    loadPolicy();
    pass(LogStream.REST);
    Entry later = came.poll(20, TimeUnit.SECONDS);
    assertEquals(2 * GRANTS, later.getIndex());
    assertTrue(later.getRecord().hasPolicyLoaded());
    channel.shutdownNow();
    reader.join();
    assertEquals(1, came.size(), "nothing came twice");
  }

  @Test
  void proofsHold() throws Exception {
    grants();
    long early = writer.confirmed();
    GetCheckpointResponse first = log().getCheckpoint(GetCheckpointRequest.getDefaultInstance());
    loadPolicy();
    GetCheckpointResponse second = log().getCheckpoint(GetCheckpointRequest.getDefaultInstance());
    assertEquals(early, first.getSize());
    assertEquals(early + 1, second.getSize());
    SignedNote note = SignedNote.parse(second.getNote().toByteArray());
    assertTrue(note.signedBy(List.of(signer.key()), new Ed25519Check()).isPresent());
    for (long index : new long[] {0, 255, 256, 1_399}) {
      for (long size : new long[] {0, early}) {
        GetInclusionProofResponse proof =
            log()
                .getInclusionProof(
                    GetInclusionProofRequest.newBuilder().setIndex(index).setSize(size).build());
        GetCheckpointResponse of = size == 0 ? second : first;
        assertEquals(of.getSize(), proof.getSize());
        Entry entry = query(QueryRequest.newBuilder().setLimit((int) index + 1)).getLast();
        Hash leaf = Rfc6962.leaf(RecordCodec.encode(entry.getRecord()));
        assertEquals(leaf, hash(proof.getLeaf()));
        assertTrue(
            ProofCheck.inclusion(
                index, of.getSize(), leaf, hashes(proof.getHashesList()), hash(of.getRoot())));
      }
    }
    var consistency =
        log().getConsistencyProof(GetConsistencyProofRequest.newBuilder().setOlder(early).build());
    assertTrue(
        ProofCheck.consistency(
            early,
            consistency.getNewer(),
            hash(first.getRoot()),
            hashes(consistency.getHashesList()),
            hash(second.getRoot())));
  }

  private static Hash hash(ByteString bytes) {
    return Hash.of(bytes.toByteArray());
  }

  private static List<Hash> hashes(List<ByteString> list) {
    return list.stream().map(AuditDoorTest::hash).toList();
  }

  private Optional<Reason> inclusion(long index, long size) {
    return reasonOf(
        () ->
            log()
                .getInclusionProof(
                    GetInclusionProofRequest.newBuilder().setIndex(index).setSize(size).build()));
  }

  private Optional<Reason> consistency(long older, long newer) {
    return reasonOf(
        () ->
            log()
                .getConsistencyProof(
                    GetConsistencyProofRequest.newBuilder()
                        .setOlder(older)
                        .setNewer(newer)
                        .build()));
  }

  @Test
  void whatIsNotThereIsRefusedByTheContract() throws IOException {
    grants();
    Optional<Reason> unknown = Optional.of(Reason.REASON_ENTRY_UNKNOWN);
    assertEquals(unknown, inclusion(2 * GRANTS, 0));
    assertEquals(unknown, inclusion(-1, 0));
    assertEquals(unknown, inclusion(5, 5));
    assertEquals(unknown, inclusion(5, 2 * GRANTS + 1));
    assertEquals(unknown, consistency(2 * GRANTS + 1, 0));
    assertEquals(unknown, consistency(10, 9));
    assertEquals(unknown, consistency(-1, 0));
    Optional<Reason> invalid = Optional.of(Reason.REASON_INVALID_MESSAGE);
    assertEquals(invalid, consistency(0, 0));
    assertEquals(
        invalid, reasonOf(() -> query(QueryRequest.newBuilder().setPlugin("a".repeat(129)))));
    assertEquals(invalid, reasonOf(() -> query(QueryRequest.newBuilder().addKinds(2))));
    Files.delete(directory.resolve("tile/entries/001"));
    StatusRuntimeException damaged =
        assertThrows(
            StatusRuntimeException.class, () -> query(QueryRequest.newBuilder().setLimit(600)));
    assertEquals(Optional.of(Reason.REASON_LOG_UNREADABLE), Refusals.reasonOf(damaged));
    assertTrue(damaged.toString().contains("tile/entries/001 is missing"), damaged.toString());
    Files.delete(directory.resolve("checkpoint"));
    assertEquals(
        Optional.of(Reason.REASON_LOG_UNREADABLE),
        reasonOf(() -> log().getCheckpoint(GetCheckpointRequest.getDefaultInstance())));
  }
}
