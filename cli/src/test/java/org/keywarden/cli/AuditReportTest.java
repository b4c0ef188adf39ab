package org.keywarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.proto.audit.v1.ActionRefusal;
import org.keywarden.proto.audit.v1.UserOverride;

/** The page that {@code keywarden audit report} writes. */
final class AuditReportTest {
  private static final Pattern TAG = Pattern.compile("<([a-zA-Z!?/][^\\s>]*)");
  private static final Set<String> TAGS =
      Set.of(
          "!DOCTYPE",
          "html",
          "head",
          "meta",
          "title",
          "style",
          "body",
          "header",
          "main",
          "footer",
          "section",
          "h1",
          "h2",
          "h3",
          "p",
          "a",
          "div",
          "span",
          "b",
          "small",
          "data",
          "figure",
          "figcaption",
          "svg",
          "line",
          "rect",
          "table",
          "thead",
          "tbody",
          "tr",
          "th",
          "td",
          "bdi",
          "code",
          "pre",
          "ul",
          "li",
          "details",
          "summary",
          "strong");

  @TempDir private Path work;

  private Outcome audit(String... words) {
    String[] all = new String[words.length + 2];
    all[0] = "audit";
    System.arraycopy(words, 0, all, 1, words.length);
    all[all.length - 1] = "--state-dir=" + work.resolve("state");
    return Outcome.of(all);
  }

  private SampleLog log() throws IOException {
    return new SampleLog(work.resolve("state"));
  }

  private String page(String... words) {
    String[] all = java.util.Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--out=-";
    all[words.length + 1] = "--time=2026-06-01T12:00:00Z";
    String[] named = new String[all.length + 1];
    named[0] = "report";
    System.arraycopy(all, 0, named, 1, all.length);
    Outcome done = audit(named);
    assertEquals("", done.err());
    return done.out();
  }

  @Test
  void theSameLogAndTimeGiveTheSameBytes() throws IOException {
    try (SampleLog log = log()) {
      log.days();
    }
    String page = page();
    assertEquals(page, page());
    assertTrue(page.contains("Made 2026-06-01 12:00:00 UTC"), "the time given");
  }

  @Test
  void nothingInTheLogIsMarkup() throws IOException {
    String[] names = {
      "<script>alert(1)</script>",
      "]]><svg onload=alert(1)>",
      "\"' onmouseover=alert(1) x='",
      "</style></title></table><h1>The log holds</h1>",
      "&lt;script&gt;",
      "kana\u202egnp.exe\u2066\u200f\u0000\u001b[31m\u2028x",
      "a".repeat(20_000),
      "\u0301".repeat(500),
    };
    try (SampleLog log = log()) {
      log.begin();
      int instance = 0;
      for (String name : names) {
        log.register(++instance, name);
        log.close(
            log.grant(instance, name, name, 0),
            org.keywarden.proto.audit.v1.CloseReason.CLOSE_REASON_FOCUS_LOST);
        log.refuse(instance, ActionRefusal.ACTION_REFUSAL_NO_CAUSE, 1);
        log.refuseToken(instance, name, 2);
        log.violate(instance, name);
        log.quarantine(name);
        log.choose(UserOverride.newBuilder().setPlugin(name));
        log.allow(name);
      }
      log.stop();
    }
    String page = page("--reveal");
    Set<String> tags = new TreeSet<>();
    Matcher tag = TAG.matcher(page.replaceAll("(?s)<style>.*?</style>", ""));
    while (tag.find()) {
      tags.add(tag.group(1).replaceFirst("^/", "").replaceFirst("/$", ""));
    }
    tags.removeAll(TAGS);
    assertEquals(Set.of(), tags);
    assertEquals(1, page.split("<h1>", -1).length - 1, "headings of the first level");
    assertFalse(
        page.matches("(?s).*[\u202a-\u202e\u2066-\u2069\u200e\u200f\u2028\u2029\u0000\u001b].*"));
    String unquoted = page.replaceAll("=\"[^\"]*\"", "=\"\"");
    assertFalse(Pattern.compile("<[^>]* on[a-z]+=").matcher(unquoted).find(), "no handler");
    assertTrue(page.contains("&amp;lt;script&amp;gt;"), "escaped once more, not less");
    assertTrue(page.contains("\\u{202e}"), "what turns the direction is shown");
    assertTrue(page.contains("(20000 characters)"), "cut");
    assertTrue(page.length() < 100_000, "length " + page.length());
  }

  @Test
  void applicationsAreNamedOnlyWhenAsked() throws IOException {
    try (SampleLog log = log()) {
      log.days();
    }
    assertFalse(page().contains("TextEditor"));
    String revealed = page("--reveal");
    assertTrue(revealed.contains("<bdi>org.gnome.TextEditor</bdi>"));
    assertTrue(revealed.contains("allowed an application to compose: /usr/bin/xterm"));
    assertTrue(revealed.contains("This page names applications."));
  }

  @Test
  void whereTheLogIsBrokenIsOnThePage() throws IOException {
    try (SampleLog log = log()) {
      log.days();
    }
    Path bundle = work.resolve("state/log/tile/entries/003");
    byte[] bytes = Files.readAllBytes(bundle);
    bytes[9] ^= 1;
    Files.write(bundle, bytes);
    Path file = work.resolve("broken.html");
    Outcome done = audit("report", "--out=" + file);
    assertEquals(1, done.exitCode());
    assertTrue(done.out().startsWith("The log does NOT hold. Wrote " + file), done.out());
    String page = Files.readString(file);
    assertTrue(page.contains("<h2>The log does NOT hold</h2>"));
    assertTrue(page.contains("entry 768 in tile/entries/003"), "the place");
    assertFalse(page.contains("<h3>Proved</h3>"));
    Files.delete(bundle);
    assertTrue(page().contains("Not all records could be read"), "what is left is told");
  }

  @Test
  void anEmptyLogIsAReportToo() throws IOException {
    log().close();
    String page = page();
    assertTrue(page.contains("No records."), page);
    assertTrue(page.contains("<h2>The log holds</h2>"), page);
  }

  @Test
  void theFileIsTheOwnersAndReplacesOnlyFiles() throws IOException {
    log().close();
    Path file = work.resolve("report.html");
    Files.writeString(file, "earlier");
    assertEquals(0, audit("report", "--out=" + file).exitCode());
    assertTrue(Files.readString(file).startsWith("<!DOCTYPE html>"));
    assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
    Path link = work.resolve("link.html");
    Files.createSymbolicLink(link, file);
    Files.writeString(file, "");
    assertEquals(0, audit("report", "--out=" + link).exitCode());
    assertTrue(Files.isSymbolicLink(link), "a link stays one");
    assertNotEquals(0, Files.size(file));
    assertEquals(66, audit("report", "--out=" + work.resolve("none/report.html")).exitCode());
    assertEquals(64, audit("report", "--time=now").exitCode());
  }
}
