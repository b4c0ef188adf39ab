package org.keywarden.cli.report;

import java.util.List;
import java.util.function.Consumer;

/** Tables of the report. On a narrow page each row becomes a list of its cells. */
final class Tables {
  private final Html html;

  Tables(Html html) {
    this.html = html;
  }

  /** A cell: writes itself. */
  interface Cell extends Consumer<Html> {}

  /** A column's heading. */
  record Heading(String text, boolean number) {
    static Heading text(String text) {
      return new Heading(text, false);
    }

    static Heading number(String text) {
      return new Heading(text, true);
    }
  }

  static Cell number(long number) {
    return html -> html.number(number);
  }

  /** A number that is nothing to worry about only if it is 0. */
  static Cell worry(long number) {
    return number == 0
        ? number(number)
        : html -> html.raw("<strong>").number(number).raw("</strong>");
  }

  static Cell data(String id, long number) {
    return html -> html.data(id, number);
  }

  /** Text from the log. */
  static Cell text(String text) {
    return html -> html.element("bdi", text);
  }

  static Cell code(String text) {
    return html -> html.element("code", text);
  }

  /** An input method's id as the log has it. */
  static String plugin(String id) {
    return id.isEmpty() ? "(not named in the log)" : id;
  }

  void table(List<Heading> headings, List<List<Cell>> rows) {
    html.raw("<table><thead><tr>");
    for (Heading heading : headings) {
      html.raw(heading.number() ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">");
      html.text(heading.text()).raw("</th>");
    }
    html.raw("</tr></thead><tbody>\n");
    rows.forEach(row -> row(headings, row));
    html.raw("</tbody></table>\n");
  }

  private void row(List<Heading> headings, List<Cell> row) {
    html.raw("<tr>");
    for (int i = 0; i < row.size(); i++) {
      Heading heading = headings.get(i);
      html.raw("<td data-label=\"").text(heading.text());
      html.raw(heading.number() ? "\" class=\"n\"><span>" : "\"><span>");
      row.get(i).accept(html);
      html.raw("</span></td>");
    }
    html.raw("</tr>\n");
  }
}
