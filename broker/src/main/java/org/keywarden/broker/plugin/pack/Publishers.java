package org.keywarden.broker.plugin.pack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.log.SecretFiles;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.signer.Ed25519Signer;
import org.keywarden.audit.store.DiskFiles;
import org.keywarden.audit.store.LogFiles;
import org.keywarden.broker.files.HeldFile;

/**
 * Keys of those who publish plugins, in a directory of the user's, files 0600:
 *
 * <pre>
 * key            the user's own: signs what the user packs
 * known/ID       the verifier key that packs of the plugin ID are signed with, since the first
 * </pre>
 */
public final class Publishers {
  private static final String OWN = "key";
  private static final String KNOWN = "known";
  private static final int LONGEST = 1024;

  private final Path directory;
  private final LogFiles files;

  public Publishers(Path directory) {
    this.directory = directory;
    this.files = new DiskFiles(directory);
  }

  /**
   * Returns the user's own key; makes one if there is none.
   *
   * @param name of a new one
   * @throws IOException if it cannot be read, or others may read it
   */
  public Ed25519Signer own(String name, SecureRandom random) throws IOException {
    SecretFiles secrets = new SecretFiles(directory, random);
    if (!Files.exists(directory.resolve(OWN), LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(directory);
      secrets.make(OWN, name, NoteKey.ED25519);
    }
    return secrets.read(OWN);
  }

  /** Whose packs of a plugin were accepted so far; empty if none was. */
  public Optional<NoteKey> known(String id) throws IOException {
    Path file = directory.resolve(KNOWN).resolve(id);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      String text = new String(HeldFile.read(file, LONGEST), StandardCharsets.UTF_8);
      return Optional.of(NoteKey.parse(text.strip()));
    } catch (Malformed e) {
      throw new IOException(file + " is no key: " + e.getMessage(), e);
    }
  }

  /** From now on packs of this plugin are this publisher's. */
  public void pin(String id, NoteKey publisher) throws IOException {
    Files.createDirectories(directory.resolve(KNOWN));
    LogFiles.replace(
        files, KNOWN + "/" + id, (publisher.text() + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
