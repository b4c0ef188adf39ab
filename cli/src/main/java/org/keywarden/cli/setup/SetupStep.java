package org.keywarden.cli.setup;

import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * One file that a session needs.
 *
 * @param path absolute
 * @param block text that must be in it, between lines of our own; empty if the whole file is ours
 * @param wanted the whole file, if that is ours
 * @param replaceable what else may stand there, to be replaced and put back; nothing always may
 * @param does what that is for, as a person reads it
 */
record SetupStep(
    Path path, String block, FileState wanted, Predicate<FileState> replaceable, String does) {
  private static final String BEGIN = "# >>> keywarden setup >>>\n";
  private static final String END = "# <<< keywarden setup <<<\n";

  /** A file that is all ours. */
  static SetupStep whole(Path path, FileState wanted, String does) {
    return new SetupStep(path, "", wanted, none -> false, does);
  }

  /** Lines at the end of a file of the user's. */
  static SetupStep lines(Path path, String lines, String does) {
    return new SetupStep(
        path,
        BEGIN + lines + END,
        new FileState.Absent(),
        FileState.Regular.class::isInstance,
        does);
  }

  SetupStep orInsteadOf(Predicate<FileState> expected) {
    return new SetupStep(path, block, wanted, expected, does);
  }

  /** Whether nothing is to be done. */
  boolean isDone(FileState now) {
    return block.isEmpty()
        ? now.equals(wanted)
        : now instanceof FileState.Regular file && file.text().contains(block);
  }

  /** What is to stand there, given what does. */
  FileState after(FileState now) {
    if (block.isEmpty()) {
      return wanted;
    }
    if (!(now instanceof FileState.Regular file)) {
      return FileState.file("rw-r--r--", block);
    }
    String text = file.text();
    return FileState.file(
        file.mode(), text + (text.isEmpty() || text.endsWith("\n") ? "" : "\n") + block);
  }

  /** Takes our lines out of what somebody has changed since. */
  static FileState without(String block, FileState.Regular file) {
    return FileState.file(file.mode(), file.text().replace(block, ""));
  }
}
