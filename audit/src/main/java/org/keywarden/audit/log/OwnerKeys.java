package org.keywarden.audit.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
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
  private static final String PREFIX = "PRIVATE+KEY+";
  private static final int NAME_BYTES = 8;

  private final Path state;
  private final LogFiles files;
  private final SecureRandom random;

  /**
   * @param state the owner's state directory
   */
  public OwnerKeys(Path state, SecureRandom random) {
    this.state = state;
    this.files = new DiskFiles(state);
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
      if (files.exists(LOG + "/" + Names.SIGNED)) {
        throw new Damaged(
            state.resolve(KEY)
                + " is missing, but there is a log: put the key back, or move "
                + logDirectory()
                + " away to begin a new log");
      }
      byte[] name = new byte[NAME_BYTES];
      random.nextBytes(name);
      make(KEY, "keywarden.local/" + HexFormat.of().formatHex(name));
    }
    return read(KEY);
  }

  /** Returns the key that is to follow; makes it if there is none. */
  Ed25519Signer next(String name) throws IOException {
    if (!files.exists(NEXT)) {
      make(NEXT, name);
    }
    return read(NEXT);
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
    String text = secret(APPLICATION_KEY);
    try {
      return new ApplicationNames(HexFormat.of().parseHex(text));
    } catch (IllegalArgumentException e) {
      throw new IOException(state.resolve(APPLICATION_KEY) + " is no key of 64 hex digits", e);
    }
  }

  private void make(String file, String name) throws IOException {
    byte[] seed = new byte[Ed25519Signer.SEED_BYTES];
    random.nextBytes(seed);
    try (Ed25519Signer signer = new Ed25519Signer(name, NoteKey.ED25519, seed)) {
      byte[] encoded = new byte[1 + seed.length];
      encoded[0] = NoteKey.ED25519;
      System.arraycopy(seed, 0, encoded, 1, seed.length);
      String text =
          PREFIX
              + name
              + "+"
              + HexFormat.of().toHexDigits(signer.key().id())
              + "+"
              + Base64.getEncoder().encodeToString(encoded)
              + "\n";
      LogFiles.replace(files, file, text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private Ed25519Signer read(String file) throws IOException {
    String text = secret(file);
    String[] parts = text.startsWith(PREFIX) ? text.split("\\+", 5) : new String[0];
    try {
      if (parts.length == 5) {
        byte[] encoded = Base64.getDecoder().decode(parts[4]);
        byte[] seed = java.util.Arrays.copyOfRange(encoded, 1, encoded.length);
        Ed25519Signer signer = new Ed25519Signer(parts[2], encoded[0], seed);
        if (parts[3].equals(HexFormat.of().toHexDigits(signer.key().id()))) {
          return signer;
        }
      }
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new IOException(state.resolve(file) + " is no signing key");
    }
    throw new IOException(state.resolve(file) + " is no signing key");
  }

  private String secret(String file) throws IOException {
    Path path = state.resolve(file);
    Set<PosixFilePermission> allowed =
        EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    if (!allowed.containsAll(Files.getPosixFilePermissions(path))) {
      throw new IOException(path + " is not its owner's alone: chmod 600 it, and rotate the key");
    }
    return new String(files.read(file), StandardCharsets.US_ASCII).strip();
  }
}
