package org.keywarden.broker.plugin.pack;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.keywarden.audit.note.NoteSigner;
import org.keywarden.broker.files.FileFacts;
import org.keywarden.broker.files.HeldFile;
import org.keywarden.broker.files.TreeCopy;

/**
 * Makes packs. The same files and the same key make the same bytes: no times, no owners, one order,
 * and no compression, which another version of a library would do otherwise. Hidden files and
 * Python's caches are left out.
 */
public final class Packing {
  private static final String CACHE = "__pycache__";

  private final HeldFile root;
  private final List<TarEntry> entries = new ArrayList<>();
  private final Set<String> architectures = new TreeSet<>();
  private long bytes;

  private Packing(HeldFile root) {
    this.root = root;
  }

  /**
   * What is packed.
   *
   * @param architecture what it is for; empty to find out
   */
  public record Plugin(String id, String version, String architecture) {}

  /**
   * Packs a plugin's directory.
   *
   * @param file replaced if it is there; all or nothing
   * @return what its label says
   * @throws IOException if it holds what no pack does; the message says what
   */
  public static PackLabel pack(Path directory, Plugin plugin, NoteSigner signer, Path file)
      throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    try (HeldFile root = HeldFile.follow(directory.toAbsolutePath())) {
      Packing packing = new Packing(root);
      packing.gather(root, Path.of(""));
      packing.entries.sort(Comparator.comparing(TarEntry::name, Pack::compare));
      PackLabel unsealed =
          new PackLabel(
              plugin.id(),
              plugin.version(),
              packing.architecture(plugin.architecture()),
              packing.length(),
              packing.writeTo(OutputStream.nullOutputStream()),
              signer.key());
      try (OutputStream out = Files.newOutputStream(draft)) {
        out.write(unsealed.signed(signer).getBytes(StandardCharsets.UTF_8));
        if (!packing.writeTo(new Unclosed(out)).equals(unsealed.digest())) {
          throw new BadPack("the plugin's directory changed while it was packed");
        }
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      return unsealed;
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private void gather(HeldFile directory, Path where) throws IOException {
    if (where.getNameCount() > TreeCopy.Bounds.DEFAULT.depth()) {
      throw new BadPack(where + " lies too deep");
    }
    try (DirectoryStream<Path> all = directory.entries()) {
      for (Path each : all) {
        String name = each.getFileName().toString();
        if (name.startsWith(".") || name.equals(CACHE)) {
          continue;
        }
        Path path = where.resolve(name);
        try (HeldFile held = directory.entry(Path.of(name))) {
          FileFacts facts = held.facts();
          if (facts.isDirectory()) {
            gather(held, path);
          } else if (facts.isRegular()) {
            add(held, facts, path.toString());
          } else {
            throw new BadPack(
                path + " is a link, socket, FIFO or device; a pack holds files and nothing else");
          }
        }
      }
    }
  }

  private void add(HeldFile held, FileFacts facts, String path) throws IOException {
    TarEntry.refuseUnlikely(path);
    bytes += facts.size();
    entries.add(new TarEntry(path, facts.size(), facts.isExecutable()));
    if (entries.size() > TreeCopy.Bounds.DEFAULT.files()
        || bytes > TreeCopy.Bounds.DEFAULT.bytes()) {
      throw new BadPack("the plugin's directory holds more than an input method may have");
    }
    try (InputStream in = held.content()) {
      Optional<String> found = Architecture.of(in.readNBytes(TarEntry.BLOCK));
      found.ifPresent(architectures::add);
    }
  }

  private String architecture(String given) throws BadPack {
    if (!given.isEmpty()) {
      return given;
    }
    if (architectures.size() > 1) {
      throw new BadPack(
          "it has programs for "
              + String.join(" and ", architectures)
              + "; say which with --architecture, or all if it runs on any");
    }
    return architectures.isEmpty() ? Architecture.ALL : architectures.iterator().next();
  }

  private long length() {
    return entries.stream()
            .mapToLong(e -> TarEntry.BLOCK + e.size() + (-e.size() & (TarEntry.BLOCK - 1)))
            .sum()
        + 2 * TarEntry.BLOCK;
  }

  /** Writes the archive; returns its digest. */
  private String writeTo(OutputStream to) throws IOException {
    try (DigestOutputStream out = new DigestOutputStream(to, PackLabel.sha256())) {
      for (TarEntry entry : entries) {
        out.write(entry.header());
        try (HeldFile held = root.below(Path.of(entry.name()));
            InputStream in = held.content()) {
          if (in.transferTo(out) != entry.size()) {
            throw new BadPack(entry.name() + " changed while it was packed");
          }
        }
        out.write(new byte[(int) (-entry.size() & (TarEntry.BLOCK - 1))]);
      }
      out.write(new byte[2 * TarEntry.BLOCK]);
      return HexFormat.of().formatHex(out.getMessageDigest().digest());
    }
  }

  /** Stays open when what writes to it is closed. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }
}
