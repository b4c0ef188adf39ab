package org.keywarden.audit.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Lets changes through to other files until the one that is to fail. */
public final class FaultyFiles implements LogFiles {
  /** What happens at the chosen operation. */
  public enum Fault {
    /** It does nothing and fails; later ones work. */
    ERROR,
    /** If it writes, half of it is written; it fails; later ones work. */
    SHORT_WRITE,
    /** This and all later writes and new files fail; deletion and truncation work. */
    NO_SPACE,
    /** This and all later ones fail: the process is gone. */
    CRASH
  }

  private final LogFiles files;
  private final Fault fault;
  private final long at;
  private final AtomicLong operations;
  private boolean spaceReturned;

  /**
   * @param at number of the operation that fails, from 0
   */
  public FaultyFiles(LogFiles files, Fault fault, long at) {
    this(files, fault, at, new AtomicLong());
  }

  private FaultyFiles(LogFiles files, Fault fault, long at, AtomicLong operations) {
    this.files = files;
    this.fault = fault;
    this.at = at;
    this.operations = operations;
  }

  /** Other files on the same disk: operations on both are counted together. */
  public FaultyFiles beside(LogFiles others) {
    return new FaultyFiles(others, fault, at, operations);
  }

  public long operations() {
    return operations.get();
  }

  /** Ends {@link Fault#NO_SPACE}. */
  public void returnSpace() {
    spaceReturned = true;
  }

  private interface Operation {
    void run() throws IOException;
  }

  private void run(boolean takesSpace, Operation half, Operation whole) throws IOException {
    long number = operations.getAndIncrement();
    boolean fails =
        switch (fault) {
          case ERROR, SHORT_WRITE -> number == at;
          case NO_SPACE -> number >= at && takesSpace && !spaceReturned;
          case CRASH -> number >= at;
        };
    if (!fails) {
      whole.run();
      return;
    }
    if (fault != Fault.ERROR && number == at) {
      half.run();
    }
    throw new IOException(fault + " at operation " + number);
  }

  private void run(Operation whole) throws IOException {
    run(false, () -> {}, whole);
  }

  @Override
  public byte[] read(String path) throws IOException {
    return files.read(path);
  }

  @Override
  public boolean exists(String path) {
    return files.exists(path);
  }

  @Override
  public List<String> list(String directory) throws IOException {
    return files.list(directory);
  }

  @Override
  public Closeable lock(String path) throws IOException {
    return files.lock(path);
  }

  @Override
  public Appender create(String path) throws IOException {
    Appender[] created = new Appender[1];
    run(true, () -> {}, () -> created[0] = files.create(path));
    Appender file = created[0];
    return new Appender() {
      @Override
      public void write(byte[] bytes) throws IOException {
        run(true, () -> file.write(half(bytes)), () -> file.write(bytes));
      }

      @Override
      public void sync() throws IOException {
        run(file::sync);
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }

  private static byte[] half(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length / 2);
  }

  @Override
  public void write(String path, byte[] bytes) throws IOException {
    run(true, () -> files.write(path, half(bytes)), () -> files.write(path, bytes));
  }

  @Override
  public void truncate(String path, long length) throws IOException {
    run(() -> files.truncate(path, length));
  }

  @Override
  public void sync(String path) throws IOException {
    run(() -> files.sync(path));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    run(() -> files.rename(from, to));
  }

  @Override
  public void syncDirectory(String directory) throws IOException {
    run(() -> files.syncDirectory(directory));
  }

  @Override
  public void delete(String path) throws IOException {
    run(() -> files.delete(path));
  }
}
