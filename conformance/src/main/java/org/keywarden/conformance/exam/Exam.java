package org.keywarden.conformance.exam;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
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
import org.keywarden.conformance.Unsettled;
import org.keywarden.proto.audit.v1.ActionRefusal;
import org.keywarden.proto.audit.v1.Record;
import org.keywarden.proto.host.v1.Route;
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

  private static final int MEASURED = 200;
  private static final int PATIENCE = 0;
  private static final int REVOCATIONS = 30;
  private static final int LONGEST_BURST = 8;
  private static final int FIELD_KEYS = 1_000;
  private static final int UNDER_WAY = 8;
  private static final long KIB = 1_024;

  /** A quarter more, and what a heap that had not been used may take. */
  private static final long GROWTH_KIB = 24 * KIB;

  /** Of these it cannot be seen from outside whether they are marks.used(). */
  private static final Set<Right> UNSEEN =
      EnumSet.of(
          Right.RIGHT_RECEIVE_KEYS, Right.RIGHT_RECEIVE_RELEASES, Right.RIGHT_READ_SURROUNDING);

  private final Path dist;
  private final Path work;
  private final Candidate candidate;
  private final Marks marks;

  private Exam(Path dist, Path work, Candidate candidate, Consumer<Mark> told) {
    this.dist = dist;
    this.work = work;
    this.candidate = candidate;
    this.marks = new Marks(told);
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
    return exam.marks.all();
  }

  /** Something that is looked at. */
  private interface Part {
    void of(ExamBroker broker) throws Unsettled, IOException;
  }

  private void part(String name, ExamBroker broker, Part part) throws IOException {
    try {
      part.of(broker);
    } catch (Unsettled e) {
      marks.add(name, false, String.valueOf(e.getMessage()));
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
      part("forgets where learning is off", broker, new Forgetting(candidate, marks)::look);
      if (answers(broker)) {
        part("clears its preedit", broker, this::clears);
        part("survives revocation at any moment", broker, this::survives);
        part("its memory is bounded", broker, this::remembersLittle);
      }
      part("asks for no right it does not use", broker, this::rights);
      part("does nothing that is refused", broker, this::refused);
      part("writes nothing outside its state", broker, each -> outside(each, own, before));
      part(
          "ends with the broker",
          broker,
          each -> marks.add("ends with the broker", each.stop(), ""));
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
    marks.add("its manifest lints clean", clean, problems);
    return clean;
  }

  private boolean starts(ExamBroker broker) {
    long at = System.nanoTime();
    try {
      broker.awaitReady(candidate.id());
      marks.add("starts", true, "registered " + Marks.millis(System.nanoTime() - at) + " later");
      return true;
    } catch (Unsettled e) {
      marks.add("starts", false, String.valueOf(e.getMessage()));
      return false;
    }
  }

  private boolean answers(ExamBroker broker) throws IOException {
    String name = "answers each key once, in order";
    try (Typing typing = Typing.in(broker, Application.plain())) {
      boolean went = true;
      while (went && typing.keys() < MEASURED) {
        went = typing.type(candidate.typed(), PATIENCE) && typing.finish();
      }
      marks.used().addAll(typing.used());
      boolean answered = typing.missed() == 0 && typing.inOrder();
      marks.add(
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
      marks.add(name, false, String.valueOf(e.getMessage()));
      return false;
    }
  }

  private void inTime(Typing typing, long control) {
    long most = IN_TIME.toNanos() + LENIENCE * control;
    marks.add(
        "answers in time",
        typing.within(P99) <= most,
        "p50 "
            + Marks.millis(typing.within(0.5))
            + ", p99 "
            + Marks.millis(typing.within(P99))
            + " of at most "
            + Marks.millis(most)
            + "; the trusted keyboard's p99 is "
            + Marks.millis(control));
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
      marks.used().addAll(typing.used());
      marks.add(
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
        typing.focus(i % 2 == 0 ? Application.plain() : Forgetting.PRIVATE);
      }
      boolean ignored = typing.type(typed, PATIENCE);
      boolean same = broker.plugin().getInstance() == instance || candidate.directory() == null;
      marks.add(
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
    marks.add(
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
    idle.removeAll(marks.used());
    boolean engine = candidate.directory() == null;
    String names = idle.stream().map(Exam::words).collect(Collectors.joining(", "));
    marks.add(
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
    marks.add(
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
    marks.add(
        "writes nothing outside its state",
        found.isEmpty() && changed.isEmpty(),
        found.isEmpty() && changed.isEmpty()
            ? "no undeclared channel, no file of its own directory changed"
            : seen + String.join(", ", changed));
  }
}
