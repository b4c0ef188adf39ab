package org.keywarden.cli.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What {@code keywarden setup} did before, and what of it is not there any more. */
public final class DoneSetup {
  private final SetupJournal journal;

  private DoneSetup(SetupJournal journal) {
    this.journal = journal;
  }

  /**
   * Reads what was done.
   *
   * @param environment for the XDG base directories
   */
  public static DoneSetup read(Map<String, String> environment) throws IOException {
    return new DoneSetup(SetupJournal.read(SetupJournal.place(environment)));
  }

  /** Whether anything was. */
  public boolean any() {
    return !journal.entries().isEmpty();
  }

  /** The files that are as they were before, as if nothing had been done. */
  public List<Path> missing() throws IOException {
    List<Path> missing = new ArrayList<>();
    for (SetupJournal.Entry each : journal.entries()) {
      if (isMissing(each)) {
        missing.add(each.path());
      }
    }
    return missing;
  }

  private static boolean isMissing(SetupJournal.Entry entry) throws IOException {
    FileState now = FileState.of(entry.path());
    return now.equals(entry.before()) || now instanceof FileState.Absent;
  }

  /**
   * Writes those again.
   *
   * @param say takes a line for each
   */
  public void mend(Consumer<String> say) throws IOException {
    for (SetupJournal.Entry each : journal.entries()) {
      if (isMissing(each)) {
        Files.createDirectories(each.path().getParent());
        each.after().put(each.path());
        say.accept("written again: " + each.path());
      }
    }
  }
}
