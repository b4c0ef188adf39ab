package org.keywarden.audit.store;

import java.io.Closeable;
import java.io.IOException;

/**
 * Changes the files of a log. What was written is certain to outlive a crash of the machine only
 * after {@link #sync} of the file and {@link #syncDirectory} of the directory it is named in.
 */
public interface LogFiles extends LogSource {
  /** A file that grows at its end. */
  interface Appender extends Closeable {
    void write(byte[] bytes) throws IOException;

    /** Makes what was written durable (fdatasync(2)). */
    void sync() throws IOException;
  }

  /**
   * Takes the lock that keeps a second writer away, until closed or until the process ends.
   *
   * @throws IOException if another has it
   */
  Closeable lock(String path) throws IOException;

  /** Makes an empty file, in place of one of that name, and its directory if it is missing. */
  Appender create(String path) throws IOException;

  /** Makes a file with these bytes, in place of one of that name. Not atomic. */
  void write(String path, byte[] bytes) throws IOException;

  void truncate(String path, long length) throws IOException;

  void sync(String path) throws IOException;

  /** Puts a file in place of another, atomically. */
  void rename(String from, String to) throws IOException;

  /** Makes the names in a directory durable. */
  void syncDirectory(String directory) throws IOException;

  /** Removes a file, if there is one. */
  void delete(String path) throws IOException;

  /** Puts bytes into a file so that after a crash it has all of them or what it had before. */
  static void replace(LogFiles files, String path, byte[] bytes) throws IOException {
    String temporary = path + ".tmp";
    files.write(temporary, bytes);
    files.sync(temporary);
    files.rename(temporary, path);
    files.syncDirectory(directoryOf(path));
  }

  /** The directory a path is named in; empty for the log's own. */
  static String directoryOf(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }
}
