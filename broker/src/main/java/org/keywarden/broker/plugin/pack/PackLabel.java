package org.keywarden.broker.plugin.pack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.note.NoteSigner;
import org.keywarden.audit.note.SignedNote;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.broker.files.HeldFile;

/**
 * What a pack begins with: a note (C2SP signed-note) that its publisher signed, and an empty line.
 * The archive follows.
 *
 * @param id of the plugin
 * @param version of the plugin
 * @param architecture "all", or the one it runs on: "amd64", "arm64"
 * @param bytes of the archive
 * @param digest of the archive: SHA-256, 64 hexadecimal digits
 * @param publisher its key
 */
public record PackLabel(
    String id, String version, String architecture, long bytes, String digest, NoteKey publisher) {
  /** The file of an installed plugin that says which pack it came from. */
  public static final Path FILE = Path.of(".pack");

  static final int LONGEST = 4096;

  private static final String FORMAT = "keywarden-pack/1";
  private static final List<String> NAMES =
      List.of("id", "version", "architecture", "bytes", "sha256", "publisher");
  private static final int ID = 128;
  private static final int VERSION = 64;

  /** The label, signed, with the empty line behind it. */
  String signed(NoteSigner signer) {
    return SignedNote.sign(text(), signer).encoded() + "\n";
  }

  private String text() {
    return String.join(
        "\n",
        FORMAT,
        "id " + id,
        "version " + version,
        "architecture " + architecture,
        "bytes " + bytes,
        "sha256 " + digest,
        "publisher " + publisher.text(),
        "");
  }

  /** Reads up to the empty line behind the signature; empty if it does not come in time. */
  private static Optional<byte[]> note(InputStream in) throws IOException {
    ByteArrayOutputStream note = new ByteArrayOutputStream();
    int emptyLines = 0;
    int before = -1;
    while (note.size() < LONGEST) {
      int next = in.read();
      if (next < 0) {
        return Optional.empty();
      }
      if (next == '\n' && before == '\n' && ++emptyLines == 2) {
        return Optional.of(note.toByteArray());
      }
      note.write(next);
      before = next;
    }
    return Optional.empty();
  }

  /**
   * Reads and verifies a label; the archive is next in the stream.
   *
   * @throws BadPack if it is none, or not signed by the key it names
   */
  static PackLabel read(InputStream in) throws IOException {
    Optional<byte[]> note = note(in);
    if (note.isEmpty()) {
      throw new BadPack("this is no pack, or one that was cut off");
    }
    try {
      SignedNote read = SignedNote.parse(note.get());
      PackLabel label = of(read.text());
      if (read.signatures().size() != 1
          || read.signedBy(List.of(label.publisher), new Ed25519Check()).isEmpty()) {
        throw new BadPack("the signature does not hold: the pack was altered");
      }
      return label;
    } catch (Malformed e) {
      throw new BadPack("this is no pack: " + e.getMessage());
    }
  }

  private static PackLabel of(String text) throws Malformed, BadPack {
    List<String> lines = text.lines().toList();
    if (!lines.getFirst().equals(FORMAT) || lines.size() != NAMES.size() + 1) {
      throw new BadPack("this is no pack of a form known here (" + FORMAT + ")");
    }
    String[] values = new String[NAMES.size()];
    for (int i = 0; i < values.length; i++) {
      String name = NAMES.get(i) + " ";
      String line = lines.get(i + 1);
      values[i] = line.startsWith(name) ? line.substring(name.length()) : "";
    }
    if (!values[0].matches("[a-z0-9]+([.-][a-z0-9]+)*")
        || values[0].length() > ID
        || values[1].isEmpty()
        || values[1].length() > VERSION
        || !values[2].matches("[a-z0-9]{1,16}")
        || !values[3].matches("[0-9]{1,12}")
        || !values[4].matches("[0-9a-f]{64}")) {
      throw new BadPack("the label of this pack has a line that is not as it should be");
    }
    NoteKey publisher = NoteKey.parse(values[5]);
    PackLabel label =
        new PackLabel(
            values[0], values[1], values[2], Long.parseLong(values[3]), values[4], publisher);
    if (!label.text().equals(text) || publisher.type() != NoteKey.ED25519) {
      throw new BadPack("the label of this pack is not written as labels are");
    }
    return label;
  }

  /**
   * Which pack an installed plugin came from.
   *
   * @return empty if it came from a directory, which nobody signed
   */
  public static Optional<PackLabel> ofInstalled(Path plugin) throws IOException {
    if (!Files.exists(plugin.resolve(FILE), LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (HeldFile directory = HeldFile.follow(plugin.toAbsolutePath());
        HeldFile held = directory.entry(FILE);
        InputStream in = held.content()) {
      return Optional.of(read(in));
    }
  }

  /** A SHA-256 that bytes can be added to. */
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
