package org.keywarden.cli.console;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a command prints: plain tables for people, JSON for programs. */
public final class Output {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  /** Whether the user asked for JSON. */
  public boolean json() {
    return json;
  }

  /** Prints a message of the broker's as JSON (ProtoJSON, every field present). */
  public void print(MessageOrBuilder message) {
    try {
      printJson(JsonFormat.printer().alwaysPrintFieldsWithNoPresence().print(message));
    } catch (InvalidProtocolBufferException unprintable) {
      throw new IllegalStateException(unprintable);
    }
  }

  public void printJson(String text) {
    out().println(Text.visibleJson(text));
  }

  public void println(String line) {
    out().println(Text.visible(line));
  }

  /**
   * Prints a line that may be shown as it is, at once.
   *
   * @return whether anybody reads on
   */
  public boolean printOn(String line) {
    out().println(line);
    return !out().checkError();
  }

  /**
   * Prints rows in columns as wide as their widest cell, two blanks apart.
   *
   * @param header the first row, empty for none
   */
  public void table(List<String> header, List<List<String>> rows) {
    int[] widths = new int[header.isEmpty() ? rows.getFirst().size() : header.size()];
    widen(widths, header);
    rows.forEach(row -> widen(widths, row));
    if (!header.isEmpty()) {
      String line = line(widths, header);
      out().println(colour() ? "\u001b[1m" + line + "\u001b[0m" : line);
    }
    rows.forEach(row -> out().println(line(widths, row)));
  }

  private static void widen(int[] widths, List<String> row) {
    for (int i = 0; i < row.size(); i++) {
      widths[i] = Math.max(widths[i], Text.columns(Text.visible(row.get(i))));
    }
  }

  private static String line(int[] widths, List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String cell = Text.visible(row.get(i));
      line.append(cell).repeat(' ', widths[i] - Text.columns(cell) + 2);
    }
    return line.toString().stripTrailing();
  }

  private boolean colour() {
    return line().getColorScheme().ansi().enabled();
  }

  private PrintWriter out() {
    return line().getOut();
  }

  private CommandLine line() {
    return Objects.requireNonNull(spec).commandLine();
  }
}
