package org.keywarden.cli.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Carries steps out, each written down before, and takes them back. */
final class Setup {
  private final SetupJournal journal;
  private final boolean dry;
  private final Consumer<String> say;
  private boolean leftAlone;

  /**
   * @param dry whether nothing is changed, and only said
   * @param say takes a line for each thing that is done
   */
  Setup(SetupJournal journal, boolean dry, Consumer<String> say) {
    this.journal = journal;
    this.dry = dry;
    this.say = say;
  }

  /** Whether something was left as it is that should be different. */
  boolean leftAlone() {
    return leftAlone;
  }

  void apply(List<SetupStep> steps) throws IOException {
    for (SetupStep step : steps) {
      apply(step);
    }
  }

  private void apply(SetupStep step) throws IOException {
    FileState now = FileState.of(step.path());
    if (step.isDone(now)) {
      say.accept("as it should be: " + step.path() + " (" + step.does() + ")");
      return;
    }
    Optional<SetupJournal.Entry> known =
        journal.entries().stream().filter(each -> each.path().equals(step.path())).findFirst();
    boolean ours = known.filter(each -> each.after().equals(now)).isPresent();
    if (!ours && !(now instanceof FileState.Absent) && !step.replaceable().test(now)) {
      leftAlone = true;
      say.accept(
          "left alone: " + step.path() + " is not what was expected; " + step.does() + " by hand");
      return;
    }
    FileState from = ours ? known.get().before() : now;
    FileState after = step.after(from);
    say.accept((dry ? "would write: " : "written: ") + step.path() + " (" + step.does() + ")");
    if (dry) {
      return;
    }
    SetupJournal.Entry entry =
        ours
            ? known.get().now(after, step.block())
            : new SetupJournal.Entry(
                step.path(), FileState.missing(step.path()), now, after, step.block());
    journal.put(entry);
    Files.createDirectories(step.path().getParent());
    after.put(step.path());
  }

  /** Puts back what was there, last change first. */
  void undo() throws IOException {
    if (journal.entries().isEmpty()) {
      say.accept("nothing was changed by keywarden setup, so nothing is undone");
    }
    for (SetupJournal.Entry entry : journal.entries().reversed()) {
      undo(entry);
    }
  }

  private void undo(SetupJournal.Entry entry) throws IOException {
    FileState now = FileState.of(entry.path());
    FileState back;
    if (now.equals(entry.before())) {
      say.accept("as it was: " + entry.path());
      back = now;
    } else if (now.equals(entry.after())) {
      say.accept((dry ? "would put back: " : "put back: ") + entry.path());
      back = entry.before();
    } else if (!entry.block().isEmpty()
        && now instanceof FileState.Regular file
        && file.text().contains(entry.block())) {
      say.accept(
          (dry ? "would take our lines out of: " : "took our lines out of: ")
              + entry.path()
              + ", which was changed since");
      back = SetupStep.without(entry.block(), file);
    } else {
      leftAlone = true;
      say.accept(
          "left alone: "
              + entry.path()
              + " was changed since; what was there before is in "
              + journal.file());
      return;
    }
    if (!dry) {
      if (!back.equals(now)) {
        back.put(entry.path());
      }
      journal.remove(entry, FileState.removeEmpty(entry.made()));
    }
  }
}
