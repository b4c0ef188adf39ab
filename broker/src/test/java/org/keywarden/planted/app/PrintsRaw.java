package org.keywarden.planted.app;

final class PrintsRaw {
  private PrintsRaw() {}

  static void print(String text) {
    System.err.println(text);
  }
}
