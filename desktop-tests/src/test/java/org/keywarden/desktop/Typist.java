package org.keywarden.desktop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;

/** A script that types into a compositor by the compositor's own means, a line an order. */
final class Typist {
  private final Path logs;
  private final BufferedReader answers;
  private final Writer orders;

  private Typist(Path logs, Process process) {
    this.logs = logs;
    this.answers = process.inputReader();
    this.orders = process.outputWriter();
  }

  static Typist start(Desktop desktop, String script) throws IOException {
    return new Typist(
        desktop.logs(),
        desktop.run("typist", "/usr/bin/python3", Session.script(script).toString()));
  }

  void awaitReady() throws IOException {
    if (!answer().equals("ready")) {
      throw new IOException("nothing types; see typist.log in " + logs);
    }
  }

  private String answer() {
    try {
      return String.valueOf(answers.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has it do something, and waits until that is done. */
  void order(String line) {
    try {
      orders.write(line + "\n");
      orders.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String answer = answer();
    if (!answer.equals("typed")) {
      throw new AssertionError("not typed: " + answer);
    }
  }

  /**
   * Presses and lets go of keys.
   *
   * @param pause between them, in ms
   */
  void press(int pause, List<String> keys) {
    order(pause + " " + String.join(" ", keys));
  }
}
