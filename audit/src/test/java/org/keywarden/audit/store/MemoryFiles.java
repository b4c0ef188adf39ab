package org.keywarden.audit.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A file system in memory that knows what of it would survive a crash of the machine: bytes since
 * the last sync and names since the last sync of their directory may or may not.
 */
public final class MemoryFiles implements LogFiles {
  private static final class Content {
    private byte[] bytes = new byte[64];
    private int length;
    private byte[] durableBytes = bytes;
    private int durableLength;

    static Content of(byte[] bytes) {
      Content content = new Content();
      content.append(bytes);
      return content;
    }

    void append(byte[] more) {
      if (length + more.length > bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * (length + more.length));
      }
      System.arraycopy(more, 0, bytes, length, more.length);
      length += more.length;
    }

    void truncate(int to) {
      bytes = Arrays.copyOf(bytes, to);
      length = to;
    }

    void sync() {
      durableBytes = bytes;
      durableLength = length;
    }

    byte[] now() {
      return Arrays.copyOf(bytes, length);
    }

    byte[] durable() {
      return Arrays.copyOf(durableBytes, durableLength);
    }
  }

  private Map<String, Content> names = new TreeMap<>();
  private Map<String, Content> durableNames = new HashMap<>();
  private boolean locked;

  /** What is left after kill -9: everything. */
  public MemoryFiles killed() {
    MemoryFiles left = new MemoryFiles();
    names.forEach((name, content) -> left.put(name, content.now()));
    return left;
  }

  /** What may be left after a power cut: a random part of what was not synced. */
  public MemoryFiles powerCut(Random random) {
    MemoryFiles left = new MemoryFiles();
    TreeSet<String> all = new TreeSet<>(names.keySet());
    all.addAll(durableNames.keySet());
    for (String name : all) {
      Content content = random.nextBoolean() ? names.get(name) : durableNames.get(name);
      if (content != null) {
        left.put(name, survivor(content, random));
      }
    }
    return left;
  }

  private static byte[] survivor(Content content, Random random) {
    byte[] durable = content.durable();
    byte[] now = content.now();
    if (now.length < durable.length) {
      return random.nextBoolean() ? now : durable;
    }
    int kept = durable.length + random.nextInt(now.length - durable.length + 1);
    byte[] left = Arrays.copyOf(now, kept);
    if (kept > durable.length && random.nextInt(4) == 0) {
      left[durable.length + random.nextInt(kept - durable.length)] ^= 0x10;
    }
    return left;
  }

  private void put(String name, byte[] bytes) {
    Content content = Content.of(bytes);
    content.sync();
    names.put(name, content);
    durableNames.put(name, content);
  }

  /** Names of all files. */
  public List<String> all() {
    return new ArrayList<>(names.keySet());
  }

  private Content find(String path) throws IOException {
    Content content = names.get(path);
    if (content == null) {
      throw new NoSuchFileException(path);
    }
    return content;
  }

  @Override
  public byte[] read(String path) throws IOException {
    return find(path).now();
  }

  @Override
  public boolean exists(String path) {
    return names.containsKey(path)
        || names.keySet().stream().anyMatch(n -> n.startsWith(path + "/"));
  }

  @Override
  public List<String> list(String directory) {
    String prefix = directory.isEmpty() ? "" : directory + "/";
    TreeSet<String> found = new TreeSet<>();
    for (String name : names.keySet()) {
      if (name.startsWith(prefix)) {
        String rest = name.substring(prefix.length());
        int slash = rest.indexOf('/');
        found.add(slash < 0 ? rest : rest.substring(0, slash));
      }
    }
    return List.copyOf(found);
  }

  @Override
  public Closeable lock(String path) throws IOException {
    if (locked) {
      throw new IOException(path + " is locked");
    }
    locked = true;
    return () -> locked = false;
  }

  @Override
  public Appender create(String path) {
    Content content = new Content();
    names.put(path, content);
    return new Appender() {
      @Override
      public void write(byte[] bytes) {
        content.append(bytes);
      }

      @Override
      public void sync() {
        content.sync();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void write(String path, byte[] bytes) {
    names.put(path, Content.of(bytes));
  }

  @Override
  public void truncate(String path, long length) throws IOException {
    find(path).truncate((int) length);
  }

  @Override
  public void sync(String path) throws IOException {
    find(path).sync();
  }

  @Override
  public void rename(String from, String to) throws IOException {
    names.put(to, find(from));
    names.remove(from);
  }

  @Override
  public void syncDirectory(String directory) {
    durableNames.keySet().removeIf(name -> LogFiles.directoryOf(name).equals(directory));
    names.forEach(
        (name, content) -> {
          if (LogFiles.directoryOf(name).equals(directory)) {
            durableNames.put(name, content);
          }
        });
  }

  @Override
  public void delete(String path) {
    names.remove(path);
  }

  /** The content, or null if there is no such file. */
  public byte @Nullable [] peek(String path) {
    Content content = names.get(path);
    return content == null ? null : content.now();
  }

  /** Puts these bytes there, as one who has access to the files could. */
  public void tamper(String path, byte @Nullable [] bytes) {
    if (bytes == null) {
      names.remove(path);
    } else {
      put(path, Objects.requireNonNull(bytes));
    }
  }

  /** A copy of everything. */
  public MemoryFiles copy() {
    return killed();
  }
}
