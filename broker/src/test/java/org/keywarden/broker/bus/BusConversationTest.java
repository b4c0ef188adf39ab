package org.keywarden.broker.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.MessageCodec;
import org.keywarden.ibus.wire.Value;

/** The conversation with the session bus, without sockets. */
final class BusConversationTest {
  private final List<String> told = new ArrayList<>();
  private final BusConversation conversation =
      new BusConversation(1000, "the session bus", new Told());
  private final EmbeddedChannel channel = new EmbeddedChannel(conversation);

  private final class Told implements BusConversation.Party {
    @Override
    public void begun(BusConversation begun) {
      told.add("begun");
    }

    @Override
    public void said(Message signal) {
      told.add("said " + signal.member());
    }

    @Override
    public void received(Message message) {
      told.add("received " + message.member());
    }

    @Override
    public void batchEnded() {
      told.add("batch");
    }

    @Override
    public void ended(String why) {
      told.add("ended: " + why);
    }
  }

  private void bus(String line) {
    channel.writeInbound(Unpooled.copiedBuffer(line, StandardCharsets.US_ASCII));
  }

  private void bus(Message... messages) {
    ByteBuf bytes = Unpooled.buffer();
    for (Message each : messages) {
      bytes.writeBytes(MessageCodec.write(each));
    }
    channel.writeInbound(bytes);
  }

  private void begin() {
    bus("OK 0123\r\n");
    told.clear();
  }

  private static Message signal(String sender, String member) {
    return Message.signal("/a", "a.b", member).numbered(7).from(sender);
  }

  @Test
  void aBusThatRefusesUsEndsIt() {
    bus("REJECTED EXTERNAL\r\n");
    assertEquals(1, told.size());
    assertTrue(told.getFirst().contains("refused to authenticate us"), told::toString);
    assertFalse(channel.isOpen());
  }

  @Test
  void itBeginsWithTheLineThatLetsUsIn() {
    bus("OK ");
    bus("0123\r\n");
    assertEquals(List.of("batch", "begun", "batch"), told);
    ByteBuf auth = channel.readOutbound();
    assertEquals("\0AUTH EXTERNAL 31303030\r\n", auth.toString(StandardCharsets.US_ASCII));
    ByteBuf begin = channel.readOutbound();
    assertEquals("BEGIN\r\n", begin.toString(StandardCharsets.US_ASCII));
  }

  @Test
  void theBusItselfAndItsClientsAreToldApart() {
    begin();
    bus(signal(BusConversation.BUS, "NameOwnerChanged"), signal(":1.7", "NameOwnerChanged"));
    assertEquals(List.of("said NameOwnerChanged", "received NameOwnerChanged", "batch"), told);
  }

  @Test
  void onlyTheBusItselfAnswersQuestions() {
    begin();
    List<String> answers = new ArrayList<>();
    conversation.ask(answer -> answers.add(answer.kind().name()), "GetId");
    Message question =
        Message.call(BusConversation.BUS, "/", BusConversation.BUS, "GetId").numbered(1);
    bus(question.reply(new Value.Str("forged")).numbered(9).from(":1.7"));
    assertEquals(List.of(), answers);
    bus(question.reply(new Value.Str("true")).numbered(9).from(BusConversation.BUS));
    bus(question.reply(new Value.Str("again")).numbered(9).from(BusConversation.BUS));
    assertEquals(List.of("RETURN"), answers);
  }

  @Test
  void onlyWhomACallWasForAnswersItOrTheBusThatItCannot() {
    begin();
    List<String> answers = new ArrayList<>();
    Message call = Message.call(":1.5", "/a", "a.b", "Ask");
    int first = conversation.call(call, answer -> answers.add("first " + answer.kind()));
    int second = conversation.call(call, answer -> answers.add("second " + answer.kind()));
    int third = conversation.call(call, answer -> answers.add("third " + answer.kind()));
    bus(call.numbered(first).reply().numbered(9).from(":1.7"));
    bus(call.numbered(first).reply().numbered(9).from(BusConversation.BUS));
    assertEquals(List.of(), answers);
    bus(call.numbered(first).reply().numbered(9).from(":1.5"));
    bus(call.numbered(second).error("a.b.C", "no").numbered(9).from(BusConversation.BUS));
    conversation.forget(third);
    bus(call.numbered(third).reply().numbered(9).from(":1.5"));
    assertEquals(List.of("first RETURN", "second ERROR"), answers);
  }

  @Test
  void whatIsNoMessageEndsIt() {
    begin();
    bus("This is not how messages begin.");
    assertEquals(1, told.size());
    assertTrue(told.getFirst().contains("does not speak D-Bus"), told::toString);
    assertFalse(channel.isOpen());
  }

  @Test
  void nothingIsReadWhileTheBusDoesNotRead() {
    begin();
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    channel.runPendingTasks();
    assertFalse(channel.config().isAutoRead());
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
    channel.runPendingTasks();
    assertTrue(channel.config().isAutoRead());
  }

  @Test
  void aBusThatDoesNotReadIsGivenUp() {
    begin();
    channel.pipeline().addFirst(new HeldBack());
    Message message =
        Message.signal("/a", "a.b", "x", new Value.Str("x".repeat(100_000))).to(":1.7");
    int sent = 0;
    while (told.isEmpty() && sent < 1_000) {
      conversation.send(message);
      sent++;
    }
    assertEquals(List.of("ended: the session bus does not read what it is sent"), told);
    assertTrue(sent * 100_000L > 8 << 20 && sent < 100, sent + " sent");
    assertFalse(channel.isOpen());
    conversation.send(message);
    assertEquals(1, told.size());
  }

  /** Lets nothing go to the other side. */
  private static final class HeldBack extends ChannelOutboundHandlerAdapter {
    @Override
    public void flush(ChannelHandlerContext context) {}
  }
}
