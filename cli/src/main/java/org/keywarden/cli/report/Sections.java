package org.keywarden.cli.report;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.keywarden.cli.report.Tables.Cell;
import org.keywarden.cli.report.Tables.Heading;
import org.keywarden.proto.audit.v1.CloseReason;

/** What the records add up to, section by section. */
final class Sections {
  private static final int MOST_ROWS = 100;

  private final Story story;
  private final boolean revealed;
  private final Html html;
  private final Tables tables;

  /**
   * @param revealed whether the owner opened the names of applications
   */
  Sections(Story story, boolean revealed, Html html) {
    this.story = story;
    this.revealed = revealed;
    this.html = html;
    this.tables = new Tables(html);
  }

  private void section(String id, String title) {
    html.section(id, title);
  }

  void plugins() {
    section("plugins", "Input methods");
    List<List<Cell>> rows = new ArrayList<>();
    story.plugins.rows().stream()
        .limit(MOST_ROWS)
        .forEach(row -> rows.add(row(Tables.plugin(row.getKey()), row.getValue())));
    if (story.plugins.hasOthers()) {
      rows.add(row("(others together)", story.plugins.others()));
    }
    if (rows.isEmpty()) {
      none("No input method is named in the log.");
      return;
    }
    tables.table(
        List.of(
            Heading.text("Input method"),
            Heading.number("Grants"),
            Heading.number("Derived"),
            Heading.number("Renewals"),
            Heading.number("Had keys"),
            Heading.number("Actions refused"),
            Heading.number("Tokens refused"),
            Heading.number("Watch findings"),
            Heading.number("Stopped"),
            Heading.number("Runs"),
            Heading.number("Quarantined")),
        rows);
    html.raw(
        "<p class=\"note\">“Had keys” is how long a grant was open, in h:mm:ss; the log's times");
    html.raw(
        " are whole seconds. “Derived” grants are part of “Grants” and lie within another's time.");
    html.raw(" “Stopped” is how often it was stopped while keys of a guarded field were typed.");
    cut(story.plugins.size(), "input methods with most grants");
    html.raw("</p>\n</section>\n");
  }

  private static List<Cell> row(String name, PluginTotal total) {
    return List.of(
        Tables.text(name),
        Tables.number(total.grants),
        Tables.number(total.derived),
        Tables.number(total.renewals),
        html -> html.text(Words.duration(total.heldSeconds)),
        Tables.worry(total.actionsRefused),
        Tables.worry(total.tokensRefused),
        Tables.worry(total.violations),
        html -> {
          html.number(total.frozen);
          if (total.unconfirmed > 0) {
            html.raw(" (").number(total.unconfirmed).raw(" not confirmed)");
          }
        },
        Tables.number(total.registered),
        Tables.worry(total.quarantined));
  }

  private void cut(int size, String what) {
    if (size > MOST_ROWS) {
      html.raw(" Shown are the ").number(MOST_ROWS).raw(" ").raw(what).raw(".");
    }
  }

  private void none(String sentence) {
    html.raw("<p class=\"none\">").raw(sentence).raw("</p>\n</section>\n");
  }

  void applications() {
    section("applications", "Applications");
    List<List<Cell>> rows = new ArrayList<>();
    story.applications.rows().stream()
        .limit(MOST_ROWS)
        .forEach(row -> rows.add(application(row.getKey(), row.getValue())));
    if (story.applications.hasOthers()) {
      ApplicationTotal others = story.applications.others();
      List<Cell> row = new ArrayList<>(application(ByteString.EMPTY, others));
      row.set(0, Tables.text("(others together)"));
      rows.add(row);
    }
    if (rows.isEmpty()) {
      none("No grant is recorded.");
      return;
    }
    List<Heading> headings =
        new ArrayList<>(
            List.of(
                Heading.text("Commitment"),
                Heading.number("Grants"),
                Heading.number("Had keys"),
                Heading.text("Input methods")));
    if (revealed) {
      headings.add(1, Heading.text("Name"));
    }
    tables.table(headings, rows);
    html.raw(
        "<p class=\"note\">A commitment is the same for the same application in this log, and");
    html.raw(
        revealed
            ? " was opened here with the owner's key. <strong>This page names applications.</strong>"
            : " only the log's owner can name it: <code>keywarden audit reveal ENTRY</code>.");
    cut(story.applications.size(), "applications with most grants");
    html.raw("</p>\n</section>\n");
  }

  private List<Cell> application(ByteString commitment, ApplicationTotal total) {
    List<Cell> cells = new ArrayList<>();
    cells.add(Tables.code(Story.hex(commitment)));
    if (revealed) {
      cells.add(Tables.text(total.name().isEmpty() ? "(not this owner's)" : total.name()));
    }
    cells.add(Tables.number(total.grants));
    cells.add(html -> html.text(Words.duration(total.heldSeconds)));
    cells.add(
        html -> {
          String separator = "";
          for (String plugin : total.plugins()) {
            html.raw(separator).element("bdi", plugin);
            separator = ", ";
          }
        });
    return cells;
  }

