package org.keywarden.audit.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The files of a log below one directory. New files are for their owner only: 0600, 0700. */
public final class DiskFiles implements LogFiles {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final Set<OpenOption> NEW_FILE =
      Set.of(
          StandardOpenOption.CREATE,
          StandardOpenOption.WRITE,
          StandardOpenOption.TRUNCATE_EXISTING);

  private final Path root;

  public DiskFiles(Path root) {
    this.root = root;
  }

  @Override
  public byte[] read(String path) throws IOException {
    return Files.readAllBytes(root.resolve(path));
  }

  @Override
  public boolean exists(String path) {
    return Files.exists(root.resolve(path));
  }

  @Override
  public List<String> list(String directory) throws IOException {
    Path path = root.resolve(directory);
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
    }
  }

  @Override
  public Closeable lock(String path) throws IOException {
    makeDirectories(root);
    FileChannel channel =
        FileChannel.open(
            root.resolve(path),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            OWNER_FILE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new IOException(root.resolve(path) + " is locked by this process already", e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new IOException(root.resolve(path) + " is locked: another broker writes this log");
  }

  @Override
  public Appender create(String path) throws IOException {
    FileChannel channel = open(path);
    return new Appender() {
      @Override
      public void write(byte[] bytes) throws IOException {
        writeAll(channel, bytes);
      }

      @Override
      public void sync() throws IOException {
        channel.force(false);
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }

  @Override
  public void write(String path, byte[] bytes) throws IOException {
    try (FileChannel channel = open(path)) {
      writeAll(channel, bytes);
    }
  }

  @Override
  public void truncate(String path, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(root.resolve(path), StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
  }

  @Override
  public void sync(String path) throws IOException {
    try (FileChannel channel = FileChannel.open(root.resolve(path), StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(root.resolve(from), root.resolve(to), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void syncDirectory(String directory) throws IOException {
    forceDirectory(root.resolve(directory));
  }

  @Override
  public void delete(String path) throws IOException {
    Files.deleteIfExists(root.resolve(path));
  }

  private FileChannel open(String path) throws IOException {
    Path file = root.resolve(path);
    makeDirectories(parentOf(file));
    return FileChannel.open(file, NEW_FILE, OWNER_FILE);
  }

  private static void makeDirectories(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path parent = parentOf(directory);
    makeDirectories(parent);
    Files.createDirectory(directory, OWNER_DIRECTORY);
    forceDirectory(parent);
  }

  private static Path parentOf(Path path) {
    return Objects.requireNonNull(path.toAbsolutePath().getParent(), "the root has no files");
  }

  private static void forceDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void writeAll(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
