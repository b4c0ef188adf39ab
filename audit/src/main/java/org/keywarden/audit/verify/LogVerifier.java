package org.keywarden.audit.verify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.log.FileNames;
import org.keywarden.audit.log.KeyHistory;
import org.keywarden.audit.log.Pruning;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.note.Checkpoint;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.note.SignatureCheck;
import org.keywarden.audit.note.SignedNote;
import org.keywarden.audit.store.LogSource;

/**
 * Verifies a whole log: signatures, tree, every entry, every file, the write-ahead log, and that
 * the records are complete. Memory does not grow with the log. A writer may go on meanwhile: judged
 * is the log as it was at the beginning.
 */
public final class LogVerifier {
  /**
   * What the caller knows.
   *
   * @param key a key of the log, from elsewhere than the log
   * @param earlier a checkpoint kept from before
   */
  public record Known(Optional<NoteKey> key, Optional<SignedNote> earlier) {
    /** Nothing. */
    public static final Known NOTHING = new Known(Optional.empty(), Optional.empty());
  }

  private final Snapshot files;
  private final SignatureCheck check;
  private final Executor workers;
  private final LogReader reader;
  private final Problems problems = new Problems();
  private final List<String> proved = new ArrayList<>();
  private final List<String> unproved = new ArrayList<>();

  /** Verifies on the caller's thread alone. */
  public LogVerifier(LogSource files, SignatureCheck check) {
    this(files, check, Runnable::run);
  }

  /**
   * @param workers where entries are read and hashed, several at once; must not be shut down before
   *     the verification ends
   */
  public LogVerifier(LogSource files, SignatureCheck check, Executor workers) {
    this.files = new Snapshot(files);
    this.workers = workers;
    this.check = check;
    this.reader = new LogReader(this.files);
  }

  /**
   * Verifies; once.
   *
   * @param progress told the number of entries done, now and then
   */
  public Verdict verify(Known known, LongConsumer progress) {
    try {
      files.take();
      Verdict verdict = verifyAll(known, progress);
      if (verdict.problems().isEmpty() || !files.isPrunedSince()) {
        return verdict;
      }
      problems.add("entries were pruned meanwhile, which may be why: verify again");
      return new Verdict(
          verdict.size(), verdict.minimum(), verdict.unsigned(), problems.list(), proved, unproved);
    } catch (IOException e) {
      problems.add(explain(e));
      return new Verdict(0, 0, 0, problems.list(), List.of(), unproved);
    }
  }

  /** Says why a file of a log could not be read; the file system names only the file. */
  public static String explain(IOException e) {
    return e instanceof java.nio.file.NoSuchFileException missing
        ? missing.getMessage() + " is missing"
        : String.valueOf(e.getMessage());
  }

  private Verdict verifyAll(Known known, LongConsumer progress) throws IOException {
    List<NoteKey> keys = KeyHistory.read(files);
    SignedNote note = reader.checkpointNote();
    Checkpoint checkpoint = reader.checkpoint();
    checkSignature(known, keys, note, checkpoint);
    long minimum = Pruning.minimum(files);
    if (minimum > checkpoint.size()) {
      problems.add("the file minimum says " + minimum + ", beyond the checkpoint");
      minimum = 0;
    }
    Completeness completeness = new Completeness(minimum == 0, problems);
    WalCheck wal = new WalCheck(files, problems);
    wal.read();
    new TreeCheck(files, reader, problems, workers)
        .run(checkpoint, minimum, wal, completeness, progress);
    wal.finish(
        checkpoint.size(), (index, entry) -> completeness.entry(index, BundleCheck.outcome(entry)));
    checkSigned(checkpoint, wal.end());
    new StrayFiles(files, problems).check(Math.max(checkpoint.size(), wal.end()), minimum);
    checkHandovers(keys, checkpoint, minimum, completeness.rotations());
    if (!isSignedOnlyBy(allKeys(keys, completeness.rotations()), note)) {
      problems.add("the file checkpoint has a signature that is of none of the log's keys");
    }
    if (minimum > completeness.prunedBelow()) {
      problems.add(
          "entries below "
              + minimum
              + " are gone, but the log declares pruning only below "
              + completeness.prunedBelow());
    }
    known.earlier().ifPresent(earlier -> checkEarlier(earlier, keys, checkpoint));
    long unsigned = Math.max(0, wal.end() - checkpoint.size());
    say(known, checkpoint, minimum, completeness, unsigned);
    wal.torn()
        .ifPresent(
            where ->
                unproved.add(where + ". A write is under way, or was cut short, as by a crash."));
    return new Verdict(checkpoint.size(), minimum, unsigned, problems.list(), proved, unproved);
  }

  private void checkSignature(
      Known known, List<NoteKey> keys, SignedNote note, Checkpoint checkpoint) {
    NoteKey current = keys.getLast();
    if (note.signedBy(List.of(current), check).isEmpty()) {
      problems.add("the file checkpoint is not signed by the log's key " + current);
    }
    if (!checkpoint.origin().equals(current.name())) {
      problems.add("the file checkpoint is of log " + checkpoint.origin());
    }
    if (known.key().isPresent() && !keys.contains(known.key().get())) {
      problems.add("the file keys does not have the key you gave, " + known.key().get());
    }
  }

