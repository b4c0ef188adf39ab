package org.keywarden.audit.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.note.SignedNote;
import org.keywarden.audit.record.RecordCodec;
import org.keywarden.audit.signer.Ed25519Signer;
import org.keywarden.audit.store.DiskFiles;
import org.keywarden.audit.store.LogFiles;
import org.keywarden.proto.audit.v1.LogKeyRotated;
import org.keywarden.proto.audit.v1.Record;

/**
 * Changes the log's key while no broker writes: the last entry under the old key names the new one,
 * and the checkpoint over it is signed by both. Can be repeated after a crash at any point.
 */
public final class KeyRotation {
  private KeyRotation() {}

  /**
   * Rotates.
   *
   * @param time in s since 1970
   * @return the new key
   */
  public static NoteKey rotate(Path state, SecureRandom random, long time) throws IOException {
    OwnerKeys owner = new OwnerKeys(state, random);
    return rotate(owner, new DiskFiles(owner.logDirectory()), time);
  }

  static NoteKey rotate(OwnerKeys owner, LogFiles files, long time) throws IOException {
    try (Ed25519Signer old = owner.signer();
        Ed25519Signer next = owner.next(old.key().name())) {
      LogWriter writer =
          LogWriter.open(files, old, Runnable::run, LogWriter.Settings.DEFAULT, Long.MAX_VALUE);
      try {
        append(writer, next.key(), time);
        writer.checkpoint().join();
        List<NoteKey> keys = new ArrayList<>(KeyHistory.read(files));
        if (!keys.contains(next.key())) {
          keys.add(next.key());
        }
        SignedNote note = SignedNote.parse(files.read(FileNames.CHECKPOINT));
        SignedNote both = note.with(SignedNote.sign(note.text(), next).signatures().getFirst());
        LogFiles.replace(
            files,
            KeyHistory.handover(keys.size() - 1),
            both.encoded().getBytes(StandardCharsets.UTF_8));
        LogFiles.replace(
            files, FileNames.CHECKPOINT, both.encoded().getBytes(StandardCharsets.UTF_8));
        KeyHistory.write(files, keys);
        owner.advance();
      } finally {
        writer.stop().join();
      }
      return next.key();
    } catch (Malformed e) {
      throw new Damaged("the checkpoint is damaged: " + e.reason(), e);
    } catch (CompletionException e) {
      throw new IOException("the rotation could not be recorded", e.getCause());
    }
  }

  private static void append(LogWriter writer, NoteKey next, long time) {
    Record record =
        Record.newBuilder()
            .setTime(time)
            .setLogKeyRotated(LogKeyRotated.newBuilder().setVerifierKey(next.text()))
            .build();
    CompletableFuture<Void> appended = new CompletableFuture<>();
    writer.append(
        RecordCodec.encode(record),
        new LogWriter.Receipt() {
          @Override
          public void durable(long index) {
            appended.complete(null);
          }

          @Override
          public void failed(IOException reason) {
            appended.completeExceptionally(reason);
          }
        });
    appended.join();
  }
}
