package org.keywarden.desktop;

/** An application under test with its fields. Called by the test's thread. */
interface Application extends AutoCloseable {
  /** The newest it said. */
  Fields fields();

  /** Tells it to empty every field and to move the focus, without waiting. */
  void order(int serial, String field);

  @Override
  default void close() {}
}
