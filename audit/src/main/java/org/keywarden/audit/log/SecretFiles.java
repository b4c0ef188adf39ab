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
import org.keywarden.audit.signer.Ed25519Signer;
import org.keywarden.audit.store.DiskFiles;
import org.keywarden.audit.store.LogFiles;

/**
 * Secrets of a directory's owner, in files only the owner may read. A signing key is one line:
 * PRIVATE+KEY+name+id+key, as Go's sumdb/note writes it.
 */
public final class SecretFiles {
  private static final String PREFIX = "PRIVATE+KEY+";

  private final Path directory;
  private final LogFiles files;
  private final SecureRandom random;

  public SecretFiles(Path directory, SecureRandom random) {
    this(directory, new DiskFiles(directory), random);
  }

  SecretFiles(Path directory, LogFiles files, SecureRandom random) {
    this.directory = directory;
    this.files = files;
    this.random = random;
  }

  /**
   * Makes a signing key.
   *
   * @param type as {@link NoteKey} has them
   */
  public void make(String file, String name, byte type) throws IOException {
    byte[] seed = new byte[Ed25519Signer.SEED_BYTES];
    random.nextBytes(seed);
    try (Ed25519Signer signer = new Ed25519Signer(name, type, seed)) {
      byte[] encoded = new byte[1 + seed.length];
      encoded[0] = type;
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

  /**
   * Reads a signing key.
   *
   * @throws IOException if it is none, or others may read it
   */
  public Ed25519Signer read(String file) throws IOException {
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
      throw new IOException(directory.resolve(file) + " is no signing key");
    }
    throw new IOException(directory.resolve(file) + " is no signing key");
  }

  /** The text of a file that others may not read. */
  String secret(String file) throws IOException {
    Path path = directory.resolve(file);
    Set<PosixFilePermission> allowed =
        EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    if (!allowed.containsAll(Files.getPosixFilePermissions(path))) {
      throw new IOException(path + " is not its owner's alone: chmod 600 it, and rotate the key");
    }
    return new String(files.read(file), StandardCharsets.US_ASCII).strip();
  }
}
