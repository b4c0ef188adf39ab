package org.keywarden.accessibility;

import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.keywarden.ibus.wire.Message;

/** A message bus, as far as its client needs it. */
interface Bus {
  /** The bus itself, among its clients. */
  String BUS = "org.freedesktop.DBus";

  String BUS_PATH = "/org/freedesktop/DBus";

  /**
   * Calls, and goes on.
   *
   * @param answer taken later, on the same thread; may be an error, may never come
   * @throws UncheckedIOException if the connection is over
   */
  void call(Message call, Consumer<Message> answer);

  /** A client has left: it answers no more. */
  void forget(String client);
}
