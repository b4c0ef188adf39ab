package org.keywarden.broker.auditing;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.keywarden.audit.store.LogFiles;

/** Files on a disk that can be full. */
final class FullableFiles implements LogFiles {
  private final LogFiles files;
  boolean full;

  FullableFiles(LogFiles files) {
    this.files = files;
  }

  private void takeSpace() throws IOException {
    if (full) {
      throw new IOException("No space left on device");
    }
  }

  @Override
  public Closeable lock(String path) throws IOException {
    return files.lock(path);
  }

  @Override
  public Appender create(String path) throws IOException {
    takeSpace();
    Appender file = files.create(path);
    return new Appender() {
      @Override
      public void write(byte[] bytes) throws IOException {
        takeSpace();
        file.write(bytes);
      }

      @Override
      public void sync() throws IOException {
        file.sync();
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }

  @Override
  public void write(String path, byte[] bytes) throws IOException {
    takeSpace();
    files.write(path, bytes);
  }

  @Override
  public void truncate(String path, long length) throws IOException {
    files.truncate(path, length);
  }

  @Override
  public void sync(String path) throws IOException {
    files.sync(path);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    files.rename(from, to);
  }

  @Override
  public void syncDirectory(String directory) throws IOException {
    files.syncDirectory(directory);
  }

  @Override
  public void delete(String path) throws IOException {
    files.delete(path);
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
}
