package org.keywarden.audit.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.record.ApplicationNames;
import org.keywarden.audit.signer.Ed25519Signer;
import org.keywarden.audit.store.DiskFiles;
import org.keywarden.audit.store.LogFiles;

/**
 * The log's secrets, in the owner's state directory beside the log's own, files 0600:
 *
 * <pre>
 * log-key          signs checkpoints; PRIVATE+KEY+name+id+key, as Go's sumdb/note writes it
 * log-key.next     the next one, while it is being changed
 * application-key  opens application ids; 64 hexadecimal digits
 * log/             the log
 * </pre>
 */
public final class OwnerKeys {
  public static final String LOG = "log";

  private static final String KEY = "log-key";
  private static final String NEXT = "log-key.next";
  private static final String APPLICATION_KEY = "application-key";
  private static final int NAME_BYTES = 8;

  private final Path state;
  private final LogFiles files;
  private final SecretFiles secrets;
  private final SecureRandom random;

  /**
   * @param state the owner's state directory
   */
  public OwnerKeys(Path state, SecureRandom random) {
    this(state, new DiskFiles(state), random);
  }

  /**
   * @param files of the state directory
   */
  OwnerKeys(Path state, LogFiles files, SecureRandom random) {
    this.state = state;
    this.files = files;
    this.secrets = new SecretFiles(state, files, random);
    this.random = random;
  }

  /** Where the log is. */
  public Path logDirectory() {
    return state.resolve(LOG);
  }

  /**
   * Returns the log's key; makes one if there is neither a key nor a log.
   *
   * @throws IOException if it cannot be read, others may read it, or it is gone and the log is not
   */
  public Ed25519Signer signer() throws IOException {
    if (!files.exists(KEY)) {
      if (files.exists(LOG + "/" + FileNames.SIGNED)) {
        throw new Damaged(
            state.resolve(KEY)
                + " is missing, but there is a log: put the key back, or move "
                + logDirectory()
                + " away to begin a new log");
      }
      byte[] name = new byte[NAME_BYTES];
      random.nextBytes(name);
      secrets.make(KEY, "keywarden.local/" + HexFormat.of().formatHex(name), NoteKey.ED25519);
    }
    return secrets.read(KEY);
  }

  /** Returns the key that is to follow; makes it if there is none. */
  Ed25519Signer next(String name) throws IOException {
    if (!files.exists(NEXT)) {
      secrets.make(NEXT, name, NoteKey.ED25519);
    }
    return secrets.read(NEXT);
  }

  /** Puts the next key in place of the current one. */
  void advance() throws IOException {
    files.rename(NEXT, KEY);
    files.syncDirectory("");
  }

  /** Returns what opens application ids; makes a key if there is none. */
  public ApplicationNames applications() throws IOException {
    if (!files.exists(APPLICATION_KEY)) {
      byte[] key = new byte[ApplicationNames.KEY_BYTES];
      random.nextBytes(key);
      String text = HexFormat.of().formatHex(key) + "\n";
      LogFiles.replace(files, APPLICATION_KEY, text.getBytes(StandardCharsets.US_ASCII));
    }
    String text = secrets.secret(APPLICATION_KEY);
    try {
      return new ApplicationNames(HexFormat.of().parseHex(text));
    } catch (IllegalArgumentException e) {
      throw new IOException(state.resolve(APPLICATION_KEY) + " is no key of 64 hex digits", e);
    }
  }
}
