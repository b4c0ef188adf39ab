package org.keywarden.broker.plugin.sandbox;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What went wrong with a file, in words: the JDK's messages are often the path alone. */
public final class FileErrors {
  private FileErrors() {}

  /** Which file, and what is wrong with it. */
  public static String words(IOException error) {
    return error instanceof FileSystemException about
        ? about.getFile() + " " + reason(error)
        : reason(error);
  }

  /** What is wrong, where the file has been named. */
  static String reason(IOException error) {
    return switch (error) {
      case NoSuchFileException absent -> "is not there";
      case AccessDeniedException denied ->
          "may not be read or written by you; look at its owner and permissions";
      case NotDirectoryException file -> "is no directory";
      case FileSystemException other when other.getReason() != null ->
          "cannot be used: " + other.getReason();
      default -> String.valueOf(error.getMessage());
    };
  }
}
