package org.keywarden.benchmarks.result;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Rows of times as a picture (SVG): for each a line from the median over the 99th to the 99.9th
 * percentile, on a logarithmic scale. Readable on light and dark ground.
 */
final class Plot {
  private static final int WIDTH = 920;
  private static final int LEFT = 440;
  private static final int RIGHT = 30;
  private static final int ROW = 30;
  private static final int TITLE = 40;
  private static final int AXIS = 40;
  private static final int DECADE_FROM = 1;
  private static final int DECADE_TO = 5;
  private static final String INK = "#7a7f87";
  private static final String OURS = "#2f81f7";

  private final StringBuilder svg = new StringBuilder();
  private int y;

  private Plot() {}

  /**
   * @param rows in us
   * @param ours rows whose name begins like this stand out
   */
  static String of(List<Row> rows, String ours) {
    return new Plot().draw(rows, ours);
  }

  private String draw(List<Row> rows, String ours) {
    Map<String, List<Row>> groups = new LinkedHashMap<>();
    rows.forEach(
        row -> groups.computeIfAbsent(row.group(), g -> new java.util.ArrayList<>()).add(row));
    for (Map.Entry<String, List<Row>> group : groups.entrySet()) {
      y += TITLE;
      text(10, y - 12, "start", "bold", INK, group.getKey());
      group.getValue().forEach(row -> row(row, row.what().startsWith(ours) ? OURS : INK));
      axis();
    }
    text(
        10,
        y + 16,
        "start",
        "normal",
        INK,
        "dot: median, bar: 99 %, tick: 99.9 % of keys; us, logarithmic");
    int height = y + 30;
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                + " font-family=\"sans-serif\" font-size=\"13\">%n",
            WIDTH,
            height,
            WIDTH,
            height)
        + svg
        + "</svg>\n";
  }

  private void row(Row row, String colour) {
    Distribution values = row.values();
    int middle = y + ROW / 2;
    text(LEFT - 12, middle + 5, "end", "normal", colour, row.what());
    add(
        "<path d=\"M%1$.1f %2$dH%3$.1f\" stroke=\"%4$s\" stroke-width=\"2\"/>",
        x(values.p50()), middle, x(values.p999()), colour);
    add(
        "<path d=\"M%1$.1f %2$dH%3$.1f\" stroke=\"%4$s\" stroke-width=\"7\" stroke-opacity=\"0.55\"/>",
        x(values.p50()), middle, x(values.p99()), colour);
    add(
        "<path d=\"M%1$.1f %2$dv12\" stroke=\"%3$s\" stroke-width=\"2\"/>",
        x(values.p999()), middle - 6, colour);
    add(
        "<circle cx=\"%1$.1f\" cy=\"%2$d\" r=\"6\" fill=\"%3$s\"/>",
        x(values.p50()), middle, colour);
    text(
        x(values.p50()),
        middle - 10,
        "middle",
        "normal",
        colour,
        String.format(Locale.ROOT, values.p50() < 100 ? "%.1f" : "%.0f", values.p50()));
    y += ROW;
  }

  private void axis() {
    for (int decade = DECADE_FROM; decade <= DECADE_TO; decade++) {
      double at = x(Math.pow(10, decade));
      add("<path d=\"M%1$.1f %2$dv6\" stroke=\"%3$s\"/>", at, y + 4, INK);
      String unit = decade < 3 ? "%.0f us" : "%.0f ms";
      double value = Math.pow(10, decade < 3 ? decade : decade - 3);
      text(at, y + 24, "middle", "normal", INK, String.format(Locale.ROOT, unit, value));
    }
    add("<path d=\"M%1$d %2$dH%3$d\" stroke=\"%4$s\"/>", LEFT, y + 4, WIDTH - RIGHT, INK);
    y += AXIS;
  }

  private static double x(double micros) {
    double part = (Math.log10(micros) - DECADE_FROM) / (DECADE_TO - DECADE_FROM);
    return LEFT + Math.clamp(part, 0, 1) * (WIDTH - LEFT - RIGHT);
  }

  private void text(
      double x, int baseline, String anchor, String weight, String colour, String what) {
    add(
        "<text x=\"%1$.1f\" y=\"%2$d\" text-anchor=\"%3$s\" font-weight=\"%4$s\" fill=\"%5$s\">%6$s</text>",
        x, baseline, anchor, weight, colour, escaped(what));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