  void closes() {
    section("closes", "Why grants ended");
    List<List<Cell>> rows = new ArrayList<>();
    long whole = story.closes.values().stream().mapToLong(Long::longValue).sum();
    for (Map.Entry<CloseReason, Long> close : story.closes.entrySet()) {
      rows.add(
          List.of(
              Tables.text(Story.plain(close.getKey().name(), "CLOSE_REASON_")),
              Tables.number(close.getValue()),
              html -> share(html, close.getValue(), whole)));
    }
    if (rows.isEmpty()) {
      none("No grant has ended.");
      return;
    }
    tables.table(
        List.of(Heading.text("Reason"), Heading.number("Grants"), Heading.text("Share")), rows);
    html.raw("</section>\n");
  }

  private static void share(Html html, long part, long whole) {
    html.raw(
        "<svg class=\"share\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
    html.raw(
        "<rect width=\""
            + Math.max(1, 100 * part / Math.max(1, whole))
            + "\" height=\"8\"/></svg>");
  }

  void refusals() {
    section("refusals", "Refused");
    List<List<Cell>> rows = new ArrayList<>();
    story.refusals.rows().stream()
        .limit(MOST_ROWS)
        .forEach(
            row ->
                rows.add(
                    List.of(
                        Tables.text(Tables.plugin(row.getKey().plugin())),
                        Tables.text(row.getKey().kind()),
                        Tables.number(row.getValue().count()))));
    if (rows.isEmpty()) {
      none("No action and no token was refused.");
      return;
    }
    if (story.refusals.hasOthers()) {
      rows.add(
          List.of(
              Tables.text("(others together)"),
              Tables.text(""),
              Tables.number(story.refusals.others().count())));
    }
    tables.table(
        List.of(
            Heading.text("Input method"),
            Heading.text("What was refused"),
            Heading.number("Times")),
        rows);
    html.raw("<details><summary>When: ");
    newest(story.refusalEvents);
    html.raw("</summary>\n");
    eventTable(story.refusalEvents);
    html.raw("</details>\n</section>\n");
  }

  private void newest(Newest<?> list) {
    html.text(Words.count(list.count(), "record"));
    if (list.count() > list.kept().size()) {
      html.raw(", the newest ").number(list.kept().size()).raw(" shown");
    }
  }

  void events(String id, String title, Newest<Story.Event> events) {
    section(id, title);
    if (events.count() == 0) {
      none("Nothing.");
      return;
    }
    html.raw("<p class=\"note\">");
    newest(events);
    html.raw(".</p>\n");
    eventTable(events);
    html.raw("</section>\n");
  }

  void eventTable(Newest<Story.Event> events) {
    boolean named = events.kept().stream().anyMatch(event -> !event.who().isEmpty());
    List<Heading> headings =
        new ArrayList<>(
            List.of(Heading.number("Entry"), Heading.text("Time (UTC)"), Heading.text("What")));
    if (named) {
      headings.add(2, Heading.text("Input method"));
    }
    List<List<Cell>> rows = new ArrayList<>();
    for (Story.Event event : events.kept()) {
      List<Cell> cells =
          new ArrayList<>(
              List.of(
                  Tables.number(event.entry()),
                  html -> html.text(Words.time(event.time())),
                  Tables.text(event.what())));
      if (named) {
        cells.add(2, Tables.text(Tables.plugin(event.who())));
      }
      rows.add(cells);
    }
    tables.table(headings, rows);
  }

  void starts() {
    section("starts", "Starts of the broker");
    if (story.starts.count() == 0) {
      none("None is recorded.");
      return;
    }
    List<List<Cell>> rows = new ArrayList<>();
    for (BrokerStart start : story.starts.kept()) {
      rows.add(
          List.of(
              html -> {
                html.text(start.beganEarlier() ? "before " : "").text(Words.time(start.began()));
              },
              html -> html.text(Words.time(start.last())),
              Tables.text(start.end().text()),
              Tables.text(start.version()),
              Tables.number(start.grants()),
              Tables.number(start.droppedBytes())));
    }
    html.raw("<p class=\"note\">");
    newest(story.starts);
    html.raw(".</p>\n");
    tables.table(
        List.of(
            Heading.text("Began (UTC)"),
            Heading.text("Last record (UTC)"),
            Heading.text("End"),
            Heading.text("Version"),
            Heading.number("Grants"),
            Heading.number("Bytes cut off")),
        rows);
    html.raw(
        "<p class=\"note\">A start without a stop is a crash or a power cut: its grants ended with");
    html.raw(
        " it, since tokens live in the broker's memory. “Bytes cut off” were at the end of the");
    html.raw(" write-ahead log and never confirmed to anybody.</p>\n</section>\n");
  }

  void kinds() {
    section("kinds", "Records by kind");
    List<List<Cell>> rows = new ArrayList<>();
    story.kinds.forEach(
        (kind, count) -> {
          String name = kind.name().toLowerCase(Locale.ROOT);
          rows.add(
              List.of(Tables.text(name.replace('_', ' ')), Tables.data("kind-" + name, count)));
        });
    tables.table(List.of(Heading.text("Kind"), Heading.number("Records")), rows);
    html.raw("</section>\n");
  }
}
