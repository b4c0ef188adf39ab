package org.keywarden.client.bus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/**
 * An application that types over IBus's protocol as GTK does: no toolkit, no display. Not
 * thread-safe.
 */
public final class IbusTyper implements AutoCloseable {
  private static final int KEYCODE = 30;

  private final BusLine line;
  private String context = "";
  private long composed;

  private IbusTyper(BusLine line) {
    this.line = line;
  }

  /**
   * Connects and says Hello.
   *
   * @param at the socket of the door or bus
   * @throws IOException if it is refused; the message has the answer
   */
  public static IbusTyper connect(Path at) throws IOException {
    return new IbusTyper(BusLine.greeted(at));
  }

  /** Makes an input context and focuses it. */
  public void focus() throws IOException {
    context = IbusCalls.contextIn(call(IbusCalls.newContext("gtk3-im:bench")));
    call(IbusCalls.on(context, "SetCapabilities", new Value.UInt32(IbusCalls.CAPABILITIES)));
    call(IbusCalls.type(context, 0, 0));
    call(IbusCalls.on(context, "FocusIn"));
  }

  /** Calls and waits for the answer. */
  public Message call(Message call) throws IOException {
    return line.answer(line.send(call), this::count);
  }

  private void count(Message message) {
    String member = message.member();
    if (member != null && (member.startsWith("UpdatePreeditText") || member.equals("CommitText"))) {
      composed++;
    }
  }

  /** Preedits and commits seen so far. */
  public long composed() {
    return composed;
  }

  /**
   * Types keys, one at a time.
   *
   * @param word key symbols, each pressed and released, over and over
   * @param events to send
   * @param gap between an answer and the next event, in ns
   * @return from each event's sending to its answer, in ns
   */
  public double[] type(int[] word, int events, long gap) throws IOException {
    double[] took = new double[events];
    for (int i = 0; i < events; i++) {
      int keysym = word[i / 2 % word.length];
      int state = i % 2 == 0 ? 0 : IbusCalls.RELEASE;
      if (gap > 0) {
        LockSupport.parkNanos(gap);
      }
      long start = System.nanoTime();
      Message answer = call(IbusCalls.key(context, keysym, KEYCODE, state));
      took[i] = System.nanoTime() - start;
      if (answer.kind() != Message.Kind.RETURN) {
        throw new IOException("a key was answered with " + answer.errorName());
      }
    }
    return took;
  }

  @Override
  public void close() throws IOException {
    line.close();
  }
}
