package org.keywarden.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Chromium without a display. Whatever it asks the network for, it asks a proxy of ours. */
final class Chromium implements AutoCloseable {
  private static final long SECONDS = 120;

  /** Where the browser itself reports and looks for news, whatever the page. */
  private static final Pattern MAKER = Pattern.compile("[/.](google|googleapis)\\.com[:/]");

  private final Path home;
  private final ServerSocket proxy;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /**
   * What came of opening a page.
   *
   * @param out standard output
   * @param console what the page said, or what was said of it
   */
  record Opened(String out, List<String> console) {}

  Chromium(Path home) throws IOException {
    this.home = home;
    this.proxy = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::listen);
  }

  private void listen() {
    while (true) {
      try (Socket asking = proxy.accept();
          BufferedReader in =
              new BufferedReader(new InputStreamReader(asking.getInputStream(), UTF_8))) {
        String line = String.valueOf(in.readLine());
        if (!MAKER.matcher(line.replace("CONNECT ", "/")).find()) {
          asked.add(line);
        }
      } catch (IOException closed) {
        return;
      }
    }
  }

  /** First lines of requests for the network, but for the browser's own. */
  List<String> asked() {
    return asked;
  }

  Opened open(Path page, String... options) throws IOException, InterruptedException {
    Path out = Files.createTempFile(home, "out", "");
    Path err = Files.createTempFile(home, "err", "");
    List<String> command =
        new ArrayList<>(
            List.of(
                "chromium",
                "--headless",
                // The system's administrator may run these tests, and Chromium's own sandbox
                // refuses that.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-default-apps",
                "--hide-scrollbars",
                "--enable-logging=stderr",
                "--proxy-server=127.0.0.1:" + proxy.getLocalPort(),
                "--proxy-bypass-list=<-loopback>",
                "--user-data-dir=" + home.resolve("profile")));
    command.addAll(List.of(options));
    command.add(page.toUri().toString());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("HOME", home.toString());
    Process browser = builder.start();
    try {
      if (!browser.waitFor(SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("Chromium did not end: " + Files.readString(err));
      }
    } finally {
      browser.descendants().forEach(ProcessHandle::destroyForcibly);
      browser.destroyForcibly();
    }
    if (browser.exitValue() != 0) {
      throw new IOException("Chromium ended with " + browser.exitValue() + Files.readString(err));
    }
    return new Opened(
        Files.readString(out),
        Files.readString(err).lines().filter(line -> line.contains("CONSOLE")).toList());
  }

  @Override
  public void close() throws IOException {
    proxy.close();
  }
}
