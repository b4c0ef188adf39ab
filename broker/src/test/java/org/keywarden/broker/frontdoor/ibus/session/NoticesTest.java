package org.keywarden.broker.frontdoor.ibus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/** What reaches the person's screen. */
final class NoticesTest {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final List<Message> sent = new ArrayList<>();
  private final Notices notices = new Notices(sent::add);

  @Test
  void aNoticeIsACallThatWantsNoAnswer() {
    notices.tell(Notices.Kind.BYPASSED, "it's <b>bold</b> & more", 0);
    Message call = sent.getFirst();
    assertFalse(call.wantsReply());
    assertEquals(Notices.NAME, call.destination());
    assertEquals("susssasa{sv}i", call.signature());
    assertEquals(new Value.Str("it's  b bold /b    more"), call.body().get(4), "no markup");
  }

  @Test
  void thereIsOneOfAKindAMinute() {
    notices.tell(Notices.Kind.BYPASSED, "", -5);
    notices.tell(Notices.Kind.BYPASSED, "", MINUTE - 6);
    assertEquals(1, sent.size());
    notices.tell(Notices.Kind.BESIDE, "", MINUTE - 6);
    assertEquals(2, sent.size(), "of another kind");
    notices.tell(Notices.Kind.BYPASSED, "", MINUTE - 5);
    assertEquals(3, sent.size());
  }
}
