package org.keywarden.audit.store;

import java.io.IOException;
import java.util.List;

/** Reads the files of a log. Paths are relative to the log's directory, with slashes. */
public interface LogSource {
  /**
   * Returns the bytes of a file.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  byte[] read(String path) throws IOException;

  boolean exists(String path);

  /** Names in a directory, sorted; none if there is no such directory. */
  List<String> list(String directory) throws IOException;
}
