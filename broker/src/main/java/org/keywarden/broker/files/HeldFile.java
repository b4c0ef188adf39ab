package org.keywarden.broker.files;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.net.URLDecoder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file held by a descriptor that gives nothing but hold of it ({@code O_PATH}, open(2)). What it
 * is cannot be exchanged any more, and to open it neither waits nor has an effect, whatever it is:
 * opening a FIFO for reading, as the JDK would, waits for somebody to write.
 *
 * <p>The kernel's name of the descriptor, {@code /proc/self/fd/N}, is a path to the file itself and
 * not to its name, by which the JDK reaches what is held.
 */
public final class HeldFile implements AutoCloseable {
  private static final int CURRENT_DIRECTORY = -100;
  private static final int O_PATH = 0x20_0000;
  private static final int O_CLOEXEC = 0x8_0000;
  private static final int O_NOFOLLOW =
      System.getProperty("os.arch", "").equals("aarch64") ? 0x8000 : 0x2_0000;

  private static final int ENOENT = 2;
  private static final int EACCES = 13;
  private static final int ENOTDIR = 20;
  private static final int ELOOP = 40;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MemoryLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final MethodHandle OPENAT =
      LINKER.downcallHandle(
          LINKER.defaultLookup().find("openat").orElseThrow(),
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT),
          Linker.Option.captureCallState("errno"),
          Linker.Option.firstVariadicArg(3));
  private static final MethodHandle CLOSE =
      LINKER.downcallHandle(
          LINKER.defaultLookup().find("close").orElseThrow(),
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private final int descriptor;
  private final String name;
  private boolean closed;

  private HeldFile(int descriptor, String name) {
    this.descriptor = descriptor;
    this.name = name;
  }

  /** Holds what an absolute path leads to, links followed. */
  public static HeldFile follow(Path path) throws IOException {
    return open(CURRENT_DIRECTORY, path, path.toString(), 0);
  }

  /** Holds what an absolute path names, even if that is a link. */
  public static HeldFile at(Path path) throws IOException {
    return open(CURRENT_DIRECTORY, path, path.toString(), O_NOFOLLOW);
  }

  /** Holds an entry of this directory, even if that is a link. */
  public HeldFile entry(Path entry) throws IOException {
    return open(descriptor, entry, name + "/" + entry, O_NOFOLLOW);
  }

  /**
   * Holds what is below this directory, step by step through directories and no link.
   *
   * @param names relative, without {@code ..}
   */
  public HeldFile below(Path names) throws IOException {
    HeldFile at = entry(names.getName(0));
    for (int i = 1; i < names.getNameCount(); i++) {
      try (HeldFile parent = at) {
        if (!parent.facts().isDirectory()) {
          throw new NotDirectoryException(parent.name);
        }
        at = parent.entry(names.getName(i));
      }
    }
    return at;
  }

  private static HeldFile open(int directory, Path path, String shown, int flags)
      throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      byte[] bytes = bytes(path);
      MemorySegment text = arena.allocate(bytes.length + 1L);
      MemorySegment.copy(bytes, 0, text, ValueLayout.JAVA_BYTE, 0, bytes.length);
      int opened = (int) OPENAT.invokeExact(state, directory, text, O_PATH | O_CLOEXEC | flags);
      if (opened < 0) {
        throw failure((int) ERRNO.get(state, 0L), shown);
      }
      return new HeldFile(opened, shown);
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("openat", e);
    }
  }

  private static IOException failure(int error, String shown) {
    return switch (error) {
      case ENOENT -> new NoSuchFileException(shown);
      case EACCES -> new AccessDeniedException(shown);
      case ENOTDIR -> new NotDirectoryException(shown);
      case ELOOP -> new FileSystemException(shown, null, "too many links");
      default -> new FileSystemException(shown, null, "error " + error);
    };
  }

  /** A path as the kernel has it: its text may not be able to say it in the locale's encoding. */
  private static byte[] bytes(Path path) {
    boolean absolute = path.isAbsolute();
    String escaped = (absolute ? path : Path.of("/").resolve(path)).toUri().getRawPath();
    // A directory's gets a slash at its end.
    String plain =
        escaped.length() > 1 && escaped.endsWith("/")
            ? escaped.substring(0, escaped.length() - 1)
            : escaped;
    String decoded = URLDecoder.decode(plain.replace("+", "%2B"), StandardCharsets.ISO_8859_1);
    return decoded.substring(absolute ? 0 : 1).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A path to what is held, good until it is closed. */
  public Path path() {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    return Path.of("/proc/self/fd", Integer.toString(descriptor));
  }

  /** What it is. */
  public FileFacts facts() throws IOException {
    return FileFacts.of(Files.readAttributes(path(), FileFacts.VIEW));
  }

  /** What an entry of this directory is; of a link, what the link is. */
  public FileFacts facts(Path entry) throws IOException {
    return FileFacts.of(
        Files.readAttributes(path().resolve(entry), FileFacts.VIEW, LinkOption.NOFOLLOW_LINKS));
  }

  /** The entries of this directory, to be closed. */
  public DirectoryStream<Path> entries() throws IOException {
    return Files.newDirectoryStream(path());
  }

  /**
   * Its content, to be closed.
   *
   * @throws IOException if it is no regular file: another might never end
   */
  public InputStream content() throws IOException {
    if (!facts().isRegular()) {
      throw new FileSystemException(name, null, "no regular file");
    }
    return Channels.newInputStream(FileChannel.open(path(), StandardOpenOption.READ));
  }

  /**
   * All of its content.
   *
   * @throws IOException if it is no regular file, or has more than {@code most} bytes
   */
  public byte[] content(int most) throws IOException {
    try (InputStream in = content()) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new FileSystemException(name, null, "larger than " + most + " bytes");
      }
      return bytes;
    }
  }

  /**
   * All of the content of the file a path leads to, links followed.
   *
   * @throws IOException as {@link #content(int)}
   */
  public static byte[] read(Path path, int most) throws IOException {
    try (HeldFile file = follow(path.toAbsolutePath())) {
      return file.content(most);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      try {
        int ignored = (int) CLOSE.invokeExact(descriptor);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException("close", e);
      }
    }
  }
}
