package org.keywarden.fleet.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import org.keywarden.proto.fleet.v1.Fault;
import org.keywarden.proto.fleet.v1.FaultKind;
import org.keywarden.proto.text.VisibleText;

/**
 * The page. It runs nothing and loads nothing but itself anew: its own content security policy says
 * so to the browser.
 */
public final class FleetPage {
  private static final String STYLE = resource("report.css");
  private static final int LONGEST = 200;

  private final FleetView view;
  private final StringBuilder html = new StringBuilder(1 << 14);

  private FleetPage(FleetView view) {
    this.view = view;
  }

  /** Returns the page's text. */
  public static String of(FleetView view) {
    FleetPage page = new FleetPage(view);
    page.head();
    page.banner();
    page.figures();
    page.noted();
    page.foot();
    return page.html.toString();
  }

  private FleetPage raw(String markup) {
    html.append(markup);
    return this;
  }

  /** Text from anywhere stays text. */
  private FleetPage text(String text) {
    String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    for (char each : VisibleText.of(shown).toCharArray()) {
      switch (each) {
        case '&' -> html.append("&amp;");
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '"' -> html.append("&quot;");
        case '\'' -> html.append("&#39;");
        default -> html.append(each);
      }
    }
    return this;
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis)
        .truncatedTo(ChronoUnit.SECONDS)
        .toString()
        .replace('T', ' ')
        .replace("Z", "");
  }

  private void head() {
    raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ");
    raw("style-src 'sha256-").raw(digest(STYLE));
    raw("'; base-uri 'none'; form-action 'none'\">\n");
    raw("<meta http-equiv=\"refresh\" content=\"10\">\n");
    raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
    raw("<meta name=\"referrer\" content=\"no-referrer\">\n");
    raw("<title>Keywarden fleet</title>\n<style>").raw(STYLE).raw("</style>\n</head>\n<body>\n");
    raw("<header>\n<p class=\"kicker\">Keywarden fleet</p>\n<h1>");
    raw(number(view.totals().logs())).raw(view.totals().logs() == 1 ? " log" : " logs");
    raw("</h1>\n<p class=\"sub\">As verified by ").raw(time(view.made()));
    raw(" UTC.</p>\n</header>\n<main>\n");
  }

  private void banner() {
    long failing = view.totals().failing();
    raw("<section class=\"banner ").raw(failing == 0 ? "holds" : "broken");
    raw("\" id=\"verdict\">\n<h2>");
    if (failing == 0) {
      raw("Every log holds</h2>\n<p>Each checkpoint is signed, extends the one before, and is of");
      raw(" the entries that came.</p>\n");
    } else {
      raw(number(failing)).raw(failing == 1 ? " log does" : " logs do").raw(" NOT hold</h2>\n");
      raw("<p>What these machines' logs say may have been changed by somebody.</p>\n");
    }
    raw("</section>\n");
  }

  private void figures() {
    FleetView.Totals totals = view.totals();
    raw("<section class=\"figures\" aria-label=\"Totals\">\n");
    figure("logs", totals.logs(), "logs");
    figure("failing", totals.failing(), "do not hold");
    figure("silent", totals.silent(), "silent");
    figure("with-findings", totals.withFindings(), "with findings");
    figure("entries", totals.entries(), "entries verified");
    figure("unsigned", totals.entries() - totals.signed(), "not under a checkpoint that held");
    figure("grants", totals.grants(), "grants");
    figure("crashes", totals.crashes(), "broker starts without a stop");
    raw("</section>\n");
  }

  private void figure(String id, long number, String what) {
    raw("<div class=\"figure\"><b><data id=\"").raw(id).raw("\" value=\"" + number + "\">");
    raw(number(number)).raw("</data></b> ").raw(what).raw("</div>\n");
  }

  private void noted() {
    raw("<section id=\"noted\">\n<h2>Logs to look at</h2>\n");
    if (view.failing().isEmpty()) {
      raw("<p class=\"none\">None.</p>\n</section>\n");
      return;
    }
    raw("<table>\n<thead><tr><th>Log</th><th>What</th><th class=\"n\">Times</th>");
    raw("<th>First heard</th><th>The newest</th></tr></thead>\n<tbody>\n");
    for (FleetView.Log log : view.failing()) {
      if (log.state().getSilent()) {
        row(log, "silent", 1, log.state().getHeard(), "last heard then");
      }
      for (Fault fault : log.state().getFaultsList()) {
        row(log, word(fault), fault.getCount(), fault.getFirstHeard(), fault.getWhat());
      }
    }
    raw("</tbody>\n</table>\n</section>\n");
  }

  private void row(FleetView.Log log, String what, long count, long time, String newest) {
    raw("<tr><td data-label=\"Log\"><bdi><code>").text(log.origin()).raw("</code></bdi></td>");
    raw("<td data-label=\"What\"><strong>").text(what).raw("</strong></td>");
    raw("<td class=\"n\" data-label=\"Times\">").raw(number(count)).raw("</td>");
    raw("<td data-label=\"First heard\">").raw(time(time)).raw("</td>");
    raw("<td data-label=\"The newest\">").text(newest).raw("</td></tr>\n");
  }

  /** A fault's kind in words. */
  static String word(Fault fault) {
    return fault.getKind() == FaultKind.FAULT_KIND_FINDING
        ? "finding: " + fault.getRule()
        : word(fault.getKind());
  }

  /** A kind in words. */
  public static String word(FaultKind kind) {
    return kind.name().replace("FAULT_KIND_", "").replace('_', ' ').toLowerCase(Locale.ROOT);
  }

  private void foot() {
    raw("</main>\n<footer>\n<p>No record holds a key, a text, its length, or the time of a key.");
    raw(
        " Of applications only commitments are here. As JSON: <a href=\"/api/failing\">failing</a>,");
    raw(" <a href=\"/api/totals\">totals</a>.</p>\n</footer>\n</body>\n</html>\n");
  }

  private static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(
            FleetPage.class.getResourceAsStream(name), "built without " + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(name, e);
    }
  }

  private static String digest(String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
