package org.keywarden.ibus.wire;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keywarden.ibus.object.IbusText;

/**
 * What the messages of one key leave to the garbage collector. These are counts: they depend on the
 * code, not on the machine or its load. One that grows past its bound fails here.
 */
final class AllocationTest {
  private static final int ROUNDS = 2_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final String CONTEXT = "/org/freedesktop/IBus/InputContext_1";
  private static final String INTERFACE = "org.freedesktop.IBus.InputContext";

  private interface Step {
    Object run() throws Malformed;
  }

  @Test
  void aKeyReadFromTheApplication() throws Malformed {
    byte[] key =
        MessageCodec.write(
            Message.call(
                    ":1.1",
                    CONTEXT,
                    INTERFACE,
                    "ProcessKeyEvent",
                    new Value.UInt32('a'),
                    new Value.UInt32(30),
                    new Value.UInt32(0))
                .from(":1.7")
                .numbered(7));
    ByteBuffer bytes = ByteBuffer.wrap(key);
    assertAtMost(352, () -> MessageCodec.read(bytes));
  }

  @Test
  void theAnswerToIt() throws Malformed {
    Message asked =
        Message.call(":1.1", CONTEXT, INTERFACE, "ProcessKeyEvent").numbered(7).from(":1.7");
    Value handled = new Value.Bool(true);
    assertAtMost(
        296,
        () -> MessageCodec.write(asked.reply(handled).from("org.freedesktop.IBus").numbered(9)));
  }

  @Test
  void thePreeditThatItChanges() throws Malformed {
    assertAtMost(
        800,
        () ->
            MessageCodec.write(
                Message.signal(
                        CONTEXT,
                        INTERFACE,
                        "UpdatePreeditText",
                        IbusText.plain("か").toVariant(),
                        new Value.UInt32(1),
                        new Value.Bool(true))
                    .to(":1.7")
                    .numbered(9)));
  }

  private static void assertAtMost(int bytes, Step step) throws Malformed {
    run(step);
    long each = run(step);
    assertTrue(each <= bytes, () -> each + " bytes, not at most " + bytes);
  }

  private static long run(Step step) throws Malformed {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    int made = 0;
    for (int i = 0; i < ROUNDS; i++) {
      made += List.of(step.run()).size();
    }
    long after = THREADS.getCurrentThreadAllocatedBytes();
    return (after - before) / made - 24;
  }
}
