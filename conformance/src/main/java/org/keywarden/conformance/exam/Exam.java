package org.keywarden.conformance.exam;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keywarden.client.process.BrokerCommand;
import org.keywarden.conformance.Application;
import org.keywarden.conformance.Await;
import org.keywarden.conformance.Unsettled;
import org.keywarden.proto.audit.v1.ActionRefusal;
import org.keywarden.proto.audit.v1.Record;
import org.keywarden.proto.host.v1.Route;
import org.keywarden.proto.input.v1.ContentType;
import org.keywarden.proto.input.v1.Hint;
import org.keywarden.proto.input.v1.Right;

/**
 * An examination of one input method: it runs in its real sandbox below a broker of its own, and is
 * typed into.
 *
 * <p>Thread: the caller's; one examination at a time.
 */
public final class Exam {
  /**
   * Of 100 keys 99 are answered so fast: the deadline that the broker gives an input method. A busy
   * machine is not the candidate's fault, so it may take more by a few times what the trusted
   * keyboard takes, which is as far away.
   */
  private static final Duration IN_TIME = Duration.ofMillis(150);

  private static final int LENIENCE = 4;
  private static final double P99 = 0.99;

  private static final Duration END = Duration.ofSeconds(10);
  private static final int MEASURED = 200;
  private static final int PATIENCE = 0;
  private static final int REVOCATIONS = 30;
  private static final int LONGEST_BURST = 8;
  private static final int FIELD_KEYS = 1_000;
  private static final int UNDER_WAY = 8;
  private static final long KIB = 1_024;

  /** A quarter more, and what a heap that had not been used may take. */
  private static final long GROWTH_KIB = 24 * KIB;

  private static final ContentType PRIVATE =
      Application.plain().toBuilder().addHints(Hint.HINT_PRIVATE).build();

  /** Of these it cannot be seen from outside whether they are used. */
  private static final Set<Right> UNSEEN =
      EnumSet.of(
          Right.RIGHT_RECEIVE_KEYS, Right.RIGHT_RECEIVE_RELEASES, Right.RIGHT_READ_SURROUNDING);

  private final Path dist;
  private final Path work;
  private final Candidate candidate;
  private final Consumer<Mark> told;
  private final List<Mark> marks = new ArrayList<>();
  private final Set<Right> used = EnumSet.noneOf(Right.class);

  private Exam(Path dist, Path work, Candidate candidate, Consumer<Mark> told) {
    this.dist = dist;
    this.work = work;
    this.candidate = candidate;
    this.told = told;
  }

  /**
   * Examines.
   *
   * @param dist the installation
   * @param work an empty directory; what the broker wrote is left there
   * @param told each mark as it is known
   * @return all marks
   * @throws IOException if no broker can be started
   */
  public static List<Mark> take(Path dist, Path work, Candidate candidate, Consumer<Mark> told)
      throws IOException, InterruptedException {
    Exam exam = new Exam(dist, work, candidate, told);
    exam.run();
    return List.copyOf(exam.marks);
  }

  private void mark(String name, boolean passed, String observed) {
    Mark mark = new Mark(name, passed, observed);
    marks.add(mark);
    told.accept(mark);
  }

  /** Something that is looked at. */
  private interface Part {
    void of(ExamBroker broker) throws Unsettled, IOException;
  }

  private void part(String name, ExamBroker broker, Part part) throws IOException {
    try {
      part.of(broker);
    } catch (Unsettled e) {
      mark(name, false, String.valueOf(e.getMessage()));
    }
  }

  private void run() throws IOException, InterruptedException {
    if (!lints()) {
      return;
    }
    @Nullable Path own = candidate.directory();
    TreeDigest before = own == null ? new TreeDigest(Map.of()) : TreeDigest.of(own);
    try (ExamBroker broker = ExamBroker.start(dist, work, candidate)) {
      if (!starts(broker)) {
        return;
      }
      part("forgets where learning is off", broker, this::forgets);
      if (answers(broker)) {
        part("clears its preedit", broker, this::clears);
        part("survives revocation at any moment", broker, this::survives);
        part("its memory is bounded", broker, this::remembersLittle);
      }
      part("asks for no right it does not use", broker, this::rights);
      part("does nothing that is refused", broker, this::refused);
      part("writes nothing outside its state", broker, each -> outside(each, own, before));
      part("ends with the broker", broker, each -> mark("ends with the broker", each.stop(), ""));
    }
  }

