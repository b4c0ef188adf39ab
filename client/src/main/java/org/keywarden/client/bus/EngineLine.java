package org.keywarden.client.bus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.keywarden.ibus.object.IbusText;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Type;
import org.keywarden.ibus.wire.Value;

/**
 * An engine of IBus's as its host sees one: a program that connects to the bus it was told, takes
 * its component's name, and then does as it likes. One thread.
 */
public final class EngineLine implements AutoCloseable {
  /** Of every engine that is made. */
  public static final String PATH = "/org/freedesktop/IBus/Engine/1";

  public static final String INTERFACE = "org.freedesktop.IBus.Engine";

  private static final String PATH_OF_ADDRESS = "unix:path=";

  private final BusLine line;

  private EngineLine(BusLine line) {
    this.line = line;
  }

  /** What the engine does. */
  public interface Script {
    /**
     * A key is to be answered.
     *
     * @param keysym which
     * @param call to be answered with a boolean: whether the key is used
     */
    void key(EngineLine line, int keysym, Message call) throws IOException;

    /** It is called for something else; that is answered already. */
    void told(EngineLine line, Message call) throws IOException;

    /** A call of its own has its answer. */
    default void answered(EngineLine line, Message answer) throws IOException {}
  }

  /**
   * Connects and asks for the component's name.
   *
   * @param address what {@code IBUS_ADDRESS} says
   */
  public static EngineLine connect(String address, String component) throws IOException {
    String first = address.split(",", 2)[0];
    if (!first.startsWith(PATH_OF_ADDRESS)) {
      throw new IOException("no address of a socket: " + address);
    }
    EngineLine engine =
        new EngineLine(BusLine.greeted(Path.of(first.substring(PATH_OF_ADDRESS.length()))));
    engine.callBus("RequestName", new Value.Str(component), new Value.UInt32(0));
    return engine;
  }

  /** Serves until the bus ends the connection, which is an exception. */
  public void serve(Script script) throws IOException {
    while (true) {
      Message message = line.next();
      switch (message.kind()) {
        case CALL -> called(message, script);
        case RETURN, ERROR -> script.answered(this, message);
        case SIGNAL, OTHER -> {}
      }
    }
  }

  private void called(Message call, Script script) throws IOException {
    switch (String.valueOf(call.member())) {
      case "CreateEngine" -> send(call.reply(new Value.ObjectPath(PATH)));
      case "GetAll" ->
          send(
              call.reply(
                  new Value.Array(
                      new Type.Entry(Type.Basic.STRING, Type.Variant.VARIANT), List.of())));
      case "ProcessKeyEvent" ->
          script.key(
              this,
              call.body().getFirst() instanceof Value.UInt32 keysym ? keysym.value() : 0,
              call);
      default -> {
        if (call.wantsReply()) {
          send(call.reply());
        }
        script.told(this, call);
      }
    }
  }

  /** Answers a key. */
  public void answer(Message call, boolean used) throws IOException {
    send(call.reply(new Value.Bool(used)));
  }

  /** Commits a text. */
  public void commit(String text) throws IOException {
    signal("CommitText", IbusText.plain(text).toVariant());
  }

  /** Shows a text where the cursor is; none if it is empty. */
  public void preedit(String text) throws IOException {
    signal(
        "UpdatePreeditText",
        IbusText.plain(text).toVariant(),
        new Value.UInt32(text.codePointCount(0, text.length())),
        new Value.Bool(!text.isEmpty()),
        new Value.UInt32(0));
  }

  /** Says something as the engine. */
  public void signal(String member, Value... body) throws IOException {
    send(Message.signal(PATH, INTERFACE, member, body));
  }

  /** Calls the bus; nobody waits for its answer. */
  public void callBus(String member, Value... body) throws IOException {
    send(Message.call(IbusCalls.BUS, IbusCalls.BUS_PATH, IbusCalls.BUS, member, body));
  }

  /** Sends a message, with the next serial. */
  public void send(Message message) throws IOException {
    line.bytes(line.written(message));
  }

  @Override
  public void close() throws IOException {
    line.close();
  }
}
