package org.keywarden.conformance.exam;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import org.keywarden.conformance.Application;
import org.keywarden.conformance.Await;
import org.keywarden.conformance.Unsettled;
import org.keywarden.proto.input.v1.ContentType;
import org.keywarden.proto.input.v1.Hint;

/** Whether a candidate keeps nothing of a private field, and ends when it is told to. */
final class Forgetting {
  static final ContentType PRIVATE =
      Application.plain().toBuilder().addHints(Hint.HINT_PRIVATE).build();

  private static final Duration END = Duration.ofSeconds(10);

  private final Candidate candidate;
  private final Marks marks;

  Forgetting(Candidate candidate, Marks marks) {
    this.candidate = candidate;
    this.marks = marks;
  }

  /** What is typed in a private field is in no file, not even when the process ended in peace. */
  void look(ExamBroker broker) throws Unsettled, IOException {
    Path state = Path.of(broker.plugin().getStateDirectory());
    TreeDigest before = settled(state);
    try (Typing typing = Typing.in(broker, PRIVATE)) {
      boolean ignored = typing.type(candidate.typed(), 0) && typing.finish();
      marks.used().addAll(typing.used());
      typing.leave();
      typing.awaitLeft();
    }
    ends(broker);
    SortedSet<String> changed = before.differing(TreeDigest.of(state));
    marks.add(
        "forgets where learning is off",
        changed.isEmpty(),
        changed.isEmpty()
            ? "no file of its state changed while a private field was typed into"
            : "while a private field was typed into, these changed: " + String.join(", ", changed));
  }

  /** Its files when it has begun: the same twice. */
  private static TreeDigest settled(Path state) throws Unsettled, IOException {
    TreeDigest[] last = {TreeDigest.of(state)};
    Await.until(
        "rest in " + state,
        Await.PATIENCE,
        () -> {
          try {
            TreeDigest before = last[0];
            last[0] = TreeDigest.of(state);
            return last[0].equals(before);
          } catch (IOException e) {
            return false;
          }
        },
        () -> "changes");
    return last[0];
  }

  /** As a service manager tells it; the broker starts another, which goes on. */
  private void ends(ExamBroker broker) throws Unsettled {
    List<ProcessHandle> processes = broker.processes();
    long instance = broker.plugin().getInstance();
    long at = System.nanoTime();
    processes.reversed().forEach(ProcessHandle::destroy);
    String name = "ends when told, and comes back";
    try {
      Await.until(
          "end after SIGTERM",
          END,
          () -> processes.stream().noneMatch(ProcessHandle::isAlive),
          () -> "it runs on");
    } catch (Unsettled e) {
      marks.add(name, false, String.valueOf(e.getMessage()));
      processes.forEach(ProcessHandle::destroyForcibly);
      return;
    }
    long ended = System.nanoTime() - at;
    Await.until(
        "other process",
        END,
        () -> broker.plugin().getInstance() != instance,
        () -> "none was started");
    broker.awaitReady();
    marks.add(
        name,
        true,
        "ended in "
            + Marks.millis(ended)
            + ", registered anew "
            + Marks.millis(System.nanoTime() - at)
            + " after it was told");
  }
}
