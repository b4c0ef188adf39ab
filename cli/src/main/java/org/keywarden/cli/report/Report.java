package org.keywarden.cli.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.log.FileNames;
import org.keywarden.audit.log.KeyHistory;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.record.RecordCodec;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.audit.store.LogSource;
import org.keywarden.audit.verify.LogReader;
import org.keywarden.audit.verify.LogVerifier;
import org.keywarden.audit.verify.Verdict;
import org.keywarden.proto.audit.v1.Application;

/** Verifies a log and makes the page that tells of it, whether it holds or not. */
public final class Report {
  private static final String UNREADABLE = "(cannot be read)";

  /**
   * @param page HTML
   * @param holds whether the log holds
   */
  public record Made(String page, boolean holds) {}

  /**
   * What the page is asked to say.
   *
   * @param known what the reader knows of the log
   * @param made when the page is made, in s since 1970
   * @param names opens applications; empty if they are to stay commitments
   */
  public record Request(
      LogVerifier.Known known,
      long made,
      Optional<Function<Application, Optional<String>>> names) {}

  private final LogSource files;

  public Report(LogSource files) {
    this.files = files;
  }

  /**
   * Makes the page. It tells of the entries that were verified, even if others come meanwhile.
   *
   * @param progress told how many entries were verified
   */
  public Made make(Request request, LongConsumer progress) {
    Verdict verdict =
        new LogVerifier(files, new Ed25519Check(), ForkJoinPool.commonPool())
            .verify(request.known(), progress);
    Story story = new Story(request.names().orElse(application -> Optional.empty()));
    String trouble = read(verdict, story);
    story.end();
    ReportPage.Facts facts =
        new ReportPage.Facts(
            origin(),
            request.made(),
            verdict,
            text(FileNames.CHECKPOINT),
            keys(),
            request.names().isPresent(),
            trouble);
    return new Made(new ReportPage(facts, story).write(), verdict.holds());
  }

  private String read(Verdict verdict, Story story) {
    boolean known = verdict.size() > 0 || verdict.holds();
    long end = known ? verdict.size() + verdict.unsigned() : Long.MAX_VALUE;
    try {
      new LogReader(files)
          .visit(
              verdict.minimum(),
              (index, entry) -> {
                if (index < end) {
                  tell(story, index, entry);
                }
                return index + 1 < end;
              });
      return "";
    } catch (IOException e) {
      return LogVerifier.explain(e);
    }
  }

  private static void tell(Story story, long index, byte[] entry) {
    try {
      story.record(index, RecordCodec.decode(entry));
    } catch (Malformed e) {
      story.unreadable();
    }
  }

  private String origin() {
    try {
      return new LogReader(files).checkpoint().origin();
    } catch (IOException e) {
      return "log " + UNREADABLE;
    }
  }

  private String text(String name) {
    try {
      return new String(files.read(name), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return UNREADABLE;
    }
  }

  private List<String> keys() {
    try {
      return KeyHistory.read(files).stream().map(NoteKey::text).toList();
    } catch (IOException e) {
      return List.of(UNREADABLE);
    }
  }
}
