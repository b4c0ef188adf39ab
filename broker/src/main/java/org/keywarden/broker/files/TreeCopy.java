package org.keywarden.broker.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Copies a tree that others may change meanwhile. What is copied is what was held: nothing outside
 * the tree is reached, whatever becomes a link while this goes on. Of permissions only whether the
 * owner may execute a file is kept; everybody may read the copy, its owner alone write to it.
 */
public final class TreeCopy {
  /**
   * How much is copied at most.
   *
   * @param files entries of all kinds
   * @param bytes of all files together
   * @param depth of directories
   */
  public record Bounds(int files, long bytes, int depth) {
    /** For a program with its data. */
    public static final Bounds DEFAULT = new Bounds(50_000, 2L << 30, 64);
  }

  private static final int PORTION = 64 * 1024;
  private static final Set<PosixFilePermission> PROGRAM =
      PosixFilePermissions.fromString("rwxr-xr-x");
  private static final Set<PosixFilePermission> PLAIN =
      PosixFilePermissions.fromString("rw-r--r--");

  private final Bounds bounds;
  private final byte[] portion = new byte[PORTION];
  private int files;
  private long bytes;

  private TreeCopy(Bounds bounds) {
    this.bounds = bounds;
  }

  /**
   * Copies what is in one directory into another, which is empty.
   *
   * @throws IOException if a bound is exceeded, something is neither file, directory nor a link
   *     within the tree, or cannot be copied; the message says which
   */
  public static void copy(HeldFile from, HeldFile to, Bounds bounds) throws IOException {
    new TreeCopy(bounds).directory(from, to, Path.of(""), 0);
  }

  private void directory(HeldFile from, HeldFile to, Path where, int depth) throws IOException {
    if (depth > bounds.depth()) {
      throw refusal(where, "more than " + bounds.depth() + " directories deep");
    }
    try (DirectoryStream<Path> entries = from.entries()) {
      for (Path each : entries) {
        Path name = each.getFileName();
        if (++files > bounds.files()) {
          throw refusal(where, "more than " + bounds.files() + " files in all");
        }
        entry(from, to, name, where.resolve(name), depth);
      }
    }
  }

  private void entry(HeldFile from, HeldFile to, Path name, Path where, int depth)
      throws IOException {
    Path target = to.path().resolve(name);
    try (HeldFile held = from.entry(name)) {
      FileFacts facts = held.facts();
      if (facts.isDirectory()) {
        Files.createDirectory(target, PosixFilePermissions.asFileAttribute(PROGRAM));
        try (HeldFile made = to.entry(name)) {
          directory(held, made, where, depth + 1);
        }
        permit(target, PROGRAM);
      } else if (facts.isRegular()) {
        file(held, target, where);
        permit(target, facts.isExecutable() ? PROGRAM : PLAIN);
        Files.getFileAttributeView(target, BasicFileAttributeView.class)
            .setTimes(Files.getLastModifiedTime(held.path()), null, null);
      } else if (facts.isLink()) {
        link(Files.readSymbolicLink(from.path().resolve(name)), target, where, depth);
      } else {
        throw refusal(where, "a socket, FIFO or device");
      }
    }
  }

  private static void permit(Path target, Set<PosixFilePermission> permissions) throws IOException {
    Files.setPosixFilePermissions(target, permissions);
  }

  private void file(HeldFile held, Path target, Path where) throws IOException {
    try (InputStream in = held.content();
        OutputStream out =
            Files.newOutputStream(
                target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int read = in.read(portion); read >= 0; read = in.read(portion)) {
        bytes += read;
        // Counted as it is read: the file may grow as fast as it is copied.
        if (bytes > bounds.bytes()) {
          throw refusal(where, "more than " + (bounds.bytes() >> 20) + " MiB in all");
        }
        out.write(portion, 0, read);
      }
    }
  }

  /**
   * A link may go up, but not out, and then down: what it goes down through cannot lead out either.
   * It may not go up again, since what it went down through may itself have gone up.
   */
  private static void link(Path leads, Path target, Path where, int depth) throws IOException {
    int up = 0;
    while (up < leads.getNameCount() && leads.getName(up).toString().equals("..")) {
      up++;
    }
    boolean within = !leads.isAbsolute() && up <= depth;
    for (int i = up; i < leads.getNameCount(); i++) {
      within &= !leads.getName(i).toString().equals("..");
    }
    if (!within) {
      throw refusal(where, "a link that leads out of the plugin's directory");
    }
    Files.createSymbolicLink(target, leads);
  }

  private static IOException refusal(Path where, String why) {
    return new FileSystemException(where.toString().isEmpty() ? "." : where.toString(), null, why);
  }
}