  private boolean lints() throws IOException, InterruptedException {
    List<String> words =
        candidate.directory() == null
            ? List.of("engine", dist.toString(), candidate.id())
            : List.of("lint", candidate.directory().toString());
    Process process =
        new ProcessBuilder(BrokerCommand.of(dist).tool(words)).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    boolean clean = process.waitFor() == 0;
    String problems =
        said.lines()
            .filter(line -> line.startsWith("refused\t"))
            .map(line -> line.substring(line.indexOf('\t') + 1))
            .collect(Collectors.joining("; "));
    mark("its manifest lints clean", clean, problems);
    return clean;
  }

  private boolean starts(ExamBroker broker) {
    long at = System.nanoTime();
    try {
      broker.awaitReady(candidate.id());
      mark("starts", true, "registered " + millis(System.nanoTime() - at) + " later");
      return true;
    } catch (Unsettled e) {
      mark("starts", false, String.valueOf(e.getMessage()));
      return false;
    }
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
  }

  /** What is typed in a private field is in no file, not even when the process ended in peace. */
  private void forgets(ExamBroker broker) throws Unsettled, IOException {
    Path state = Path.of(broker.plugin().getStateDirectory());
    TreeDigest before = settled(state);
    try (Typing typing = Typing.in(broker, PRIVATE)) {
      boolean ignored = typing.type(candidate.typed(), PATIENCE) && typing.finish();
      used.addAll(typing.used());
      typing.leave();
      typing.awaitLeft();
    }
    ends(broker);
    SortedSet<String> changed = before.differing(TreeDigest.of(state));
    mark(
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
      mark(name, false, String.valueOf(e.getMessage()));
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
    mark(
        name,
        true,
        "ended in "
            + millis(ended)
            + ", registered anew "
            + millis(System.nanoTime() - at)
            + " after it was told");
  }

  private boolean answers(ExamBroker broker) throws IOException {
    String name = "answers each key once, in order";
    try (Typing typing = Typing.in(broker, Application.plain())) {
      boolean went = true;
      while (went && typing.keys() < MEASURED) {
        went = typing.type(candidate.typed(), PATIENCE) && typing.finish();
      }
      used.addAll(typing.used());
      boolean answered = typing.missed() == 0 && typing.inOrder();
      mark(
          name,
          answered,
          answered
              ? typing.keys() + " keys"
              : typing.missed()
                  + " of "
                  + typing.keys()
                  + " keys had no answer within "
                  + ExamBroker.ANSWER.toMillis()
                  + " ms");
      inTime(typing, control(broker));
      return answered;
    } catch (Unsettled e) {
      mark(name, false, String.valueOf(e.getMessage()));
      return false;
    }
  }

  private void inTime(Typing typing, long control) {
    long most = IN_TIME.toNanos() + LENIENCE * control;
    mark(
        "answers in time",
        typing.within(P99) <= most,
        "p50 "
            + millis(typing.within(0.5))
            + ", p99 "
            + millis(typing.within(P99))
            + " of at most "
            + millis(most)
            + "; the trusted keyboard's p99 is "
            + millis(control));
  }

  /** How long 99 of 100 keys of a password field take. */
  private long control(ExamBroker broker) throws Unsettled {
    try (Typing typing = Typing.in(broker, Application.password(), Route.ROUTE_GUARDED)) {
      while (typing.keys() < MEASURED) {
        boolean ignored = typing.type("hunter2", MEASURED);
      }
      return typing.within(P99);
    }
  }

  private void clears(ExamBroker broker) throws Unsettled {
    try (Typing typing = Typing.in(broker, Application.plain())) {
      int left = 0;
      List<String> words = List.of(candidate.typed().split("(?<=\\s)"));
      for (String word : words) {
        boolean ignored = typing.type(word, PATIENCE);
        left += typing.finish() ? 0 : 1;
      }
      used.addAll(typing.used());
      mark(
          "clears its preedit",
          left == 0,
          left == 0
              ? "after each of " + words.size() + " words"
              : "after "
                  + left
                  + " of "
                  + words.size()
                  + " words something was still under composition, whatever of Return, Escape and"
                  + " BackSpace was pressed");
    }
  }

  /** Keys are under way, or just answered, or an edit is, when the field is left. */
  private void survives(ExamBroker broker) throws Unsettled {
    long instance = broker.plugin().getInstance();
    String typed = candidate.typed();
    try (Typing typing = Typing.in(broker, Application.plain())) {
      for (int i = 0; i < REVOCATIONS; i++) {
        for (int key = 0; key < 1 + i % LONGEST_BURST; key++) {
          char character = typed.charAt((i + key) % typed.length());
          typing.send(character == '\n' ? ' ' : character);
        }
        typing.awaitAnswers(i % 3 == 0 ? 0 : 1 + i % 5);
        typing.leave();
        typing.awaitLeft();
        typing.focus(i % 2 == 0 ? Application.plain() : PRIVATE);
      }
      boolean ignored = typing.type(typed, PATIENCE);
      boolean same = broker.plugin().getInstance() == instance || candidate.directory() == null;
      mark(
          "survives revocation at any moment",
          same && typing.missed() == 0,
          same
              ? REVOCATIONS + " revocations"
              : "its process ended, or was ended, within " + REVOCATIONS + " revocations");
    }
  }

  private void remembersLittle(ExamBroker broker) throws Unsettled {
    long start = 0;
    int done = 0;
    long instance = broker.plugin().getInstance();
    while (done < candidate.keys()) {
      try (Typing typing = Typing.in(broker, Application.plain())) {
        for (int i = 0; i < FIELD_KEYS && done < candidate.keys(); i++, done++) {
          char character = candidate.typed().charAt(i % candidate.typed().length());
          typing.send(character == '\n' ? ' ' : character);
          typing.awaitAnswers(UNDER_WAY);
        }
        typing.awaitAnswers(0);
        typing.leave();
        typing.awaitLeft();
      }
      if (start == 0 && done >= candidate.keys() / 5) {
        start = Memory.resident(broker.processes());
      }
    }
    long end = Memory.resident(broker.processes());
    boolean same = broker.plugin().getInstance() == instance;
    mark(
        "its memory is bounded",
        same && end <= start + start / 4 + GROWTH_KIB,
        same
            ? start / KIB + " MiB after a fifth, " + end / KIB + " MiB after " + done + " keys"
            : "it did not last for " + done + " keys");
  }

  private void rights(ExamBroker broker) {
    Set<Right> idle = EnumSet.noneOf(Right.class);
    idle.addAll(broker.plugin().getRightsList());
    idle.removeAll(UNSEEN);
    idle.removeAll(used);
    boolean engine = candidate.directory() == null;
    String names = idle.stream().map(Exam::words).collect(Collectors.joining(", "));
    mark(
        "asks for no right it does not use",
        idle.isEmpty() || engine,
        engine
            ? "its host asks for what any engine may need"
            : idle.isEmpty()
                ? "all were used"
                : "not used: " + names + "; ask for less, or type what uses them (--type)");
  }

  private static String words(Enum<?> constant) {
    return constant.name().replaceFirst("^(ACTION_REFUSAL|RIGHT)_", "").toLowerCase(Locale.ROOT);
  }

  private void refused(ExamBroker broker) throws Unsettled {
    Map<ActionRefusal, Long> counts = broker.refused();
    // What was under way when a field was left is nobody's fault.
    counts.remove(ActionRefusal.ACTION_REFUSAL_NOT_LIVE);
    mark(
        "does nothing that is refused",
        counts.isEmpty(),
        counts.entrySet().stream()
            .map(each -> each.getValue() + " times " + words(each.getKey()))
            .collect(Collectors.joining(", ")));
  }

  private void outside(ExamBroker broker, @Nullable Path own, TreeDigest before)
      throws IOException {
    List<Record> found = broker.records(Record.EventCase.WATCH_VIOLATION);
    SortedSet<String> changed =
        own == null ? new java.util.TreeSet<>() : before.differing(TreeDigest.of(own));
    String seen =
        found.stream()
            .map(each -> each.getWatchViolation().getKind().name())
            .distinct()
            .collect(Collectors.joining(", "));
    mark(
        "writes nothing outside its state",
        found.isEmpty() && changed.isEmpty(),
        found.isEmpty() && changed.isEmpty()
            ? "no undeclared channel, no file of its own directory changed"
            : seen + String.join(", ", changed));
  }
}
