package org.keywarden.audit.witness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.merkle.ProofCheck;
import org.keywarden.audit.merkle.Rfc6962;
import org.keywarden.audit.note.Checkpoint;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.note.NoteSigner;
import org.keywarden.audit.note.SignatureCheck;
import org.keywarden.audit.store.LogFiles;

/**
 * A witness: cosigns checkpoints of the logs it knows, each only if it extends the one before, and
 * remembers the newest of each log on disk before it answers. So it never cosigns two histories of
 * one log, whatever crashes in between.
 *
 * <p>Thread: any; one request is answered at a time.
 */
public final class Witness {
  private static final int HEX_DIGITS = 16;

  private final NoteSigner signer;
  private final Map<String, List<NoteKey>> logs = new HashMap<>();
  private final LogFiles files;
  private final SignatureCheck check;
  private final LongSupplier clock;

  /**
   * @param signer with a key of type {@link NoteKey#COSIGNATURE}
   * @param logs keys of the logs it witnesses; the name of a key is the log's origin
   * @param files where it remembers
   * @param clock in s since 1970
   */
  public Witness(
      NoteSigner signer,
      List<NoteKey> logs,
      LogFiles files,
      SignatureCheck check,
      LongSupplier clock) {
    this.signer = signer;
    this.files = files;
    this.check = check;
    this.clock = clock;
    for (NoteKey log : logs) {
      this.logs.computeIfAbsent(log.name(), origin -> new ArrayList<>()).add(log);
    }
  }

  /**
   * Answers a request.
   *
   * @throws IOException if the checkpoint cannot be remembered; nothing is cosigned then
   */
  public synchronized Answer add(byte[] body) throws IOException {
    AddCheckpoint request;
    Checkpoint offered;
    try {
      request = AddCheckpoint.parse(body);
      offered = Checkpoint.parse(request.checkpoint().text());
    } catch (Malformed e) {
      return new Answer.Unreadable(e.reason());
    }
    List<NoteKey> keys = logs.get(offered.origin());
    if (keys == null) {
      return new Answer.UnknownLog();
    }
    if (request.checkpoint().signedBy(keys, check).isEmpty()) {
      return new Answer.NotSigned();
    }
    if (request.old() > offered.size()) {
      return new Answer.Unreadable("the old size is above that of the checkpoint");
    }
    Checkpoint last = last(offered.origin());
    if (request.old() != last.size()) {
      return new Answer.OtherSize(last.size());
    }
    return extendsIt(last, request.proof(), offered) ? cosign(offered) : new Answer.Inconsistent();
  }

  private static boolean extendsIt(Checkpoint last, List<Hash> proof, Checkpoint offered) {
    if (offered.size() == 0) {
      return proof.isEmpty() && offered.root().equals(Rfc6962.EMPTY_ROOT);
    }
    if (last.size() == 0) {
      return proof.isEmpty();
    }
    return ProofCheck.consistency(last.size(), offered.size(), last.root(), proof, offered.root());
  }

  private Answer cosign(Checkpoint offered) throws IOException {
    String text = offered.text();
    LogFiles.replace(files, file(offered.origin()), text.getBytes(StandardCharsets.UTF_8));
    return new Answer.Cosigned(List.of(Cosignatures.sign(text, signer, clock.getAsLong())));
  }

  /** The newest checkpoint of a log; that of an empty one if none was cosigned. */
  private Checkpoint last(String origin) throws IOException {
    String file = file(origin);
    if (!files.exists(file)) {
      return new Checkpoint(origin, 0, Rfc6962.EMPTY_ROOT);
    }
    try {
      Checkpoint last = Checkpoint.parse(new String(files.read(file), StandardCharsets.UTF_8));
      if (last.origin().equals(origin)) {
        return last;
      }
    } catch (Malformed e) {
      throw new IOException(file + " is damaged: " + e.reason(), e);
    }
    throw new IOException(file + " is of another log");
  }

  /** A name without anything a file's name may not have. */
  private static String file(String origin) {
    Hash hash = Rfc6962.leaf(origin.getBytes(StandardCharsets.UTF_8));
    return "log-" + java.util.HexFormat.of().formatHex(hash.bytes()).substring(0, 2 * HEX_DIGITS);
  }
}
