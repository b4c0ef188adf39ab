package org.keywarden.audit.witness;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.log.FileNames;
import org.keywarden.audit.note.Checkpoint;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.note.SignatureCheck;
import org.keywarden.audit.note.SignedNote;
import org.keywarden.audit.store.LogSource;

/**
 * What the cosignatures kept beside a log prove under a policy. That the cosigned checkpoint is of
 * this log, and the log has grown from it, is for {@link org.keywarden.audit.verify.LogVerifier} to
 * show.
 *
 * @param note the cosigned checkpoint, empty if it cannot be used
 * @param problems in sentences, none if the policy is met
 * @param proved by whom and when it was seen
 */
public record Witnessed(Optional<SignedNote> note, List<String> problems, List<String> proved) {
  public Witnessed {
    problems = List.copyOf(problems);
    proved = List.copyOf(proved);
  }

  /**
   * Checks them.
   *
   * @param keys of the log, the newest last
   */
  public static Witnessed check(
      LogSource files, List<NoteKey> keys, TrustPolicy policy, SignatureCheck check)
      throws IOException {
    List<String> problems = new ArrayList<>();
    if (!policy.logs().isEmpty() && keys.stream().noneMatch(policy.logs()::contains)) {
      problems.add("the policy is for other logs than this one");
    }
    SignedNote note;
    Checkpoint checkpoint;
    try {
      note = SignedNote.parse(files.read(FileNames.COSIGNATURES));
      checkpoint = Checkpoint.parse(note.text());
    } catch (NoSuchFileException none) {
      problems.add("no witness has cosigned this log; see: keywarden audit witness");
      return new Witnessed(Optional.empty(), problems, List.of());
    } catch (Malformed e) {
      problems.add("the file cosignatures is damaged: " + e.reason());
      return new Witnessed(Optional.empty(), problems, List.of());
    }
    List<String> proved = new ArrayList<>();
    Set<String> cosigned = new HashSet<>();
    for (TrustPolicy.Member witness : policy.witnesses()) {
      Cosignatures.time(note, witness.key(), check)
          .ifPresent(
              time -> {
                cosigned.add(witness.name());
                proved.add(
                    "Witness %s saw this log with %d entries at %s."
                        .formatted(witness.name(), checkpoint.size(), Instant.ofEpochSecond(time)));
              });
    }
    if (!policy.isQuorum(cosigned)) {
      problems.add(
          "the policy's quorum is not reached: "
              + (cosigned.isEmpty()
                  ? "none of its witnesses has cosigned"
                  : "only " + String.join(", ", cosigned.stream().sorted().toList())));
    }
    return new Witnessed(Optional.of(note), problems, proved);
  }
}
