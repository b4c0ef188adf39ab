package org.keywarden.cli.report;

import java.util.List;
import org.keywarden.audit.verify.Verdict;
import org.keywarden.proto.audit.v1.Record;

/**
 * The page. It loads nothing, runs nothing and sends nothing: its own content security policy says
 * so to the browser. The same facts give the same bytes.
 */
final class ReportPage {
  /**
   * What the page is about besides the records.
   *
   * @param origin the log's name
   * @param made when, in s since 1970
   * @param checkpoint the file checkpoint, as text
   * @param keys verifier keys, oldest first
   * @param revealed whether the owner opened the names of applications
   * @param trouble why not all records could be read, empty if they could
   */
  record Facts(
      String origin,
      long made,
      Verdict verdict,
      String checkpoint,
      List<String> keys,
      boolean revealed,
      String trouble) {
    Facts {
      keys = List.copyOf(keys);
    }
  }

  private final Facts facts;
  private final Story story;
  private final Html html = new Html();
  private final Sections sections;

  ReportPage(Facts facts, Story story) {
    this.facts = facts;
    this.story = story;
    this.sections = new Sections(story, facts.revealed(), html);
  }

  String write() {
    head();
    banner();
    figures();
    timeline();
    sections.plugins();
    sections.applications();
    sections.closes();
    sections.refusals();
    sections.events("findings", "Watch findings and quarantines", story.findingEvents);
    sections.events("overrides", "What the user told the broker", story.overrideEvents);
    sections.starts();
    verification();
    log();
    sections.kinds();
    foot();
    return html.toString();
  }

  private void head() {
    PageFrame.begin(html, "Grant log of " + facts.origin(), "Keywarden audit report");
    html.raw("<h1><bdi>").text(facts.origin()).raw("</bdi></h1>\n<p class=\"sub\">");
    if (story.timeline.isEmpty()) {
      html.raw("No records. ");
    } else {
      html.text(Words.time(story.timeline.earliest())).raw(" to ");
      html.text(Words.time(story.timeline.latest())).raw(" UTC, ");
      html.text(Words.count(story.records, "record")).raw(". ");
    }
    html.raw("Made ").text(Words.time(facts.made())).raw(" UTC.</p>\n</header>\n<main>\n");
  }

  private void banner() {
    Verdict verdict = facts.verdict();
    html.raw("<section class=\"banner ").raw(verdict.holds() ? "holds" : "broken");
    html.raw("\" id=\"verdict\">\n<h2>");
    html.raw(verdict.holds() ? "The log holds" : "The log does NOT hold").raw("</h2>\n<p>");
    if (verdict.holds()) {
      html.raw("Signature, tree, every entry and the records' completeness were checked: ");
      html.number(verdict.size()).raw(" entries under the checkpoint");
      if (verdict.unsigned() > 0) {
        html.raw(", ").number(verdict.unsigned()).raw(" after it, not signed yet");
      }
      html.raw(". <a href=\"#verification\">What that proves, and what not</a>.");
    } else {
      html.text(Words.count(verdict.problems().size(), "problem"));
      html.raw(" found. What the records below say may have been changed by somebody. ");
      html.raw("<a href=\"#verification\">Where the log is broken</a>.");
    }
    html.raw("</p>\n");
    if (verdict.minimum() > 0) {
      html.raw("<p>Entries below ").number(verdict.minimum());
      html.raw(" were pruned and are not part of this report.</p>\n");
    }
    if (!facts.trouble().isEmpty()) {
      html.raw("<p>Not all records could be read: ").text(facts.trouble()).raw("</p>\n");
    }
    if (story.unreadable > 0) {
      html.raw("<p>Entries that are no records: ").number(story.unreadable).raw(".</p>\n");
    }
    html.raw("</section>\n");
  }

  private void figures() {
    html.raw("<section class=\"figures\" aria-label=\"Totals\">\n");
    figure("grants", kind(Record.EventCase.GRANT_ISSUED), "grants", "");
    figure("renewals", kind(Record.EventCase.GRANT_RENEWED), "renewals", "");
    figure(
        "guarded",
        kind(Record.EventCase.GUARDED_ENTERED),
        "times guarded",
        Words.duration(story.guardedSeconds) + " past every input method");
    figure("actions-refused", story.actionsRefused, "actions refused", "had no effect");
    figure("tokens-refused", story.tokensRefused, "tokens refused", "forged, stale or foreign");
    figure("violations", story.violations, "watch findings", "undeclared channels");
    figure("overrides", story.overrideEvents.count(), "user overrides", "");
    figure(
        "starts",
        story.starts.count(),
        "broker starts",
        Words.count(story.crashes, "time") + " without a stop");
    html.raw("</section>\n");
  }

  private void figure(String id, long number, String what, String more) {
    html.raw("<div class=\"figure\"><b>").data(id, number).raw("</b> ").text(what);
    if (!more.isEmpty()) {
      html.raw("<small>").text(more).raw("</small>");
    }
    html.raw("</div>\n");
  }

  private void timeline() {
    html.section("timeline", "Who had the keys");
    if (story.timeline.isEmpty()) {
      html.raw("<p>Nothing is recorded.</p>\n");
    } else {
      new TimelineView(story, html).draw();
    }
    html.raw("</section>\n");
  }

  private void verification() {
    html.section("verification", "What was verified");
    list("problems", "Problems", facts.verdict().problems());
    list("proved", "Proved", facts.verdict().proved());
    list("unproved", "Not proved", facts.verdict().unproved());
    html.raw(
        "<p class=\"note\">To check this without trusting this page: <code>keywarden audit verify</code>");
    html.raw(
        " on a copy of the log, or any verifier of C2SP tlog-tiles, with a key and a checkpoint");
    html.raw(" that you kept yourself.</p>\n</section>\n");
  }

  private void list(String kind, String title, List<String> sentences) {
    if (sentences.isEmpty()) {
      return;
    }
    html.raw("<h3>").raw(title).raw("</h3>\n<ul class=\"").raw(kind).raw("\">\n");
    sentences.forEach(sentence -> html.raw("<li>").sentence(sentence).raw("</li>\n"));
    html.raw("</ul>\n");
  }

  private void log() {
    html.section("log", "The log itself");
    html.raw("<h3>Checkpoint</h3>\n<pre>")
        .lines(facts.checkpoint().lines().toList())
        .raw("</pre>\n");
    html.raw("<h3>Verifier keys</h3>\n<pre>").lines(facts.keys()).raw("</pre>\n");
    if (story.logEvents.count() > 0) {
      html.raw("<h3>Rotations and pruning</h3>\n");
      sections.eventTable(story.logEvents);
    }
    html.raw("</section>\n");
  }

  private void foot() {
    html.raw(
        "</main>\n<footer>\n<p>No record holds a key, a text, its length, or the time of a key.");
    html.raw(
        " What happens in a guarded field leaves only that it was entered and left. This page");
    html.raw(" loads nothing from anywhere and runs no script.</p>\n</footer>\n</body>\n</html>\n");
  }

  private long kind(Record.EventCase kind) {
    return story.kinds.getOrDefault(kind, 0L);
  }
}
