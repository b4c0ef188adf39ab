package org.keywarden.ibus.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RecurringTest {
  @Test
  void aNameOfAHeaderIsTheSameObjectNextTime() throws Malformed {
    byte[] bytes = MessageCodec.write(call("SomeMember", "text"));
    Message first = MessageCodec.read(ByteBuffer.wrap(bytes));
    Message second = MessageCodec.read(ByteBuffer.wrap(bytes));
    assertEquals("SomeMember", first.member());
    assertSame(first.member(), second.member());
    assertSame(first.path(), second.path());
  }

  @Test
  void whatABodyHoldsIsNotKept() throws Malformed {
    Value secret =
        new Value.Struct(
            List.of(
                new Value.Str("hunter2"),
                new Value.ObjectPath("/hunter2"),
                new Value.Variant(new Value.Str("hunter2"))));
    Message message = Message.call(":1.1", "/a", "a.b", "C", secret).numbered(1);
    assertEquals(message, MessageCodec.read(ByteBuffer.wrap(MessageCodec.write(message))));
    assertNull(met("hunter2"));
    assertNull(met("/hunter2"));
  }

  @Test
  void namesThatShareAPlaceAreToldApart() throws Malformed {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 5_000; i++) {
        Message message = call("Member" + i, "");
        assertEquals(message, MessageCodec.read(ByteBuffer.wrap(MessageCodec.write(message))));
      }
    }
  }

  @Test
  void aNameThatBeginsLikeOneMetIsAnother() throws Malformed {
    MessageCodec.read(ByteBuffer.wrap(MessageCodec.write(call("Beginning", ""))));
    assertEquals("Beginning", met("Beginning"));
    assertNull(met("Beginnin"));
    assertNull(met("Beginnings"));
  }

  @Test
  void signaturesAreParsedOnce() throws Malformed {
    assertSame(Recurring.types("sa{sv}"), Recurring.types(new String("sa{sv}")));
    assertEquals(Signature.parse("a{sv}s"), Recurring.types("a{sv}s"));
  }

  private static Message call(String member, String text) {
    return Message.call(":1.1", "/some/path", "some.interface", member, new Value.Str(text))
        .numbered(1);
  }

  private static @Nullable String met(String name) {
    return Recurring.name(ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII)), name.length());
  }
}