  /** With those of rotations that were cut short. */
  private static List<NoteKey> allKeys(List<NoteKey> keys, Map<Long, String> rotations) {
    List<NoteKey> all = new ArrayList<>(keys);
    for (String named : rotations.values()) {
      try {
        all.add(NoteKey.parse(named));
      } catch (Malformed e) {
        // No key: the file keys lacks it, which is said.
        continue;
      }
    }
    return all;
  }

  private boolean isSignedOnlyBy(List<NoteKey> keys, SignedNote note) {
    return note.signatures().stream()
        .map(each -> new SignedNote(note.text(), List.of(each)))
        .allMatch(each -> each.signedBy(keys, check).isPresent());
  }

  private void checkSigned(Checkpoint checkpoint, long end) {
    try {
      Checkpoint signed =
          Checkpoint.parse(new String(files.read(FileNames.SIGNED), StandardCharsets.UTF_8));
      boolean behind = signed.size() < checkpoint.size();
      boolean other = signed.size() == checkpoint.size() && !signed.equals(checkpoint);
      if (behind || other || !signed.origin().equals(checkpoint.origin())) {
        problems.add("the file signed is not of the published checkpoint");
      } else if (signed.size() > end) {
        problems.add(
            "the file signed says that "
                + signed.size()
                + " entries were signed, there are "
                + end);
      }
    } catch (Malformed e) {
      problems.add("the file signed: " + e.reason());
    } catch (IOException e) {
      problems.add(explain(e));
    }
  }

  private void checkHandovers(
      List<NoteKey> keys, Checkpoint checkpoint, long minimum, Map<Long, String> rotations) {
    for (int number = 1; number < keys.size(); number++) {
      String path = KeyHistory.handover(number);
      try {
        SignedNote note = SignedNote.parse(files.read(path));
        Checkpoint handover = Checkpoint.parse(note.text());
        if (note.signedBy(List.of(keys.get(number - 1)), check).isEmpty()
            || note.signedBy(List.of(keys.get(number)), check).isEmpty()) {
          problems.add(path + " is not signed by both keys");
        } else if (!isSignedOnlyBy(keys, note)) {
          problems.add(path + " has a signature that is of none of the log's keys");
        }
        checkRoot(path, handover, checkpoint);
        long index = handover.size() - 1;
        if (index >= minimum && !keys.get(number).text().equals(rotations.get(index))) {
          problems.add(path + " is not over an entry that names the next key");
        }
      } catch (Malformed e) {
        problems.add(path + ": " + e.reason());
      } catch (IOException e) {
        problems.add(explain(e));
      }
    }
    // A rotation that a crash cut short names its key again when it is repeated.
    Set<String> known = keys.stream().map(NoteKey::text).collect(Collectors.toSet());
    rotations.forEach(
        (entry, key) -> {
          if (!known.contains(key)) {
            problems.add(
                entry,
                "names a key that the file keys lacks; if a rotation was cut short, repeat it:"
                    + " keywarden audit key --rotate");
          }
        });
  }

  private void checkEarlier(SignedNote note, List<NoteKey> keys, Checkpoint checkpoint) {
    String what = "your earlier checkpoint";
    try {
      Checkpoint earlier = Checkpoint.parse(note.text());
      if (note.signedBy(keys, check).isEmpty()) {
        problems.add(what + " is not signed by a key of this log");
      } else {
        checkRoot(what, earlier, checkpoint);
        proved.add("The log extends the checkpoint of size " + earlier.size() + " you kept.");
      }
    } catch (Malformed e) {
      problems.add(what + ": " + e.reason());
    } catch (IOException e) {
      problems.add(what + ": " + explain(e));
    }
  }

  private void checkRoot(String what, Checkpoint earlier, Checkpoint checkpoint)
      throws IOException {
    if (earlier.size() > checkpoint.size()) {
      problems.add(
          what
              + " has size "
              + earlier.size()
              + ", the log only "
              + checkpoint.size()
              + ": the log was rolled back");
      return;
    }
    Hash root = reader.proofs(checkpoint.size()).root(earlier.size());
    if (!root.equals(earlier.root())) {
      problems.add(
          what
              + " has another root than the log's first "
              + earlier.size()
              + " entries: the log was forked");
    }
  }

  private void say(
      Known known, Checkpoint checkpoint, long minimum, Completeness found, long unsigned) {
    if (problems.list().isEmpty()) {
      proved.add(
          "The checkpoint of size "
              + checkpoint.size()
              + " is signed by "
              + (known.key().isPresent() ? "the key you gave." : "the key beside the log."));
      proved.add(
          (checkpoint.size() - minimum)
              + " entries from index "
              + minimum
              + " on are those under the checkpoint, none changed, missing or moved.");
      proved.add(
          "Serials of "
              + found.grants()
              + " grants are consecutive and each closed once; "
              + found.open()
              + " are open.");
    }
    unproved.addAll(found.crashes());
    if (known.key().isEmpty()) {
      unproved.add("Whose key it is: give --key with a key you had before.");
    }
    if (known.earlier().isEmpty()) {
      unproved.add(
          "That the log was not rolled back to this size: give --checkpoint with one you kept.");
    }
    if (unsigned > 0) {
      unproved.add(unsigned + " entries are not under a checkpoint yet.");
    }
    if (minimum > 0) {
      unproved.add("What the pruned entries below " + minimum + " said.");
    }
    unproved.add("That the broker recorded what it did: the log proves what was recorded.");
  }
}
