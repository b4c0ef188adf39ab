package org.keywarden.cli.report;

import java.util.List;
import org.keywarden.conformance.exam.Mark;

/** What was found of an input method, as a page of HTML with the look of the audit report. */
public final class ExamPage {
  private ExamPage() {}

  /** Returns the page. The same marks give the same bytes. */
  public static String of(String id, List<Mark> marks) {
    Html html = new Html();
    PageFrame.begin(html, "Check of " + id, "Keywarden input method check");
    long passed = marks.stream().filter(Mark::passed).count();
    boolean good = passed == marks.size();
    html.raw("<h1><bdi>").text(id).raw("</bdi></h1>\n</header>\n<main>\n");
    html.raw("<section class=\"banner ")
        .raw(good ? "holds" : "broken")
        .raw("\" id=\"verdict\">\n<h2>");
    html.raw(good ? "It does what it should" : "It does NOT do all it should").raw("</h2>\n<p>");
    html.data("passed", passed)
        .raw(" of ")
        .data("of", marks.size())
        .raw(" checks.</p>\n</section>\n");
    html.section("checks", "Checks");
    html.raw(
        "<table>\n<thead><tr><th>Check</th><th>Result</th><th>What was seen</th></tr></thead>");
    html.raw("\n<tbody>\n");
    for (Mark mark : marks) {
      html.raw("<tr>").element("td", mark.name());
      html.raw("<td>").raw(mark.passed() ? "passed" : "<strong>failed</strong>").raw("</td><td>");
      html.sentence(mark.observed()).raw("</td></tr>\n");
    }
    html.raw(
        "</tbody>\n</table>\n</section>\n</main>\n<footer>\n<p>The input method ran in its sandbox,");
    html.raw(" below a broker of its own. A check sees what an input method does, and not what it");
    html.raw(
        " would do. This page loads nothing from anywhere and runs no script.</p>\n</footer>\n");
    html.raw("</body>\n</html>\n");
    return html.toString();
  }
}
