package org.keywarden.broker.plugin.pack;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.util.Arrays;
import java.util.HexFormat;
import org.keywarden.broker.files.HeldFile;
import org.keywarden.broker.files.TreeCopy;

/**
 * A pack that is held open and whose archive is what its label says. Nothing of an archive is
 * interpreted before its digest was compared, and what is unpacked is compared again: the file may
 * have changed meanwhile.
 */
public final class Pack implements AutoCloseable {
  private static final int PORTION = 64 * 1024;

  private final HeldFile file;
  private final PackLabel label;
  private final byte[] portion = new byte[PORTION];

  private Pack(HeldFile file, PackLabel label) {
    this.file = file;
    this.label = label;
  }

  /**
   * Opens a pack and verifies signature and digest.
   *
   * @throws BadPack if one of them does not hold, or it is for another machine
   */
  public static Pack open(Path path) throws IOException {
    HeldFile file = HeldFile.follow(path.toAbsolutePath());
    try (InputStream in = new BufferedInputStream(file.content())) {
      PackLabel label = PackLabel.read(in);
      String here = Architecture.here();
      if (!label.architecture().equals(Architecture.ALL) && !label.architecture().equals(here)) {
        throw new BadPack("it is for " + label.architecture() + ", and this machine is " + here);
      }
      if (label.bytes() > TreeCopy.Bounds.DEFAULT.bytes()) {
        throw new BadPack("its archive is larger than an input method may be");
      }
      Pack pack = new Pack(file, label);
      try (DigestInputStream archive = new DigestInputStream(in, PackLabel.sha256())) {
        pack.copy(archive, label.bytes(), OutputStream.nullOutputStream());
        pack.end(archive);
      }
      return pack;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  public PackLabel label() {
    return label;
  }

  private void copy(InputStream from, long bytes, OutputStream to) throws IOException {
    for (long left = bytes; left > 0; ) {
      int read = from.read(portion, 0, (int) Math.min(left, portion.length));
      if (read < 0) {
        throw new BadPack("the pack was cut off");
      }
      to.write(portion, 0, read);
      left -= read;
    }
  }

  private void end(DigestInputStream archive) throws IOException {
    if (archive.read() >= 0) {
      throw new BadPack("something was added to the pack behind its end");
    }
    if (!HexFormat.of().formatHex(archive.getMessageDigest().digest()).equals(label.digest())) {
      throw new BadPack("the archive is not what was signed: the pack was altered");
    }
  }

  /**
   * Writes its files and its label into an empty directory, which is this user's alone.
   *
   * @throws BadPack if the archive holds anything but files in their order, or too much
   */
  public void unpack(Path directory) throws IOException {
    try (InputStream in = new BufferedInputStream(file.content())) {
      if (!PackLabel.read(in).equals(label)) {
        throw new BadPack("the pack changed while it was read");
      }
      try (DigestInputStream archive = new DigestInputStream(in, PackLabel.sha256())) {
        files(archive, directory);
        end(archive);
      }
    }
    try (InputStream in = file.content()) {
      Files.write(directory.resolve(PackLabel.FILE), signedLabel(in));
    }
  }

  /** The label's own bytes: the file begins with them. */
  private static byte[] signedLabel(InputStream in) throws IOException {
    byte[] start = in.readNBytes(PackLabel.LONGEST + 1);
    String text = new String(start, StandardCharsets.ISO_8859_1);
    int signature = text.indexOf("\n\n") + 2;
    return Arrays.copyOf(start, text.indexOf("\n\n", signature) + 2);
  }

  private void files(InputStream archive, Path directory) throws IOException {
    String before = "";
    long left = label.bytes();
    for (int files = 0; ; files++) {
      byte[] header = block(archive);
      left -= TarEntry.BLOCK;
      if (isEnd(header)) {
        if (left != TarEntry.BLOCK || !isEnd(block(archive))) {
          throw new BadPack("the archive goes on behind its end");
        }
        return;
      }
      TarEntry entry = TarEntry.of(header);
      if (files == TreeCopy.Bounds.DEFAULT.files()) {
        throw new BadPack("it holds more than " + files + " files");
      }
      if (compare(before, entry.name()) >= 0) {
        throw new BadPack(entry.name() + " is there twice, or out of order");
      }
      before = entry.name();
      long padding = -entry.size() & (TarEntry.BLOCK - 1);
      left -= entry.size() + padding;
      if (left < 0) {
        throw new BadPack(entry.name() + " is larger than the whole pack");
      }
      file(archive, entry, directory);
      byte[] filling = archive.readNBytes((int) padding);
      if (filling.length != padding || !isEnd(filling)) {
        throw new BadPack(entry.name() + " has something behind its end");
      }
    }
  }

  private static byte[] block(InputStream archive) throws IOException {
    byte[] block = archive.readNBytes(TarEntry.BLOCK);
    if (block.length != TarEntry.BLOCK) {
      throw new BadPack("the archive has no end");
    }
    return block;
  }

  private static boolean isEnd(byte[] block) {
    return Arrays.equals(block, new byte[block.length]);
  }

  /** The order of files in an archive. */
  static int compare(String a, String b) {
    return Arrays.compareUnsigned(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  private void file(InputStream archive, TarEntry entry, Path directory) throws IOException {
    try {
      Path target = directory.resolve(entry.name());
      Path below = directory.relativize(target);
      if (below.getNameCount() > TreeCopy.Bounds.DEFAULT.depth()) {
        throw new BadPack(entry.name() + " lies too deep");
      }
      Path at = directory;
      for (int i = 0; i < below.getNameCount() - 1; i++) {
        at = at.resolve(below.getName(i));
        if (!Files.isDirectory(at)) {
          Files.createDirectory(at);
          Files.setPosixFilePermissions(at, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
      }
      try (OutputStream out =
          Files.newOutputStream(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        copy(archive, entry.size(), out);
      }
      Files.setPosixFilePermissions(
          target, PosixFilePermissions.fromString(entry.executable() ? "rwxr-xr-x" : "rw-r--r--"));
    } catch (InvalidPathException e) {
      throw new BadPack(entry.name() + " is no name of a file here: " + e.getReason());
    } catch (FileAlreadyExistsException e) {
      throw new BadPack(entry.name() + " is a file and a directory");
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
