package org.keywarden.cli.report;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.keywarden.cli.report.Timeline.Column;

/** Draws a timeline: a strip of SVG for each lane, as wide as the page is. */
final class TimelineView {
  private static final int MOST_PLUGINS = 8;
  private static final int HEIGHT = 40;
  private static final double LEAST = 4;
  private static final int TICKS = 4;

  private final Story story;
  private final Timeline timeline;
  private final Html html;

  TimelineView(Story story, Html html) {
    this.story = story;
    this.timeline = story.timeline;
    this.html = html;
  }

  void draw() {
    html.raw("<figure class=\"timeline\">\n");
    lane("Broker ran", Words.count(story.starts.count(), "start"), "ran", story.running, true);
    int drawn = 0;
    for (Map.Entry<String, PluginTotal> row : story.plugins.rows()) {
      PluginTotal plugin = row.getValue();
      if (plugin.grants > 0 && drawn < MOST_PLUGINS) {
        drawn++;
        lane(
            Tables.plugin(row.getKey()),
            Words.count(plugin.grants, "grant"),
            "held",
            plugin.lane(),
            true);
      }
    }
    lane(
        "Guarded",
        Words.count(
            story.kinds.getOrDefault(
                org.keywarden.proto.audit.v1.Record.EventCase.GUARDED_ENTERED, 0L),
            "time"),
        "guarded",
        story.guarded,
        true);
    lane(
        "Refused",
        Words.count(Tally.sum(story.actionsRefused, story.tokensRefused), "time"),
        "refused",
        story.refused,
        false);
    lane(
        "Watch and quarantine",
        Words.count(story.findingEvents.count(), "finding"),
        "found",
        story.findings,
        false);
    lane(
        "Told by the user",
        Words.count(story.overrideEvents.count(), "time"),
        "told",
        story.overridden,
        false);
    axis();
    caption(drawn);
    html.raw("</figure>\n");
  }

  private void lane(String name, String total, String kind, Timeline.Lane lane, boolean byTime) {
    Map<Long, Column> columns = lane.columns();
    html.raw("<div class=\"lane\"><div class=\"name\"><bdi>").text(name).raw("</bdi> <span>");
    html.text(total).raw("</span></div>\n<svg class=\"strip ").raw(kind);
    html.raw("\" viewBox=\"0 0 " + timeline.columnCount() + " " + HEIGHT + "\"");
    html.raw(" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"");
    html.text(name).raw(", ").text(total).raw("\">");
    for (int tick = 1; tick < TICKS; tick++) {
      double x = timeline.columnCount() * (double) tick / TICKS;
      html.raw(
          String.format(
              Locale.ROOT, "<line x1=\"%.2f\" x2=\"%.2f\" y1=\"0\" y2=\"%d\"/>", x, x, HEIGHT));
    }
    double most =
        byTime
            ? timeline.columnSeconds()
            : columns.values().stream().mapToLong(Column::count).max().orElse(1);
    bars(columns, most, byTime);
    html.raw("</svg></div>\n");
  }

  /** Full columns side by side are one bar. */
  private void bars(Map<Long, Column> columns, double most, boolean byTime) {
    Iterator<Map.Entry<Long, Column>> left = List.copyOf(columns.entrySet()).iterator();
    Map.Entry<Long, Column> entry = left.hasNext() ? left.next() : null;
    while (entry != null) {
      long first = entry.getKey();
      long end = first + 1;
      Column column = entry.getValue();
      entry = left.hasNext() ? left.next() : null;
      while (isFull(column, byTime)
          && entry != null
          && entry.getKey() == end
          && isFull(entry.getValue(), byTime)) {
        end++;
        entry = left.hasNext() ? left.next() : null;
      }
      bar(first, end, column, most, byTime);
    }
  }

  private boolean isFull(Column column, boolean byTime) {
    return byTime && column.count() == 0 && column.seconds() >= timeline.columnSeconds();
  }

  private void bar(long first, long end, Column column, double most, boolean byTime) {
    double part = (byTime ? column.seconds() : column.count()) / most;
    double height = Math.max(LEAST, Math.min(1, part) * HEIGHT);
    html.raw(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" width=\"%d\" y=\"%.1f\" height=\"%.1f\"><title>",
            first,
            end - first,
            HEIGHT - height,
            height));
    html.text(Words.time(timeline.begin(first)) + " to " + Words.time(timeline.begin(end)));
    String often = column.count() == 0 ? "" : Words.count(column.count(), "time");
    String long_ = column.seconds() == 0 ? "" : Words.duration((end - first) * column.seconds());
    html.text(": " + often + (often.isEmpty() || long_.isEmpty() ? "" : ", ") + long_);
    html.raw("</title></rect>");
  }

  private void axis() {
    html.raw("<div class=\"axis\">");
    for (int tick = 0; tick <= TICKS; tick++) {
      long column = timeline.columnCount() * tick / TICKS;
      String[] time = Words.time(timeline.begin(column)).split(" ", 2);
      html.raw("<span>").text(time[0]).raw(" <b>").text(time[1]).raw("</b></span>");
    }
    html.raw("</div>\n");
  }

  private void caption(int drawn) {
    html.raw("<figcaption>Times are UTC. A column is ");
    html.text(Words.span(timeline.columnSeconds())).raw(" wide. The bars of the first ");
    html.number(drawn + 1L).raw(" strips and of “Guarded” are the part of a column's time; a");
    html.raw(" low bar may be less than a second. The others are how often, each strip to its own");
    html.raw(" scale.");
    long more =
        story.plugins.rows().stream().filter(row -> row.getValue().grants > 0).count() - drawn;
    if (more > 0) {
      html.text(" " + Words.count(more, "more input method") + " with fewer grants not drawn.");
    }
    html.raw("</figcaption>\n");
  }
}
