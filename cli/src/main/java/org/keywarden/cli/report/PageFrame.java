package org.keywarden.cli.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/**
 * What pages begin with. They load nothing, run nothing and send nothing: their content security
 * policy says so to the browser.
 */
final class PageFrame {
  private PageFrame() {}

  /**
   * Begins a page, up to the line above its heading.
   *
   * @param kicker what kind of page it is, a constant of this program
   */
  static void begin(Html html, String title, String kicker) {
    String style = resource("report.css");
    html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ");
    html.raw("style-src 'sha256-")
        .raw(digest(style))
        .raw("'; base-uri 'none'; form-action 'none'\">\n");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
    html.raw("<meta name=\"referrer\" content=\"no-referrer\">\n");
    html.element("title", title).raw("\n<style>").raw(style);
    html.raw("</style>\n</head>\n<body>\n<header>\n<p class=\"kicker\">").raw(kicker);
    html.raw("</p>\n");
  }

  private static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(
            PageFrame.class.getResourceAsStream(name), "built without " + name)) {
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
