package org.keywarden.broker.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.note.SignedNote;
import org.keywarden.audit.signer.Ed25519Signer;

/** Packs that an evil publisher signs: the signature holds, the archive is what it likes. */
final class Signed {
  private static final int BLOCK = 512;
  private static final Ed25519Signer SIGNER =
      new Ed25519Signer("evil", NoteKey.ED25519, new byte[Ed25519Signer.SEED_BYTES]);

  private Signed() {}

  static byte[] pack(byte[] archive) throws Exception {
    return of("com.example.greek", archive);
  }

  static byte[] of(String id, byte[] archive) throws Exception {
    return of(id, archive.length, archive);
  }

  static byte[] labelled(long bytes, byte[] archive) throws Exception {
    return of("com.example.greek", bytes, archive);
  }

  private static byte[] of(String id, long bytes, byte[] archive) throws Exception {
    String text =
        "keywarden-pack/1\nid %s\nversion 1.0\narchitecture all\nbytes %d\nsha256 %s\npublisher %s\n"
            .formatted(
                id,
                bytes,
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive)),
                SIGNER.key().text());
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write((SignedNote.sign(text, SIGNER).encoded() + "\n").getBytes(StandardCharsets.UTF_8));
    all.write(archive);
    return all.toByteArray();
  }

  /** A header of ustar, written from its specification. */
  static byte[] header(String name, long size) {
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, "0000644\0" + "0000000\0" + "0000000\0");
    put(header, 124, String.format(Locale.ROOT, "%011o\0%011o\0", size, 0));
    put(header, 148, "        0");
    put(header, 257, "ustar\00000");
    put(header, 329, "0000000\0" + "0000000\0");
    int sum = 0;
    for (byte each : header) {
      sum += each;
    }
    put(header, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  /** So many empty files. */
  static byte[] many(int files) throws Exception {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    for (int i = 0; i < files; i++) {
      write(archive, header(String.format(Locale.ROOT, "%06d", i), 0));
    }
    write(archive, Arrays.copyOf(new byte[0], 2 * BLOCK));
    return pack(archive.toByteArray());
  }

  private static void write(ByteArrayOutputStream to, byte[] bytes) throws IOException {
    to.write(bytes);
  }
}
