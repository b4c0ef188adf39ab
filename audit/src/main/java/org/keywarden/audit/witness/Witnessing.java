package org.keywarden.audit.witness;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keywarden.audit.log.FileNames;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.note.Checkpoint;
import org.keywarden.audit.note.SignatureCheck;
import org.keywarden.audit.note.SignedNote;
import org.keywarden.audit.store.LogFiles;
import org.keywarden.audit.verify.LogReader;

/**
 * Has a log's newest checkpoint cosigned by the witnesses of a policy, and keeps their cosignatures
 * beside it. The log may be written meanwhile.
 */
public final class Witnessing {
  /** Once for its size, once with the proof from there, once more if it had another just then. */
  private static final int TRIES = 3;

  /** Who asks a witness. */
  public interface Asker {
    /**
     * @throws IOException if there is no answer a witness gives
     */
    Answer add(URI prefix, AddCheckpoint request) throws IOException;
  }

  /** What came of asking one witness. */
  public enum Outcome {
    COSIGNED,
    /** No answer, or one that is no use; nothing is said against the log. */
    FAILED,
    /** It has seen what this log cannot have become: the log is not what it was. */
    CONTRADICTED
  }

  /**
   * What one witness said.
   *
   * @param time of its cosignature, in s since 1970
   * @param explanation why there is none, empty if there is
   */
  public record Result(String witness, Outcome outcome, Optional<Long> time, String explanation) {}

  /**
   * What all said.
   *
   * @param quorum whether enough cosigned, and their cosignatures were kept
   */
  public record Results(Checkpoint checkpoint, List<Result> each, boolean quorum) {
    public Results {
      each = List.copyOf(each);
    }
  }

  private final LogFiles files;
  private final LogReader reader;
  private final TrustPolicy policy;
  private final SignatureCheck check;
  private final Asker asker;

  public Witnessing(LogFiles files, TrustPolicy policy, SignatureCheck check, Asker asker) {
    this.files = files;
    this.reader = new LogReader(files);
    this.policy = policy;
    this.check = check;
    this.asker = asker;
  }

  /**
   * Asks every witness that has a URL, one after the other.
   *
   * @throws IOException if the log cannot be read, or the cosignatures cannot be kept
   */
  public Results run() throws IOException {
    SignedNote note = reader.checkpointNote();
    Checkpoint checkpoint = reader.checkpoint();
    List<Result> results = new ArrayList<>();
    Set<String> cosigned = new HashSet<>();
    SignedNote gathered = note;
    for (TrustPolicy.Member witness : policy.witnesses()) {
      List<SignedNote.Signature> signatures = new ArrayList<>();
      Result result = ask(witness, note, checkpoint, signatures);
      results.add(result);
      if (result.outcome() == Outcome.COSIGNED) {
        cosigned.add(witness.name());
        for (SignedNote.Signature signature : signatures) {
          gathered = gathered.with(signature);
        }
      }
    }
    boolean quorum = policy.isQuorum(cosigned);
    if (quorum) {
      LogFiles.replace(
          files, FileNames.COSIGNATURES, gathered.encoded().getBytes(StandardCharsets.UTF_8));
    }
    return new Results(checkpoint, results, quorum);
  }

  private Result ask(
      TrustPolicy.Member witness,
      SignedNote note,
      Checkpoint checkpoint,
      List<SignedNote.Signature> signatures) {
    if (witness.url().isEmpty()) {
      return failed(witness, "the policy has no URL for it");
    }
    try {
      long old = 0;
      for (int tries = 0; tries < TRIES; tries++) {
        AddCheckpoint request = new AddCheckpoint(old, proof(old, checkpoint), note);
        Answer answer = asker.add(witness.url().get(), request);
        if (!(answer instanceof Answer.OtherSize other) || other.size() > checkpoint.size()) {
          return result(witness, note, checkpoint, answer, signatures);
        }
        old = other.size();
      }
      return failed(witness, "it says another size each time");
    } catch (IOException e) {
      return failed(witness, e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private List<Hash> proof(long old, Checkpoint checkpoint) throws IOException {
    return old == 0 || old == checkpoint.size()
        ? List.of()
        : reader.proofs(checkpoint.size()).consistency(old, checkpoint.size());
  }

  private Result result(
      TrustPolicy.Member witness,
      SignedNote note,
      Checkpoint checkpoint,
      Answer answer,
      List<SignedNote.Signature> signatures) {
    return switch (answer) {
      case Answer.Cosigned cosigned -> {
        SignedNote together = note;
        for (SignedNote.Signature each : cosigned.signatures()) {
          if (each.claims(witness.key())) {
            together = together.with(each);
            signatures.add(each);
          }
        }
        Optional<Long> time = Cosignatures.time(together, witness.key(), check);
        yield time.isPresent()
            ? new Result(witness.name(), Outcome.COSIGNED, time, "")
            : failed(witness, "its cosignature does not hold for the key in the policy");
      }
      case Answer.OtherSize other ->
          contradicted(
              witness,
              "it has cosigned %d entries of this log, which now has %d: the log was rolled back"
                  .formatted(other.size(), checkpoint.size()));
      case Answer.Inconsistent inconsistent ->
          contradicted(
              witness,
              "this log does not extend what it has cosigned: entries were changed, or the log was"
                  + " rolled back and went on");
      case Answer.UnknownLog unknown ->
          failed(witness, "it does not witness this log; its owner must add the log's key");
      case Answer.NotSigned unsigned ->
          failed(witness, "it knows this log by another key; its owner must add the new one");
      case Answer.Unreadable unreadable -> failed(witness, unreadable.why());
    };
  }

  private static Result failed(TrustPolicy.Member witness, String why) {
    return new Result(witness.name(), Outcome.FAILED, Optional.empty(), why);
  }

  private static Result contradicted(TrustPolicy.Member witness, String why) {
    return new Result(witness.name(), Outcome.CONTRADICTED, Optional.empty(), why);
  }
}
