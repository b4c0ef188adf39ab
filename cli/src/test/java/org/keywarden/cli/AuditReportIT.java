package org.keywarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report in a real browser. Pictures of it are left in {@code target/report}. */
final class AuditReportIT {
  private static final Path PICTURES = Path.of("target", "report").toAbsolutePath();
  private static final Pattern DATA =
      Pattern.compile("<data id=\"([a-z_-]+)\" value=\"(\\d+)\">([0-9,]+)</data>");
  private static final Pattern ROW =
      Pattern.compile(
          "<td data-label=\"Input method\"><span><bdi>([^<]*)</bdi></span></td>"
              + "<td data-label=\"Grants\" class=\"n\"><span>([0-9,]+)</span></td>");

  @TempDir private Path work;
  private Chromium chromium;
  private Path page = Path.of("");

  @BeforeEach
  void write() throws IOException {
    try (SampleLog log = new SampleLog(work.resolve("state"))) {
      log.days();
    }
    page = work.resolve("report.html");
    Outcome made = audit("report", "--out=" + page, "--time=2026-06-01T12:00:00Z");
    assertEquals(0, made.exitCode(), made.err());
    chromium = new Chromium(Files.createDirectories(work.resolve("home")));
    Files.createDirectories(PICTURES);
  }

  @AfterEach
  void close() throws IOException {
    chromium.close();
  }

  private Outcome audit(String... words) {
    String[] all = new String[words.length + 2];
    all[0] = "audit";
    System.arraycopy(words, 0, all, 1, words.length);
    all[all.length - 1] = "--state-dir=" + work.resolve("state");
    return Outcome.of(all);
  }

  @Test
  void itsTotalsAreThoseOfTheExportAndItAsksForNothing() throws Exception {
    Chromium.Opened opened = chromium.open(page, "--dump-dom");
    assertEquals(List.of(), opened.console());
    assertEquals(List.of(), chromium.asked());
    Map<String, Long> shown = new HashMap<>();
    Matcher data = DATA.matcher(opened.out());
    while (data.find()) {
      shown.put(data.group(1), Long.parseLong(data.group(2)));
      assertEquals(data.group(2), data.group(3).replace(",", ""), "what is read and what is meant");
    }
    assertEquals(totalsOfTheExport(), shown);
    Map<String, Long> grants = new HashMap<>();
    Matcher row = ROW.matcher(opened.out());
    while (row.find()) {
      grants.put(row.group(1), Long.parseLong(row.group(2).replace(",", "")));
    }
    assertEquals(grantsOfTheExport(), grants);
  }

  private Map<String, Long> totalsOfTheExport() {
    Map<String, Long> totals = new HashMap<>();
    for (String each :
        List.of(
            "grants",
            "renewals",
            "guarded",
            "actions-refused",
            "tokens-refused",
            "violations",
            "overrides",
            "starts")) {
      totals.put(each, 0L);
    }
    records()
        .forEach(
            record -> {
              String kind =
                  record.keySet().stream()
                      .filter(key -> !List.of("entry", "time", "start").contains(key))
                      .findFirst()
                      .orElseThrow();
              totals.merge("kind-" + snake(kind), 1L, Long::sum);
              switch (kind) {
                case "grantIssued" -> totals.merge("grants", 1L, Long::sum);
                case "grantRenewed" -> totals.merge("renewals", 1L, Long::sum);
                case "guardedEntered" -> totals.merge("guarded", 1L, Long::sum);
                case "watchViolation" -> totals.merge("violations", 1L, Long::sum);
                case "userOverride" -> totals.merge("overrides", 1L, Long::sum);
                case "brokerStarted" -> totals.merge("starts", 1L, Long::sum);
                case "actionsRefused" ->
                    totals.merge("actions-refused", countOf(record, kind), Long::sum);
                case "presentationsRefused" ->
                    totals.merge("tokens-refused", countOf(record, kind), Long::sum);
                default -> {}
              }
            });
    return totals;
  }

  private static long countOf(JsonObject record, String kind) {
    return record.getAsJsonObject(kind).get("count").getAsLong();
  }

  private static String snake(String camel) {
    return camel.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private List<JsonObject> records() {
    return audit("export")
        .out()
        .lines()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .toList();
  }

  private Map<String, Long> grantsOfTheExport() {
    Map<String, Long> grants = new HashMap<>();
    for (JsonObject record : records()) {
      if (record.has("grantIssued")) {
        String plugin = record.getAsJsonObject("grantIssued").get("plugin").getAsString();
        grants.merge(plugin.replace("<", "&lt;").replace(">", "&gt;"), 1L, Long::sum);
      }
    }
    return grants;
  }

  @Test
  void theBrowserWouldTellOfARequestAndOfAnError() throws Exception {
    Path other = work.resolve("other.html");
    Files.writeString(
        other,
        Files.readString(page)
            .replaceFirst("<meta http-equiv=[^>]*>", "")
            .replace(
                "</main>", "<img src=\"http://log.test/x\"><script>undefined.x</script></main>"));
    Chromium.Opened opened = chromium.open(other, "--dump-dom");
    assertEquals(1, chromium.asked().size(), chromium.asked().toString());
    assertTrue(opened.console().toString().contains("TypeError"), opened.console().toString());
  }

  @Test
  void theBrowserRefusesWhateverCouldBeAddedToThePage() throws Exception {
    Path other = work.resolve("other.html");
    Files.writeString(
        other,
        Files.readString(page)
            .replace(
                "</main>",
                "<img src=\"http://log.test/x\"><style>p{}</style>"
                    + "<script>document.title='ran'</script></main>"));
    Chromium.Opened opened = chromium.open(other, "--dump-dom");
    assertEquals(List.of(), chromium.asked());
    assertEquals(3, opened.console().size(), opened.console().toString());
    assertFalse(opened.out().contains("<title>ran</title>"));
  }

  @Test
  void picturesAreLeftForPeople() throws Exception {
    picture("1280-light.png", "--window-size=1280,5200", "--blink-settings=preferredColorScheme=1");
    picture("1280-dark.png", "--window-size=1280,5200", "--blink-settings=preferredColorScheme=0");
    picture("400-light.png", "--window-size=400,9000", "--blink-settings=preferredColorScheme=1");
    Path paper = PICTURES.resolve("paper.pdf");
    Files.deleteIfExists(paper);
    chromium.open(page, "--print-to-pdf=" + paper, "--no-pdf-header-footer");
    assertTrue(Files.size(paper) > 10_000, "a printed report");
    Files.copy(
        page, PICTURES.resolve("report.html"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertEquals(List.of(), chromium.asked());
  }

  private void picture(String name, String... options) throws IOException, InterruptedException {
    Path file = PICTURES.resolve(name);
    Files.deleteIfExists(file);
    String[] all = java.util.Arrays.copyOf(options, options.length + 1);
    all[options.length] = "--screenshot=" + file;
    Chromium.Opened opened = chromium.open(page, all);
    assertEquals(List.of(), opened.console());
    assertTrue(Files.size(file) > 20_000, name + " is no picture of a page");
  }
}
