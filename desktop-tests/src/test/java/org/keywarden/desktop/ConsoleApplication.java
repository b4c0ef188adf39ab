package org.keywarden.desktop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/** One of {@code src/test/apps/*.py}: reports on its standard output, obeys its standard input. */
final class ConsoleApplication implements Application {
  private final BufferedReader output;
  private final Writer orders;
  private volatile Fields fields = Fields.NONE;

  ConsoleApplication(Process process) {
    this.output = process.inputReader();
    this.orders = process.outputWriter();
    Thread.ofVirtual().start(this::read);
  }

  private void read() {
    try {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        fields = Fields.parse(line);
      }
    } catch (IOException closed) {
      // The application is gone; whoever waits for it sees no more of it.
      fields = Fields.NONE;
    }
  }

  @Override
  public Fields fields() {
    return fields;
  }

  @Override
  public void order(int serial, String field) {
    try {
      orders.write(serial + " focus " + field + "\n");
      orders.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
